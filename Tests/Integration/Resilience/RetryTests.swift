import JackfieldJSON
import Synchronization
import TestSupport
import Testing

@Suite("A retry")
struct RetryTests {
    /// Answers the first requests with these scripts, one each, and all later ones with the last.
    static func inTurn(_ scripts: [UpstreamScript]) -> UpstreamScript {
        let next = Counter()
        return UpstreamScript { exchange in try scripts[min(next.increment(), scripts.count - 1)].play(exchange) }
    }

    final class Counter: Sendable {
        private let value = Mutex(0)
        /// The value before.
        func increment() -> Int {
            value.withLock { value in
                defer { value += 1 }
                return value
            }
        }
    }

    @Test("is made after a failure that may pass, and the answer says how many attempts it took")
    func retries() throws {
        let upstream = try ProgrammableUpstream(
            Self.inTurn([.error(500, "broken"), .error(503, "later"), .completion("third time lucky")]))
        let manifest = Manifests.gateway([upstream.baseURL], model: "retries: 2")
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            let response = try host.client.complete("hello")
            #expect(try Asking.content(response) == "third time lucky")
            #expect(response.headers["x-jackfield-attempts"] == "3")
            #expect(response.headers["x-jackfield-upstream"] == "up0/upstream-model")
            #expect(upstream.requests.count == 3)
        }
    }

    @Test("is never made where its budget is nothing")
    func noBudget() throws {
        let upstream = try ProgrammableUpstream(.error(503, "later"))
        let model = "retries: 3, retry_budget: { ratio: 0, minimum: 0 }"
        let manifest = Manifests.gateway([upstream.baseURL], model: model)
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            #expect(try host.client.complete("hello").status == 503)
            #expect(upstream.requests.count == 1)
        }
    }

    @Test("is not made where the request itself is wrong, or the content was refused", arguments: [400, 413, 422])
    func isNotMade(status: Int) throws {
        let upstream = try ProgrammableUpstream(.error(status, "too many tokens", type: "invalid_request_error"))
        let second = try ProgrammableUpstream(.completion("never asked"))
        let manifest = Manifests.gateway([upstream.baseURL, second.baseURL], model: "retries: 3")
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            let response = try host.client.complete("hello")
            #expect(response.status == 400)
            #expect(upstream.requests.count == 1)
            #expect(second.requests.isEmpty)
        }
    }

    @Test("waits as long as the upstream asks", arguments: [("retry-after-ms", "400"), ("retry-after", "1")])
    func waits(header: (String, String)) throws {
        let times = Mutex<[Int64]>([])
        let scripts: [UpstreamScript] = [.error(429, "slow down", headers: [header]), .completion("rested")]
        let next = Self.Counter()
        let upstream = try ProgrammableUpstream(
            UpstreamScript { exchange in
                times.withLock { $0.append(monotonicNanoseconds()) }
                try scripts[min(next.increment(), 1)].play(exchange)
            })
        let manifest = Manifests.gateway([upstream.baseURL], model: "retries: 1")
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            #expect(try Asking.content(host.client.complete("hello")) == "rested")
            let times = times.withLock { $0 }
            #expect(times.count == 2)
            let wanted: Int64 = header.0 == "retry-after" ? 1_000_000_000 : 400_000_000
            #expect(times[1] - times[0] >= wanted)
        }
    }

    @Test("is not waited for where the deadline comes first, and the client hears when to come back")
    func deadline() throws {
        let upstream = try ProgrammableUpstream(.error(429, "slow down", headers: [("retry-after", "60")]))
        let manifest = Manifests.gateway([upstream.baseURL], requestTimeout: "10s", model: "retries: 2")
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            let response = try host.client.complete("hello")
            #expect(response.status == 429)
            #expect(response.headers["retry-after"] == "60")
            #expect(response.headers["x-should-retry"] == "true")
            #expect(upstream.requests.count == 1)
        }
    }

    @Test("is bounded by the budget, so that a broken upstream gets hardly more load than a well one")
    func budget() throws {
        let upstream = try ProgrammableUpstream(.error(500, "broken"))
        let manifest = Manifests.gateway(
            [upstream.baseURL], model: "retries: 3, retry_budget: { ratio: 0.1, minimum: 0 }")
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            for _ in 0..<40 { #expect(try host.client.complete("hello").status == 503) }
            // Forty first attempts, a tenth of them again, and the ten that are saved up at the start.
            #expect((50...54).contains(upstream.requests.count), "\(upstream.requests.count)")
        }
    }

    @Test("ends where the client's own deadline does, of which the first upstream gets half")
    func clientDeadline() throws {
        let first = try ProgrammableUpstream(.hang)
        let second = try ProgrammableUpstream(.hang)
        let manifest = Manifests.gateway([first.baseURL, second.baseURL], model: "retries: 0")
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            let response = try host.client.complete("hello", headers: [("x-jackfield-timeout-ms", "3000")])
            #expect(response.status == 504)
            let error = try RequestFaultTests.envelope(response, status: 504, "the deadline")
            let attempts = try #require(error["attempts"]?.array)
            #expect(attempts.map { $0["upstream"]?.string } == ["up0/upstream-model", "up1/upstream-model"])
            #expect(attempts.allSatisfy { $0["code"]?.string == "deadline" })
            let spent = try #require(attempts.first?["duration_ms"]?.int)
            #expect((1400...2900).contains(spent), "\(spent) ms")
        }
    }
}
