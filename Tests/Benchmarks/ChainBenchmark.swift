import JackfieldJSON
import NIOCore
import NIOPosix
import TestSupport

/// What the whole chain around an upstream costs: breaker, admission, latencies, balancing over two upstreams, retry
/// budget, prices and a cost budget, set beside a host where all of that is off that can be.
///
/// Both hosts ask the same upstreams and are measured round by round in turn. What counts is the median of the
/// differences of the same round, in processor time of the host's process.
struct ChainBenchmark {
    private static let connections = 32
    #if DEBUG
        private static let time = TimeAmount.seconds(1)
    #else
        private static let time = TimeAmount.seconds(3)
    #endif

    /// A build of the host from before the chain was written; nil leaves that comparison out.
    let spine: String?
    let rounds: Int

    func run() async throws -> [Figure] {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
        let loops = Array(group.makeIterator())
        let upstreams = [CompletionUpstream(), CompletionUpstream()]
        var channels: [any Channel] = []
        for upstream in upstreams { try await channels.append(upstream.listen(on: loops[0])) }
        let (first, second) = (channels[0].baseURL, channels[1].baseURL)

        var hosts = [
            ("chain", try GatewayProcess(Self.chained(first, second))),
            ("plain", try GatewayProcess(Self.plain(first))),
        ]
        if let spine {
            hosts.append(("spine", try GatewayProcess(GatewayManifest.text(upstream: first, loops: 1), program: spine)))
        }
        var microseconds: [String: [Double]] = [:]
        for round in 0...rounds {
            // Who comes first has the machine as the other left it, so they take turns at that too.
            for (name, host) in round.isMultiple(of: 2) ? hosts : hosts.reversed() {
                let cost = try await Self.microseconds(host, on: loops[1], for: round == 0 ? .seconds(1) : Self.time)
                // The first round warms caches and connections.
                if round > 0 { microseconds[name, default: []].append(cost) }
            }
        }
        let chosen = upstreams.map(\.answers)
        let charged = try Self.dollarsCharged(hosts[0].1)
        for channel in channels { try await channel.close() }
        try await group.shutdownGracefully()

        guard chosen[1] > 0, charged > 0 else {
            throw TestFailure("the chain did not take part: answers \(chosen), charged $\(charged)")
        }
        return try hosts.dropFirst().map { name, _ in
            guard let chain = microseconds["chain"], let other = microseconds[name] else {
                throw TestFailure("there was no round")
            }
            let differences = zip(chain, other).map { $0 - $1 }
            let ratios = zip(chain, other).map { $0 / $1 }
            return Figure(
                what: name == "spine"
                    ? "processor time of a completion that the whole chain adds to the host before it had one"
                    : "processor time of a completion that the whole chain adds to one upstream with everything off",
                value: differences.median, unit: "µs", goal: .init(bound: 10, text: "at most 10 µs"),
                note: """
                    \(chain.median.text(1)) µs against \(other.median.text(1)) µs, \(ratios.median.text(2)) times; \
                    \(rounds) rounds from \(differences.min()!.text(1)) to \(differences.max()!.text(1)) µs
                    """)
        }
    }

    private static func microseconds(
        _ host: GatewayProcess, on loop: any EventLoop, for time: TimeAmount
    ) async throws -> Double {
        let load = CompletionLoad(port: host.port, on: loop) { _ in
            "Hello, who are you? Please answer in one sentence."
        }
        let before = try host.process.processorSeconds
        let samples = try await load.ask(connections: connections, for: time)
        let after = try host.process.processorSeconds
        guard samples.failures == 0, !samples.isEmpty else {
            throw TestFailure("\(samples.failures) of \(samples.count) requests failed, so their time says nothing")
        }
        return (after - before) * 1e6 / Double(samples.count)
    }

    /// What the budget has counted.
    private static func dollarsCharged(_ host: GatewayProcess) throws -> Double {
        let budgets = try HTTPTestClient(port: host.port).get("/api/v1/budgets").json()["budgets"]?.array ?? []
        return budgets.compactMap { $0["used"]?["cost_usd"]?.double }.reduce(0, +)
    }

    /// Everything as it is when nobody says otherwise, and a budget in dollars.
    private static func chained(_ first: String, _ second: String) -> String {
        manifest(
            """
              first: { use: llm/openai, config: { base_url: "\(first)" }, grants: { http: ["\(first)"] } }
              second: { use: llm/openai, config: { base_url: "\(second)" }, grants: { http: ["\(second)"] } }
            """,
            """
            models:
              gpt-4o-mini: { route: [[first/gpt-4o-mini, second/gpt-4o-mini]] }
            prices:
              gpt-4o-mini: { input: 0.15, output: 0.6 }
            budgets:
              each: { per: key, period: month, cost: 100000 }
            """)
    }

    private static func plain(_ upstream: String) -> String {
        manifest(
            """
              openai:
                use: llm/openai
                config: { base_url: "\(upstream)" }
                grants: { http: ["\(upstream)"] }
                upstream: { breaker: { enabled: false } }
            """,
            """
            models:
              gpt-4o-mini: { route: [openai/gpt-4o-mini], balance: weighted, retries: 0 }
            """)
    }

    private static func manifest(_ providers: String, _ rest: String) -> String {
        """
        jackfield: 1
        profile: production
        server: { loops: 1 }
        logging: { level: info, format: json }
        plugins:
        \(providers)
          prompt-injection: { use: validator/prompt-injection }
          secrets: { use: validator/secrets }
        \(rest)
        validators: { input: [prompt-injection, secrets], output: [secrets] }
        """
    }
}
