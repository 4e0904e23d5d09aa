import JackfieldJSON
import NIOCore
import NIOPosix
import TestSupport

/// Two upstreams behind one model, of which one begins to hang under load: how soon its breaker opens, what the requests
/// that succeed feel of it, and how many do not succeed.
///
/// The load comes at a fixed rate whatever the answers do. One that hangs costs a request the model's timeout before it is
/// asked again at the other.
struct BreakerBenchmark {
    private static let pause = TimeAmount.milliseconds(10)
    /// Of the breaker, as it is when nobody says otherwise.
    private static let window = 10
    private static let before = TimeAmount.seconds(4)
    /// Until the window has passed, and the breaker has tried the upstream again.
    private static let after = TimeAmount.seconds(14)
    /// By which the client may fall behind its own schedule before its figures count for nothing, in milliseconds.
    private static let worstLateness = 20.0

    /// Requests in a second.
    let rate: Int

    func run() async throws -> [Figure] {
        try raiseDescriptorLimit(to: 10_000)
        return try await figures("latency-aware") + figures("least-outstanding")
    }

    private func figures(_ balance: String) async throws -> [Figure] {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
        let loops = Array(group.makeIterator())
        let (well, ill) = (CompletionUpstream(pause: Self.pause), CompletionUpstream(pause: Self.pause))
        let channels = [try await well.listen(on: loops[0]), try await ill.listen(on: loops[0])]
        let host = try GatewayProcess(Self.manifest(channels[0].baseURL, channels[1].baseURL, balance))
        func load() -> CompletionLoad {
            CompletionLoad(port: host.port, on: loops[1]) { _ in "Hello, who are you? Please answer in one sentence." }
        }
        _ = try await load().ask(rate: rate, for: .seconds(1), spare: 16)

        let asking = Task { try await load().ask(rate: rate, for: Self.before + Self.after, spare: 64) }
        try await Task.sleep(for: .nanoseconds(Self.before.nanoseconds))
        let share = Double(ill.answers) / Double(well.answers + ill.answers)
        let hung = monotonicNanoseconds()
        ill.hang()
        var opened: Int64?
        let client = HTTPTestClient(port: host.port)
        while opened == nil, monotonicNanoseconds() < hung + Self.after.nanoseconds {
            if try Self.state(of: "ill", client) == "open" { opened = monotonicNanoseconds() }
            try await Task.sleep(for: .milliseconds(5))
        }
        let samples = try await asking.value
        for channel in channels { try await channel.close() }
        try await group.shutdownGracefully()

        let (early, late) = (samples.filter { $0.due < hung }, samples.filter { $0.due >= hung })
        guard early.failures == 0, 0.1...0.9 ~= share else {
            throw TestFailure(
                """
                while both were well, \(early.failures) of \(early.count) requests failed and one of them got \
                \((share * 100).text(0)) % of all: what came after says nothing
                """)
        }
        guard samples.lateness < Self.worstLateness else {
            throw TestFailure("the client fell \(samples.lateness.text(0)) ms behind: the machine is too busy")
        }
        let seconds = opened.map { Double($0 - hung) / 1e9 }
        let closing = late.filter { $0.due < opened ?? .max }
        let (p99, p99Before) = (late.milliseconds(0.99), early.milliseconds(0.99))
        let what = "one of two upstreams hangs, \(balance)"
        return [
            Figure(
                what: "\(what): until its breaker is open", value: seconds ?? .infinity, unit: "s",
                goal: .init(bound: Double(Self.window), text: "within its window of \(Self.window) s"),
                note: """
                    \(rate) requests in a second, answered within \(Self.pause.nanoseconds / 1_000_000) ms, timeout 500 ms, 1 retry; \
                    \((share * 100).text(0)) % went to it before
                    """, digits: 2),
            Figure(
                what: "the same: p99 of the requests that succeed, while it hangs", value: p99 / p99Before,
                unit: "times before", goal: .init(bound: 2, text: "within twice"),
                note: """
                    \(p99.text(1)) ms, before \(p99Before.text(1)) ms; p50 \(late.milliseconds(0.5).text(1)) ms, before \
                    \(early.milliseconds(0.5).text(1)) ms; until the breaker was open p99 \
                    \(closing.milliseconds(0.99).text(1)) ms; \(late.count { $0.duration > 400_000_000 }) of \(late.count) \
                    waited for the timeout; the client was late by \(samples.lateness.text(1)) ms
                    """, digits: 2),
            Figure(
                what: "the same: requests that failed", value: Double(late.failures), unit: "requests",
                note: "of \(late.count) in \(Self.after.nanoseconds / 1_000_000_000) s", digits: 0),
        ]
    }

    private static func state(of instance: String, _ client: HTTPTestClient) throws -> String? {
        let models = try client.get("/api/v1/models").json()["models"]?.array ?? []
        let upstreams = models.first?["upstreams"]?.array ?? []
        return upstreams.first { $0["upstream"]?.string == "\(instance)/gpt-4o-mini" }?["state"]?.string
    }

    private static func manifest(_ well: String, _ ill: String, _ balance: String) -> String {
        """
        jackfield: 1
        profile: production
        logging: { level: info, format: json }
        plugins:
          well: { use: llm/openai, config: { base_url: "\(well)" }, grants: { http: ["\(well)"] } }
          ill: { use: llm/openai, config: { base_url: "\(ill)" }, grants: { http: ["\(ill)"] } }
          prompt-injection: { use: validator/prompt-injection }
          secrets: { use: validator/secrets }
        models:
          gpt-4o-mini:
            route: [[well/gpt-4o-mini, ill/gpt-4o-mini]]
            balance: \(balance)
            timeout: 500ms
            retries: 1
        validators: { input: [prompt-injection, secrets], output: [secrets] }
        """
    }
}
