import JackfieldJSON
import TestSupport
import Testing

@Suite("The limit on what is asked of an upstream at one time")
struct AdmissionTests {
    static func upstream(concurrency: Int, queue: Int) -> String {
        "concurrency: \(concurrency), queue: \(queue), breaker: { enabled: false }"
    }

    @Test("is never passed, and is used up to its end")
    func concurrency() throws {
        let load = Monitor((running: 0, most: 0))
        let upstream = try ProgrammableUpstream(
            UpstreamScript { exchange in
                load.withLock { load in
                    load.running += 1
                    load.most = max(load.most, load.running)
                }
                // Nobody is answered before three are there, for once.
                _ = try load.wait(for: "three at a time") { $0.most >= 3 ? true : nil }
                load.withLock { $0.running -= 1 }
                try UpstreamScript.completion("here").play(exchange)
            })
        let manifest = Manifests.gateway([upstream.baseURL], upstream: Self.upstream(concurrency: 3, queue: 100))
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            let statuses = try inParallel(60, width: 20) { _ in try host.client.complete("hello").status }
            #expect(statuses.allSatisfy { $0 == 200 }, "\(statuses)")
            #expect(load.withLock { $0.most } == 3)
        }
    }

    @Test("refuses at once with 503 and a time to come back when the queue is full")
    func full() throws {
        let gate = Gate()
        defer { gate.open() }
        let upstream = try ProgrammableUpstream(UpstreamPool.behind(gate))
        let manifest = Manifests.gateway([upstream.baseURL], upstream: Self.upstream(concurrency: 1, queue: 2))
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            let waiting = try (0..<3).map { _ in try host.begin() }
            try host.wait(for: "busy with a full queue", at: "up0") { $0.running == 1 && $0.queued == 2 }
            let response = try host.client.complete("hello")
            _ = try RequestFaultTests.envelope(response, status: 503, "the queue is full")
            #expect(Int(response.headers["retry-after"] ?? "") ?? 0 >= 1)
            #expect(response.headers["x-should-retry"] == "true")
            // Under way is also one that has not reached the upstream yet.
            _ = try host.eventually("the first to reach the upstream") { upstream.requests.count == 1 ? true : nil }
            gate.open()
            for connection in waiting { #expect(try connection.readResponse().status == 200) }
            #expect(upstream.requests.count == 3)
        }
    }

    @Test("sends to the next step what finds the queue full")
    func overflow() throws {
        let gate = Gate()
        defer { gate.open() }
        let busy = try ProgrammableUpstream(UpstreamPool.behind(gate))
        let other = try ProgrammableUpstream(.completion("from the other"))
        let manifest = Manifests.gateway(
            [busy.baseURL, other.baseURL], upstream: Self.upstream(concurrency: 1, queue: 0))
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            let waiting = try host.begin()
            try busy.waitForRequests(1)
            for _ in 0..<5 { #expect(try Asking.content(host.client.complete("hello")) == "from the other") }
            gate.open()
            #expect(try Asking.content(waiting.readResponse()) == "let through")
            #expect(busy.requests.count == 1)
        }
    }

    @Test("lets nobody wait while a neighbour has a free slot")
    func neighbour() throws {
        let gate = Gate()
        defer { gate.open() }
        let busy = try ProgrammableUpstream(UpstreamPool.behind(gate))
        let free = try ProgrammableUpstream(.completion("from the neighbour"))
        let manifest = Manifests.gateway(
            [busy.baseURL, free.baseURL],
            models: UpstreamPool.model(["up0 weight=1000", "up1"], "balance: weighted"),
            upstream: Self.upstream(concurrency: 1, queue: 10))
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            var waiting: [HTTPTestConnection] = []
            while busy.requests.isEmpty {
                waiting.append(try host.begin(model: "pool"))
                _ = try host.eventually("the request to arrive") {
                    busy.requests.count + free.requests.count >= waiting.count ? true : nil
                }
            }
            for _ in 0..<10 {
                #expect(try Asking.content(host.client.complete("hello", model: "pool")) == "from the neighbour")
            }
            gate.open()
            for connection in waiting { #expect(try connection.readResponse().status == 200) }
            #expect(busy.requests.count == 1)
        }
    }
}
