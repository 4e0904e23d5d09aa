import TestSupport
import Testing

@Suite("A client that leaves while the host still looks for an answer", .serialized)
struct AbandonedAttemptTests {
    /// From the client's leaving to the host's having nothing left of the request, in milliseconds: time after time, until
    /// three times it was less than 50 ms. Whatever else runs on the machine can make any one of them late.
    ///
    /// - Parameter isUnderWay: the request is where the test wants it.
    private func delays(
        _ host: HostProcess, isUnderWay: () throws -> Bool, isGone: () throws -> Bool
    ) throws -> [Int64] {
        var delays: [Int64] = []
        for _ in 0..<40 where delays.count(where: { $0 < 50 }) < 3 {
            let connection = try host.begin()
            _ = try host.eventually("the request to be under way") { try isUnderWay() ? true : nil }
            let left = monotonicNanoseconds()
            connection.close()
            let deadline = Deadline.after(.generous)
            while try !isGone() {
                if deadline.hasPassed { throw TestFailure("the request is still there after \(Duration.generous)") }
            }
            delays.append((monotonicNanoseconds() - left) / 1_000_000)
        }
        return delays
    }

    /// Requests of clients, without the one that asks.
    private func requests(_ host: HostProcess) throws -> Double {
        try host.metric("http.server.active_requests").map { $0 - 1 } ?? 0
    }

    @Test("in the queue is forgotten within 50 ms")
    func queued() throws {
        let gate = Gate()
        defer { gate.open() }
        let upstream = try ProgrammableUpstream(UpstreamPool.behind(gate))
        let settings = "concurrency: 1, queue: 10, breaker: { enabled: false }"
        let manifest = Manifests.gateway(
            [upstream.baseURL], timeout: "100s", requestTimeout: "120s", upstream: settings)
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            let running = try host.begin()
            try upstream.waitForRequests(1)
            let delays = try delays(host) {
                try UpstreamState(of: "up0", in: host).queued == 1
            } isGone: {
                try UpstreamState(of: "up0", in: host).queued == 0
            }
            #expect(delays.count { $0 < 50 } == 3, "\(delays)")
            gate.open()
            #expect(try running.readResponse().status == 200)
            #expect(upstream.requests.count == 1)
        }
    }

    @Test("in the pause before a retry is forgotten within 50 ms")
    func pausing() throws {
        let upstream = try ProgrammableUpstream(.error(503, "later", headers: [("retry-after", "60")]))
        let manifest = Manifests.gateway(
            [upstream.baseURL], timeout: "100s", requestTimeout: "120s", model: "retries: 2")
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            var pauses = 0.0
            let delays = try delays(host) {
                let made = try host.metric("jackfield.model.retries") ?? 0
                guard made > pauses else { return false }
                pauses = made
                return true
            } isGone: {
                try requests(host) == 0
            }
            #expect(delays.count { $0 < 50 } == 3, "\(delays)")
            #expect(upstream.requests.count == 1)
        }
    }

    @Test("in the pause before a retry causes no request to the next step")
    func nobodyElse() throws {
        let first = try ProgrammableUpstream(.error(500, "broken"))
        let second = try ProgrammableUpstream(.completion("never asked"))
        let manifest = Manifests.gateway(
            [first.baseURL, second.baseURL], timeout: "100s", requestTimeout: "120s", model: "retries: 10")
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            let connection = try host.begin()
            // The pause after the fourth attempt, of up to two seconds. From there on the pauses add up to so many that it
            // does not come to the second by itself.
            _ = try host.eventually("the pause") {
                try host.metric("jackfield.model.retries") ?? 0 >= 4 ? true : nil
            }
            connection.close()
            _ = try host.eventually("the request to end") { try requests(host) == 0 ? true : nil }
            #expect(second.requests.isEmpty)
            #expect(try host.metric("jackfield.upstream.attempts", where: ["upstream": "up1/upstream-model"]) == 0)
        }
    }

    @Test("while an attempt and its hedge are under way ends both")
    func hedged() throws {
        let left = Monitor(0)
        let silent = UpstreamScript { exchange in
            try exchange.waitForClientToLeave()
            left.withLock { $0 += 1 }
        }
        let first = try ProgrammableUpstream(.completion("warm"))
        let second = try ProgrammableUpstream(silent)
        let manifest = Manifests.gateway(
            [first.baseURL, second.baseURL], timeout: "100s", requestTimeout: "120s",
            model: "retries: 0, hedge: { enabled: true, budget: 1.0, after: 100ms }")
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            for _ in 0..<24 { #expect(try host.client.complete("hello").status == 200) }
            first.answer(silent)
            let before = left.withLock { $0 }
            let asked = second.requests.count
            let connection = try host.begin()
            try second.waitForRequests(asked + 1)
            connection.close()
            _ = try left.wait(for: "both to hear of it", within: .seconds(20)) { $0 >= before + 2 ? true : nil }
        }
    }
}
