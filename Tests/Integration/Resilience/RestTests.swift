import Synchronization
import TestSupport
import Testing

@Suite("A key that may not be used for a while")
struct RestTests {
    private static let limits: [(name: String, script: UpstreamScript)] = [
        (
            "a rate limit with a time to come back",
            .error(429, "slow down", type: "rate_limit_error", headers: [("retry-after", "60")])
        ),
        ("a used-up quota", .error(429, "no credit", type: "insufficient_quota", code: "insufficient_quota")),
        ("an overloaded server that names a time", .error(503, "later", headers: [("retry-after", "60")])),
    ]

    @Test("is left alone, and the other keys answer without delay", arguments: 0..<3)
    func rests(index: Int) throws {
        let (name, script) = Self.limits[index]
        let limited = try ProgrammableUpstream(script)
        let well = try ProgrammableUpstream(.completion("from the other"))
        // A request that waited for the key would end in its deadline.
        let manifest = Manifests.gateway(
            [limited.baseURL, well.baseURL], requestTimeout: "20s",
            models: UpstreamPool.model(["up0", "up1"], "balance: weighted, retries: 0"))
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            func ask() throws {
                let response = try host.client.complete("hello", model: "pool")
                #expect(try Asking.content(response) == "from the other", "\(name): \(response.text)")
            }
            while limited.requests.isEmpty { try ask() }
            let state = try UpstreamState(of: "up0", model: "pool", in: host)
            #expect(state.state == "resting", "\(name)")
            #expect((1...61).contains(state.restsFor), "\(name): \(state.restsFor)")
            for _ in 0..<30 { try ask() }
            #expect(limited.requests.count == 1, "\(name)")
        }
    }

    @Test("is used again once its time has come")
    func comesBack() throws {
        let times = Mutex<[Int64]>([])
        let script = RetryTests.inTurn([
            .error(429, "slow down", headers: [("retry-after-ms", "400")]), .completion("rested"),
        ])
        let limited = try ProgrammableUpstream(
            UpstreamScript { exchange in
                times.withLock { $0.append(monotonicNanoseconds()) }
                try script.play(exchange)
            })
        let well = try ProgrammableUpstream(.completion("from the other"))
        let manifest = Manifests.gateway([limited.baseURL, well.baseURL])
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            #expect(try Asking.content(host.client.complete("hello")) == "from the other")
            _ = try host.eventually("the key to be used again") { () throws -> Bool? in
                try Asking.content(host.client.complete("hello")) == "rested" ? true : nil
            }
            let times = times.withLock { $0 }
            #expect(times.count == 2)
            #expect(times[1] - times[0] >= 400_000_000)
        }
    }

    @Test("is waited for where it is the only one and the deadline allows")
    func waitedFor() throws {
        let script = RetryTests.inTurn([
            .error(429, "slow down", headers: [("retry-after-ms", "500")]), .completion("rested"),
        ])
        let upstream = try ProgrammableUpstream(script)
        let manifest = Manifests.gateway([upstream.baseURL], model: "retries: 1")
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            let first = try host.begin()
            try upstream.waitForRequests(1)
            // Comes while the key rests, or after it: it is answered either way, and nothing is sent too early.
            #expect(try Asking.content(host.client.complete("hello")) == "rested")
            #expect(try Asking.content(first.readResponse()) == "rested")
            #expect(upstream.requests.count == 3)
        }
    }
}
