import JackfieldJSON
import TestSupport
import Testing

@Suite("Cache-Control")
struct CacheControlTests {
    private func ask(_ host: HostProcess, _ control: String?) throws -> String {
        try Cached.outcome(host.client.complete("hello", headers: control.map(Cached.control) ?? []))
    }

    @Test("no-cache asks the model, and its answer takes the place of the kept one")
    func noCache() throws {
        try Cached.serving { host, _ throws in
            #expect(try ask(host, nil) == "miss: answer 1")
            #expect(try ask(host, "no-cache") == "bypass: answer 2")
            #expect(try ask(host, nil) == "hit: answer 2")
        }
    }

    @Test("no-store keeps nothing, and may be served from what is kept")
    func noStore() throws {
        try Cached.serving { host, _ throws in
            #expect(try ask(host, "no-store") == "bypass: answer 1")
            #expect(try ask(host, nil) == "miss: answer 2")
            #expect(try ask(host, "no-store") == "hit: answer 2")
            #expect(try ask(host, "no-cache, no-store") == "bypass: answer 3")
            #expect(try ask(host, nil) == "hit: answer 2")
        }
    }

    @Test("max-age takes no older answer, and min-fresh none that expires sooner")
    func ages() throws {
        try Cached.serving { host, _ throws in
            #expect(try ask(host, nil) == "miss: answer 1")
            #expect(try ask(host, "max-age=600") == "hit: answer 1")
            #expect(try ask(host, "max-age=0") == "miss: answer 2")
            #expect(try ask(host, "min-fresh=10") == "hit: answer 2")
            #expect(try ask(host, "min-fresh=601") == "miss: answer 3")
        }
    }

    @Test("only-if-cached never asks the model: 504 where nothing is kept, and no use in trying again")
    func onlyIfCached() throws {
        try Cached.serving { host, upstream throws in
            let chat = "/v1/chat/completions"
            for (path, body) in [
                (chat, Asking.completion("hello")), (chat, Asking.completion("hello", stream: true)),
                ("/v1/embeddings", ["model": "default", "input": "hello"] as JSON),
            ] {
                let response = try host.client.post(path, body, headers: Cached.control("only-if-cached"))
                let error = try RequestFaultTests.envelope(response, status: 504, path)
                #expect(error["code"]?.string == "not_cached")
                #expect(error["message"]?.string?.contains("only-if-cached") == true)
                #expect(response.headers["x-should-retry"] == "false")
            }
            #expect(upstream.requests.isEmpty)
            #expect(try ask(host, nil) == "miss: answer 1")
            #expect(try ask(host, "only-if-cached") == "hit: answer 1")
            #expect(upstream.requests.count == 1)
        }
    }

    @Test("only-if-cached is heeded by a model that keeps nothing")
    func withoutCache() throws {
        let upstream = try ProgrammableUpstream()
        try HostProcess.serving(Manifests.gateway([upstream.baseURL]), environment: Manifests.environment) {
            host throws in
            let response = try host.client.complete("hello", headers: Cached.control("only-if-cached"))
            #expect(response.status == 504)
            #expect(upstream.requests.isEmpty)
        }
    }

    @Test("that nobody knows is passed over")
    func unknown() throws {
        try Cached.serving { host, _ throws in
            #expect(try ask(host, "public, max-stale=5, =,,\"") == "miss: answer 1")
            #expect(try ask(host, "stale-if-error=3") == "hit: answer 1")
        }
    }
}
