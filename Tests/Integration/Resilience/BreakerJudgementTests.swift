import JackfieldJSON
import TestSupport
import Testing

@Suite("A circuit breaker's judgement")
struct BreakerJudgementTests {
    @Test("does not take a long answer for a slow one: it is the first event that counts")
    func longAnswer() throws {
        let script = UpstreamScript.stream(["a ", "b"]) { piece in
            if piece == 1 {
                // As long as an answer takes that is far above `slow_call`.
                _ = try? Gate().wait(within: .seconds(4))
            }
        }
        let upstream = try ProgrammableUpstream(script)
        let settings = BreakerTests.breaker(openFor: "600s", ", slow_call: 3s, slow_rate: 0.1")
        let manifest = Manifests.gateway([upstream.baseURL], upstream: settings)
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            let answers = try inParallel(6) { _ in
                try Asking.content(host.client.streamCompletion("hello").events())
            }
            #expect(answers.allSatisfy { $0 == "a b" })
            #expect(try UpstreamState(of: "up0", in: host).state == "ready")
        }
    }

    @Test("is not opened by clients that give an upstream less time than it usually takes")
    func hastyClients() throws {
        let upstream = try ProgrammableUpstream()
        let manifest = Manifests.gateway([upstream.baseURL], upstream: BreakerTests.breaker(openFor: "600s"))
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            // Enough for the host to know what is usual.
            _ = try inParallel(24, width: 8) { _ in try host.client.complete("hello").status }
            upstream.answer(.hang)
            for _ in 0..<12 {
                let response = try host.client.complete("hello", headers: [("x-jackfield-timeout-ms", "15")])
                #expect(response.status == 504)
            }
            upstream.answer(.completion("well all the time"))
            #expect(try UpstreamState(of: "up0", in: host).state == "ready")
            #expect(try Asking.content(host.client.complete("hello")) == "well all the time")
        }
    }

    @Test("counts nothing against an upstream that is not its fault", arguments: [400, 413, 422, 429])
    func notItsFault(status: Int) throws {
        let upstream = try ProgrammableUpstream(
            .error(status, "no", type: "invalid_request_error", headers: [("retry-after-ms", "1")]))
        let manifest = Manifests.gateway([upstream.baseURL], upstream: BreakerTests.breaker(openFor: "600s"))
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            for _ in 0..<12 { #expect(try host.client.complete("hello").status < 500) }
            #expect(try ["ready", "resting"].contains(UpstreamState(of: "up0", in: host).state))
            #expect(try host.metric("jackfield.upstream.breaker.openings") ?? 0 == 0)
        }
    }
}
