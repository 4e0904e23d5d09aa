import JackfieldJSON
import TestSupport
import Testing

@Suite("A hedge")
struct HedgeTests {
    private static func manifest(_ upstreams: [ProgrammableUpstream], budget: String = "1.0", timeout: String = "20s")
        -> String
    {
        Manifests.gateway(
            upstreams.map(\.baseURL), timeout: timeout,
            model: "retries: 0, hedge: { enabled: true, budget: \(budget), after: 100ms }")
    }

    private static func warmUp(_ host: HostProcess, _ upstream: ProgrammableUpstream) throws {
        upstream.answer(.completion("warm"))
        let count = upstream.requests.count + 24
        // On a machine that stands still a hedge may answer in its place: then once more.
        _ = try host.eventually("the host to know what is usual") { () throws -> Bool? in
            #expect(try host.client.complete("hello").status == 200)
            return upstream.requests.count >= count ? true : nil
        }
    }

    private static func outcomes(_ host: HostProcess, _ outcome: String) throws -> Double {
        try host.metric("jackfield.model.hedges", where: ["model": "default", "outcome": outcome])
    }

    @Test(
        "answers where the first upstream is silent for longer than usual, and the silent one is let go",
        arguments: [false, true])
    func wins(streamed: Bool) throws {
        let left = Gate()
        let first = try ProgrammableUpstream()
        let second = try ProgrammableUpstream(.completion("from the hedge"))
        try HostProcess.serving(Self.manifest([first, second]), environment: Manifests.environment) { host throws in
            try Self.warmUp(host, first)
            first.answer(
                UpstreamScript { exchange in
                    try exchange.waitForClientToLeave()
                    left.open()
                })
            let before = try Self.outcomes(host, "won")
            if streamed {
                let stream = try host.client.streamCompletion("hello")
                #expect(stream.headers["x-jackfield-upstream"] == "up1/upstream-model")
                #expect(try Asking.content(stream.events()) == "from the hedge")
            } else {
                let response = try host.client.complete("hello")
                #expect(response.headers["x-jackfield-upstream"] == "up1/upstream-model")
                #expect(response.headers["x-jackfield-attempts"] == "2", "both were asked")
                #expect(try Asking.content(response) == "from the hedge")
            }
            // The first one's connection is closed long before its timeout.
            try left.wait(within: .seconds(15))
            #expect(try Self.outcomes(host, "won") == before + 1)
            try host.wait(for: "idle", at: "up0") { $0.running == 0 }
        }
    }

    @Test("is not made before it is known what is usual")
    func unknown() throws {
        let first = try ProgrammableUpstream(.hang)
        let second = try ProgrammableUpstream(.completion("from the fallback"))
        try HostProcess.serving(Self.manifest([first, second], timeout: "3s"), environment: Manifests.environment) {
            host throws in
            #expect(try Asking.content(host.client.complete("hello")) == "from the fallback")
            #expect(try host.metric("jackfield.model.hedges") ?? 0 == 0)
        }
    }

    @Test("loses to a first upstream that answers after all, and then the second is let go")
    func loses() throws {
        let asked = Gate()
        let left = Gate()
        let first = try ProgrammableUpstream()
        let second = try ProgrammableUpstream(
            UpstreamScript { exchange in
                asked.open()
                try exchange.waitForClientToLeave()
                left.open()
            })
        try HostProcess.serving(Self.manifest([first, second]), environment: Manifests.environment) { host throws in
            // Without a second that hangs while the first is only warmed up.
            try Self.warmUp(host, first)
            first.answer(UpstreamPool.behind(asked, .completion("late but first")))
            let response = try host.client.complete("hello")
            #expect(try Asking.content(response) == "late but first")
            #expect(response.headers["x-jackfield-upstream"] == "up0/upstream-model")
            try left.wait(within: .seconds(15))
            #expect(try Self.outcomes(host, "lost") >= 1)
        }
    }

    @Test("is bounded by its budget")
    func budget() throws {
        let first = try ProgrammableUpstream()
        let second = try ProgrammableUpstream(.completion("from the other"))
        let manifest = Self.manifest([first, second], budget: "0.001", timeout: "2s")
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            try Self.warmUp(host, first)
            first.answer(.hang)
            let started = monotonicNanoseconds()
            let answers = try inParallel(60, width: 20) { _ in try host.client.complete("hello") }
            let seconds = Double(monotonicNanoseconds() - started) / 1e9
            #expect(answers.allSatisfy { $0.status == 200 }, "the fallback answers where no hedge may")
            // Ten are saved up, and there is one more each second.
            let made = try Self.outcomes(host, "won") + Self.outcomes(host, "lost") + Self.outcomes(host, "failed")
            #expect(made <= 10 + seconds + 2, "\(made) in \(seconds) s")
            #expect(try Self.outcomes(host, "refused") >= 1)
        }
    }

    @Test("is never made where its budget is nothing")
    func noBudget() throws {
        let first = try ProgrammableUpstream()
        let second = try ProgrammableUpstream(.completion("from the other"))
        let manifest = Self.manifest([first, second], budget: "0", timeout: "2s")
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            try Self.warmUp(host, first)
            first.answer(.hang)
            for _ in 0..<3 { #expect(try Asking.content(host.client.complete("hello")) == "from the other") }
            #expect(try host.metric("jackfield.model.hedges") == Self.outcomes(host, "refused"))
        }
    }

    @Test("does not go to an upstream that has just failed for the same request")
    func notToWhoFailed() throws {
        let first = try ProgrammableUpstream(.error(500, "broken"))
        let second = try ProgrammableUpstream(.completion("warm"))
        let hedge = "retries: 0, hedge: { enabled: true, budget: 1.0, after: 100ms }"
        let models =
            UpstreamPool.model(["up0 weight=1000", "up1"], hedge)
            + "\n  second: { route: [\"up1/upstream-model\"], retries: 0 }"
        let manifest = Manifests.gateway([first.baseURL, second.baseURL], models: models)
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            for _ in 0..<24 { #expect(try host.client.complete("hello", model: "second").status == 200) }
            second.answer(UpstreamPool.slow(.seconds(2)))
            #expect(try Asking.content(host.client.complete("hello", model: "pool")) == "slowly")
            #expect(first.requests.count == 1)
        }
    }

    @Test("that fails stands in the list of attempts, and in the log")
    func failureIsTold() throws {
        let first = try ProgrammableUpstream()
        let second = try ProgrammableUpstream(.error(500, "the hedge broke"))
        try HostProcess.serving(Self.manifest([first, second], timeout: "3s"), environment: Manifests.environment) {
            host throws in
            try Self.warmUp(host, first)
            first.answer(UpstreamPool.slow(.seconds(1)))
            #expect(try Asking.content(host.client.complete("hello")) == "slowly")
            try host.logLine("the hedge's failure") { line in
                line["message"]?.string == "upstream failed" && line.text.contains("the hedge broke")
            }
            first.answer(.hang)
            let response = try host.client.complete("hello")
            let attempts = try RequestFaultTests.envelope(response, status: 503, "both fail")["attempts"]?.array ?? []
            // The hedge, the one that it was to help, and the fallback.
            #expect(attempts.map { $0["upstream"]?.string?.prefix(3) } == ["up1", "up0", "up1"])
            #expect(attempts.map { $0["code"]?.string } == ["unavailable", "deadline", "unavailable"])
            #expect(response.headers["x-jackfield-attempts"] == "3")
        }
    }

    @Test("tells the breaker of an upstream that hangs, although nobody has noticed")
    func breaker() throws {
        let first = try ProgrammableUpstream()
        let second = try ProgrammableUpstream(.completion("from the hedge"))
        let manifest = Manifests.gateway(
            [first.baseURL, second.baseURL],
            upstream: "breaker: { window: 600s, error_rate: 0.2, open_for: 600s, longest_open: 600s }",
            model: "retries: 0, hedge: { enabled: true, budget: 1.0, after: 100ms }")
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            try Self.warmUp(host, first)
            first.answer(.hang)
            for _ in 0..<20 { #expect(try Asking.content(host.client.complete("hello")) == "from the hedge") }
            #expect(try UpstreamState(of: "up0", in: host).state == "open")
        }
    }
}
