import TestSupport
import Testing

@Suite("The queue for an upstream")
struct QueueTests {
    @Test("refuses at once what would get its turn only after its deadline")
    func shed() throws {
        let gate = Gate()
        defer { gate.open() }
        let first = UpstreamPool.slow(.seconds(2))
        let upstream = try ProgrammableUpstream(RetryTests.inTurn([first, UpstreamPool.behind(gate)]))
        let manifest = Manifests.gateway(
            [upstream.baseURL], upstream: AdmissionTests.upstream(concurrency: 1, queue: 10))
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            // Now the host knows that a turn takes two seconds.
            #expect(try host.client.complete("hello").status == 200)
            let running = try host.begin()
            try upstream.waitForRequests(2)
            let response = try host.client.complete("hello", headers: [("x-jackfield-timeout-ms", "1500")])
            // Not 504: it was not waited for.
            _ = try RequestFaultTests.envelope(response, status: 503, "shed")
            #expect(Int(response.headers["retry-after"] ?? "") ?? 0 >= 1)
            gate.open()
            #expect(try running.readResponse().status == 200)
            #expect(upstream.requests.count == 2)
        }
    }

    @Test("ends the wait of one whose deadline passes in the queue")
    func deadlineInQueue() throws {
        let gate = Gate()
        defer { gate.open() }
        let upstream = try ProgrammableUpstream(UpstreamPool.behind(gate))
        let manifest = Manifests.gateway(
            [upstream.baseURL], upstream: AdmissionTests.upstream(concurrency: 1, queue: 10))
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            let running = try host.begin()
            try upstream.waitForRequests(1)
            let response = try host.client.complete("hello", headers: [("x-jackfield-timeout-ms", "300")])
            #expect([503, 504].contains(response.status), "\(response.status)")
            #expect(try UpstreamState(of: "up0", in: host).queued == 0)
            gate.open()
            #expect(try running.readResponse().status == 200)
            #expect(upstream.requests.count == 1)
        }
    }

    @Test("gives the place of a client that leaves to the next")
    func leaves() throws {
        let gate = Gate()
        defer { gate.open() }
        let upstream = try ProgrammableUpstream(UpstreamPool.behind(gate))
        let manifest = Manifests.gateway(
            [upstream.baseURL], upstream: AdmissionTests.upstream(concurrency: 1, queue: 1))
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            let running = try host.begin()
            try upstream.waitForRequests(1)
            let leaving = try host.begin("the one that leaves")
            try host.wait(for: "queueing one", at: "up0") { $0.queued == 1 }
            leaving.close()
            try host.wait(for: "queueing nobody", at: "up0") { $0.queued == 0 }
            let staying = try host.begin("the one that stays")
            try host.wait(for: "queueing one", at: "up0") { $0.queued == 1 }
            gate.open()
            #expect(try running.readResponse().status == 200)
            #expect(try staying.readResponse().status == 200)
            #expect(!upstream.requests.contains { $0.text.contains("the one that leaves") })
            try host.wait(for: "idle", at: "up0") { $0.running == 0 && $0.queued == 0 }
        }
    }
}
