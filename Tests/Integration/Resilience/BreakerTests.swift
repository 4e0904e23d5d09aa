import JackfieldJSON
import TestSupport
import Testing

@Suite("A circuit breaker")
struct BreakerTests {
    /// Opens after four failures. The window is long, so that a slow machine changes nothing.
    static func breaker(openFor: String, _ more: String = "") -> String {
        "breaker: { window: 600s, minimum_calls: 4, error_rate: 0.5, open_for: \(openFor), longest_open: 600s\(more) }"
    }

    @Test("keeps requests away from an upstream that fails, while the fallback answers them")
    func opens() throws {
        let broken = try ProgrammableUpstream(.error(500, "broken"))
        let well = try ProgrammableUpstream(.completion("from the other"))
        let manifest = Manifests.gateway(
            [broken.baseURL, well.baseURL], upstream: Self.breaker(openFor: "600s"))
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            #expect(try UpstreamState(of: "up0", in: host).state == "ready")
            for _ in 0..<10 {
                let response = try host.client.complete("hello")
                #expect(try Asking.content(response) == "from the other")
                #expect(response.headers["x-jackfield-upstream"] == "up1/upstream-model")
            }
            #expect(broken.requests.count == 4, "it is not asked any more")
            #expect(well.requests.count == 10)
            let state = try UpstreamState(of: "up0", in: host)
            #expect(state.state == "open")
            #expect(state.restsFor > 300)
            #expect(try UpstreamState(of: "up1", in: host).state == "ready")
            let response = try host.client.complete("hello")
            #expect(response.headers["x-jackfield-attempts"] == "1", "one that is left alone is not an attempt")
            #expect(try host.metric("jackfield.upstream.breaker.open", where: ["upstream": "up0/upstream-model"]) == 1)
            #expect(try host.metric("jackfield.upstream.breaker.openings") == 1)
        }
    }

    @Test("answers at once with 503 and the time to come back where there is no fallback")
    func noFallback() throws {
        let broken = try ProgrammableUpstream(.error(500, "broken"))
        let manifest = Manifests.gateway([broken.baseURL], upstream: Self.breaker(openFor: "600s"))
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            for _ in 0..<4 { #expect(try host.client.complete("hello").status == 503) }
            let response = try host.client.complete("hello")
            let error = try RequestFaultTests.envelope(response, status: 503, "the breaker is open")
            #expect(response.headers["x-should-retry"] == "true")
            #expect((300...600).contains(Int(response.headers["retry-after"] ?? "") ?? 0))
            #expect(error["attempts"]?[0]?["message"]?.string == "up0/upstream-model is left alone for a while")
            #expect(broken.requests.count == 4)
        }
    }

    @Test("lets probes through after a while, and closes when they succeed")
    func closes() throws {
        let upstream = try ProgrammableUpstream(.error(500, "broken"))
        let well = try ProgrammableUpstream(.completion("from the other"))
        let manifest = Manifests.gateway(
            [upstream.baseURL, well.baseURL], upstream: Self.breaker(openFor: "200ms", ", probes: 3"))
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            for _ in 0..<4 { #expect(try host.client.complete("hello").status == 200) }
            #expect(try host.metric("jackfield.upstream.breaker.openings") == 1)
            upstream.answer(.completion("well again"))
            _ = try host.eventually("the probes to be made") { () throws -> Bool? in
                let response = try host.client.complete("hello")
                #expect(response.status == 200, "nobody is refused meanwhile")
                return upstream.requests.count >= 7 ? true : nil
            }
            #expect(try UpstreamState(of: "up0", in: host).state == "ready")
            #expect(try Asking.content(host.client.complete("hello")) == "well again")
            #expect(try host.metric("jackfield.upstream.breaker.open", where: ["upstream": "up0/upstream-model"]) == 0)
        }
    }

    @Test("opens again at the first probe that fails")
    func reopens() throws {
        let upstream = try ProgrammableUpstream(.error(500, "broken"))
        let well = try ProgrammableUpstream(.completion("from the other"))
        let manifest = Manifests.gateway([upstream.baseURL, well.baseURL], upstream: Self.breaker(openFor: "200ms"))
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            for _ in 0..<4 { #expect(try host.client.complete("hello").status == 200) }
            for openings in 2...3 {
                _ = try host.eventually("a probe to fail") { () throws -> Bool? in
                    #expect(try host.client.complete("hello").status == 200)
                    return try host.metric("jackfield.upstream.breaker.openings") == Double(openings) ? true : nil
                }
            }
            // One probe for each opening after the first.
            #expect(upstream.requests.count == 6)
        }
    }

    @Test("opens for an upstream that answers well but too slowly")
    func slow() throws {
        let upstream = try ProgrammableUpstream(UpstreamPool.slow(.milliseconds(300)))
        let well = try ProgrammableUpstream(.completion("from the other"))
        let settings = Self.breaker(openFor: "600s", ", slow_call: 250ms, slow_rate: 0.9")
        let manifest = Manifests.gateway([upstream.baseURL, well.baseURL], upstream: settings)
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            for _ in 0..<4 { #expect(try Asking.content(host.client.complete("hello")) == "slowly") }
            #expect(try UpstreamState(of: "up0", in: host).state == "open")
            #expect(try Asking.content(host.client.complete("hello")) == "from the other")
            #expect(upstream.requests.count == 4)
        }
    }
}
