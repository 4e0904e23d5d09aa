import JackfieldJSON
import TestSupport
import Testing

@Suite("The life of a kept answer")
struct CacheLifetimeTests {
    @Test("ends after the model's ttl, and its age never passes that")
    func ttl() throws {
        try Cached.serving(ttl: "1s") { host, upstream throws in
            var ages: [Int] = []
            let renewed = try host.eventually("the answer to expire") {
                let response = try host.client.complete("hello")
                if response.headers["x-jackfield-cache"] == "hit" {
                    ages.append(response.headers["age"].flatMap(Int.init) ?? -1)
                }
                return try Asking.content(response) == "answer 2" ? response : Optional<HTTPTestResponse>.none
            }
            #expect(renewed.headers["x-jackfield-cache"] == "miss")
            #expect(ages.allSatisfy { $0 == 0 }, "\(ages)")
            #expect(upstream.requests.count == 2)
        }
    }

    @Test("ends for the least recently used when memory is full")
    func memory() throws {
        let text = String(repeating: "x", count: 100_000)
        try Cached.serving(.completion(text), rest: "cache: { max_memory: 1MiB }") { host, upstream throws in
            func outcome(_ question: Int) throws -> String? {
                try host.client.complete("question \(question)").headers["x-jackfield-cache"]
            }
            for question in 0..<9 { #expect(try outcome(question) == "miss") }
            // The first is used again, so the second is the one that was not used for the longest time.
            #expect(try outcome(0) == "hit")
            for question in 9..<14 { #expect(try outcome(question) == "miss") }
            #expect(try outcome(0) == "hit")
            #expect(try outcome(13) == "hit")
            #expect(try outcome(1) == "miss")
            let stats = try host.client.get("/api/v1/cache").json()
            #expect((stats["bytes"]?.int ?? .max) <= 1 << 20)
            #expect((stats["evictions"]?.int ?? 0) >= 4)
            #expect(upstream.requests.count == 15)
        }
    }

    @Test("outlasts the host where it is kept in SQLite, and the tenants stay apart")
    func restart() throws {
        let upstream = try ProgrammableUpstream(Cached.numbered())
        let folder = try TemporaryFolder()
        let manifest = Cached.manifest(
            upstream, rest: "cache: { storage: sqlite }\nstorage: { path: \"\(folder.path)/host.db\" }")
        let key = Accounted.bearer("mine")
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            #expect(try Cached.outcome(host.client.complete("hello", headers: key)) == "miss: answer 1")
            _ = try host.client.streamCompletion("stream").rest()
        }
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            #expect(try Cached.outcome(host.client.complete("hello", headers: key)) == "hit: answer 1")
            #expect(try Cached.outcome(host.client.complete("hello")) == "miss: answer 3")
            let stream = try host.client.streamCompletion("stream")
            #expect(stream.headers["x-jackfield-cache"] == "hit")
            #expect(try Asking.content(stream.events()) == "answer 2")
            // What came from the disk is in memory now.
            #expect(try Cached.outcome(host.client.complete("hello", headers: key)) == "hit: answer 1")
            let stats = try host.client.get("/api/v1/cache").json()
            #expect(stats["disk"]?["hits"]?.int == 2)
            // What is removed is removed from the disk too.
            let gone = try host.client.send("DELETE", "/api/v1/cache").json()["removed"]
            #expect(gone?["memory"]?.int == 3 && gone?["disk"]?.int == 3, "\(gone?.text ?? "")")
        }
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            #expect(try Cached.outcome(host.client.complete("hello", headers: key)) == "miss: answer 4")
        }
    }

    @Test("ends when the plugin behind the model is configured otherwise, but not with its key")
    func configuredOtherwise() throws {
        let upstream = try ProgrammableUpstream(Cached.numbered())
        let folder = try TemporaryFolder()
        let manifest = Cached.manifest(
            upstream, rest: "cache: { storage: sqlite }\nstorage: { path: \"\(folder.path)/host.db\" }")
        let other = manifest.replacing("api_key:", with: "organization: other, api_key:")
        var renewed = Manifests.environment
        renewed["UPSTREAM_KEY"] = "sk-renewed-key-of-the-upstream"
        let runs = [
            (manifest, Manifests.environment, "miss: answer 1"), (manifest, renewed, "hit: answer 1"),
            (other, renewed, "miss: answer 2"), (manifest, renewed, "hit: answer 1"),
        ]
        for (manifest, environment, outcome) in runs {
            try HostProcess.serving(manifest, environment: environment) { host throws in
                #expect(try Cached.outcome(host.client.complete("hello")) == outcome)
            }
        }
    }

    @Test("ends with the host where it is kept in memory")
    func forgotten() throws {
        let upstream = try ProgrammableUpstream(Cached.numbered())
        let folder = try TemporaryFolder()
        let manifest = Cached.manifest(upstream, rest: "storage: { path: \"\(folder.path)/host.db\" }")
        for number in 1...2 {
            try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
                #expect(try Cached.outcome(host.client.complete("hello")) == "miss: answer \(number)")
            }
        }
    }
}
