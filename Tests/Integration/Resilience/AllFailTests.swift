import JackfieldJSON
import TestSupport
import Testing

@Suite("When every upstream fails")
struct AllFailTests {
    /// Words that only the upstreams know.
    private static let words = ["alpha-7f3a", "beta-91c2", "10.1.2.3"]

    @Test(
        "a client gets 503 with the reason of each attempt, and nothing of the upstreams' own words",
        arguments: [false, true])
    func reasons(streamed: Bool) throws {
        let broken = try ProgrammableUpstream(.error(500, "alpha-7f3a at 10.1.2.3 broke"))
        let locked = try ProgrammableUpstream(.error(401, "beta-91c2: no such key", code: "invalid_api_key"))
        let silent = try ProgrammableUpstream(.hang)
        let manifest = Manifests.gateway([broken.baseURL, locked.baseURL, silent.baseURL], timeout: "3s")
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            let response = try host.client.post("/v1/chat/completions", Asking.completion("hello", stream: streamed))
            let error = try RequestFaultTests.envelope(response, status: 503, "all fail")
            #expect(error["type"]?.string == "upstream_error")
            #expect(error["code"]?.string == "upstreams_unavailable")
            #expect(response.headers["x-should-retry"] == "true")
            #expect(response.headers["x-jackfield-attempts"] == "3")
            let attempts = error["attempts"]?.array ?? []
            #expect(attempts.map { $0["upstream"]?.string } == (0..<3).map { "up\($0)/upstream-model" })
            #expect(attempts.map { $0["code"]?.string } == ["unavailable", "unauthenticated", "deadline"])
            for attempt in attempts {
                #expect(attempt["message"]?.string?.isEmpty == false)
                #expect(attempt["duration_ms"]?.int != nil)
                #expect(error["message"]?.string?.contains(attempt["message"]?.string ?? "nothing") == true)
            }
            for word in Self.words + [Manifests.key, "127.0.0.1"] {
                #expect(!response.text.contains(word), "\(word) in \(response.text)")
            }
            // The operator's log has what the client may not read.
            try host.logLine("the upstream's own words") { line in
                line["message"]?.string == "upstream failed" && line.text.contains("alpha-7f3a")
            }
        }
    }

    @Test("and none of them may succeed later, the client is told not to come back")
    func forGood() throws {
        let upstreams = try (0..<2).map { _ in try ProgrammableUpstream(.error(401, "no such key")) }
        try HostProcess.serving(Manifests.gateway(upstreams.map(\.baseURL)), environment: Manifests.environment) {
            host throws in
            let response = try host.client.complete("hello")
            #expect(response.status == 503)
            #expect(response.headers["x-should-retry"] == "false")
        }
    }

    @Test("the time to come back is that of whoever is back first")
    func comeBack() throws {
        let upstreams = try ["40", "7"].map { seconds in
            try ProgrammableUpstream(.error(503, "later", headers: [("retry-after", seconds)]))
        }
        let manifest = Manifests.gateway(upstreams.map(\.baseURL), requestTimeout: "5s")
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            let response = try host.client.complete("hello")
            #expect(response.status == 503)
            #expect(response.headers["retry-after"] == "7")
            // And once both rest, they are not even asked.
            let again = try host.client.complete("hello")
            #expect((5...7).contains(Int(again.headers["retry-after"] ?? "") ?? 0) || again.status == 503)
            #expect(upstreams.map(\.requests.count) == [1, 1])
        }
    }

    @Test("an agent answers from what it has measured", arguments: [false, true])
    func agent(hangs: Bool) throws {
        let upstreams = try (0..<2).map { _ in try ProgrammableUpstream(hangs ? .hang : .error(500, "broken")) }
        let grants = "grants: { models: [default], read: [\"/proc\", \"/sys\"] }"
        let manifest = Manifests.gateway(
            upstreams.map(\.baseURL), timeout: "500ms",
            plugins: "  system: { use: agent/system-monitoring, config: { window_ms: 100 }, \(grants) }")
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            let question: JSON = ["input": "Is this machine healthy?"]
            for path in ["/api/v1/agents/system/invoke", "/api/v1/orchestrate"] {
                let response = try host.client.post(path, question)
                #expect(response.status == 200, "\(path): \(response.text)")
                let answer = try response.json()
                #expect(answer["answer"]?.string?.isEmpty == false, "\(path)")
                #expect(answer["findings"]?.array?.isEmpty == false, "\(path)")
                #expect(answer["model"]?["consulted"]?.bool == false, "\(path)")
            }
            #expect(upstreams.allSatisfy { !$0.requests.isEmpty }, "they were tried")
        }
    }
}
