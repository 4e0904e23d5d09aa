import TestSupport
import Testing

@Suite("Upstreams that share a step")
struct BalanceTests {
    @Test("are asked in proportion to their weights")
    func weights() throws {
        let upstreams = try (0..<2).map { _ in try ProgrammableUpstream(.completion("here")) }
        let manifest = Manifests.gateway(
            upstreams.map(\.baseURL),
            models: UpstreamPool.model(["up0 weight=3", "up1 weight=1"], "balance: weighted"))
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            let statuses = try inParallel(400, width: 8) { _ in
                try host.client.complete("hello", model: "pool").status
            }
            #expect(statuses.allSatisfy { $0 == 200 })
            // 300 is to be expected, with a standard deviation of 9: the bounds are seven of them away.
            #expect((240...360).contains(upstreams[0].requests.count), "\(upstreams[0].requests.count)")
            #expect(upstreams[0].requests.count + upstreams[1].requests.count == 400)
        }
    }

    @Test("take each other's place at once, without a retry being spent on the same one", arguments: [401, 500])
    func neighbours(status: Int) throws {
        let broken = try ProgrammableUpstream(.error(status, "broken"))
        let well = try ProgrammableUpstream(.completion("from the neighbour"))
        let manifest = Manifests.gateway(
            [broken.baseURL, well.baseURL],
            models: UpstreamPool.model(["up0 weight=1000", "up1"], "balance: weighted, retries: 0"))
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            for _ in 0..<10 {
                let response = try host.client.complete("hello", model: "pool")
                #expect(try Asking.content(response) == "from the neighbour")
            }
            #expect(!broken.requests.isEmpty)
        }
    }

    @Test("get new requests where the fewest are under way")
    func leastOutstanding() throws {
        let gate = Gate()
        defer { gate.open() }
        let busy = try ProgrammableUpstream(UpstreamPool.behind(gate))
        let free = try ProgrammableUpstream(.completion("from the free one"))
        let manifest = Manifests.gateway(
            [busy.baseURL, free.baseURL], models: UpstreamPool.model(["up0", "up1"], "balance: least-outstanding"))
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            // At first by chance: until one has come to the busy one.
            var waiting: [HTTPTestConnection] = []
            while busy.requests.isEmpty {
                waiting.append(try host.begin(model: "pool"))
                let sent = waiting.count
                _ = try host.eventually("the request to arrive") {
                    busy.requests.count + free.requests.count >= sent ? true : nil
                }
            }
            for _ in 0..<30 {
                #expect(try Asking.content(host.client.complete("hello", model: "pool")) == "from the free one")
            }
            #expect(busy.requests.count == 1)
            gate.open()
            for connection in waiting { #expect(try connection.readResponse().status == 200) }
        }
    }

    @Test("get more requests the faster they answer")
    func latencyAware() throws {
        // Far slower than the machine may make the other for a moment, which counts against it for seconds.
        let slow = try ProgrammableUpstream(UpstreamPool.slow(.seconds(1)))
        let fast = try ProgrammableUpstream(.completion("fast"))
        let manifest = Manifests.gateway(
            [slow.baseURL, fast.baseURL], models: UpstreamPool.model(["up0", "up1"], "balance: latency-aware"))
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            for _ in 0..<60 { #expect(try host.client.complete("hello", model: "pool").status == 200) }
            #expect((1...20).contains(slow.requests.count), "\(slow.requests.count) of 60")
        }
    }

    @Test("answer all requests while one of them hangs, and only few have to wait for it")
    func oneHangs() throws {
        let hanging = try ProgrammableUpstream(.hang)
        let well = try ProgrammableUpstream(.completion("from the other"))
        let manifest = Manifests.gateway(
            [hanging.baseURL, well.baseURL], timeout: "3s",
            models: UpstreamPool.model(["up0", "up1"], "balance: weighted, timeout: 3s"),
            upstream: "breaker: { window: 60s, minimum_calls: 4, open_for: 600s, longest_open: 600s }")
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            let answers = try inParallel(200, width: 8) { _ in try host.client.complete("hello", model: "pool") }
            #expect(answers.allSatisfy { $0.status == 200 }, "\(answers.map(\.status))")
            #expect(try UpstreamState(of: "up0", model: "pool", in: host).state == "open")
            // The four that open the breaker, and those of the eight clients that came to it meanwhile.
            #expect((4...24).contains(hanging.requests.count), "\(hanging.requests.count)")
            #expect(answers.count { $0.headers["x-jackfield-attempts"] == "1" } >= 176)
        }
    }
}
