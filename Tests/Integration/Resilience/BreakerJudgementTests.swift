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

    @Test("is not misled by clients that give an upstream no time to answer")
    func hastyClients() throws {
        let upstream = try ProgrammableUpstream(.hang)
        let manifest = Manifests.gateway([upstream.baseURL], upstream: BreakerTests.breaker(openFor: "600s"))
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
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

    @Test("is content with a probe whose answer has begun, however long the rest takes")
    func longProbe() throws {
        let gate = Gate()
        defer { gate.open() }
        let upstream = try ProgrammableUpstream(.error(500, "broken"))
        let well = try ProgrammableUpstream(.completion("from the other"))
        let manifest = Manifests.gateway(
            [upstream.baseURL, well.baseURL], upstream: BreakerTests.breaker(openFor: "200ms", ", probes: 1"))
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            for _ in 0..<4 { #expect(try host.client.complete("hello").status == 200) }
            upstream.answer(.stream(["a ", "b"]) { piece in if piece == 1 { try gate.wait() } })
            let stream = try host.eventually("the probe to be made") { () throws -> HTTPTestStream? in
                let stream = try host.client.streamCompletion("hello")
                return stream.headers["x-jackfield-upstream"] == "up0/upstream-model" ? stream : nil
            }
            try host.wait(for: "ready", at: "up0") { $0.state == "ready" && $0.running == 1 }
            gate.open()
            #expect(try Asking.content(stream.events()) == "a b")
        }
    }

    @Test("is not softened by the many answers from before an upstream began to hang")
    func fallsSilent() throws {
        let upstream = try ProgrammableUpstream(.completion("well"))
        let well = try ProgrammableUpstream(.completion("from the other"))
        let manifest = Manifests.gateway(
            [upstream.baseURL, well.baseURL], timeout: "2s",
            upstream: "breaker: { window: 30s, minimum_calls: 4, open_for: 600s, longest_open: 600s }")
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            _ = try inParallel(80, width: 8) { _ in try host.client.complete("hello").status }
            let before = upstream.requests.count
            upstream.answer(.hang)
            let statuses = try inParallel(60, width: 8) { _ in try host.client.complete("hello").status }
            #expect(statuses.allSatisfy { $0 == 200 }, "\(statuses)")
            #expect(try UpstreamState(of: "up0", in: host).state == "open")
            // Eight clients at a time come to it. By the rate alone it would take as many failures as there were answers.
            #expect((4...40).contains(upstream.requests.count - before), "\(upstream.requests.count - before)")
        }
    }
}
