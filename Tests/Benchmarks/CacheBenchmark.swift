import JackfieldJSON
import NIOCore
import NIOPosix
import TestSupport

/// Processor time of an answer out of the cache beside one that the upstream gave and the cache then kept, round by round
/// in turn on the same host, with the same validators around both.
struct CacheBenchmark {
    private static let connections = 32
    #if DEBUG
        private static let time = TimeAmount.seconds(1)
    #else
        private static let time = TimeAmount.seconds(3)
    #endif

    let rounds: Int

    private enum Way: CaseIterable {
        case hit, miss
        /// No cache in the manifest at all.
        case off
    }

    func run() async throws -> [Figure] {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 2)
        let loops = Array(group.makeIterator())
        let channel = try await CompletionUpstream().listen(on: loops[0])
        let caching = try GatewayProcess(Self.manifest(channel.baseURL, isCaching: true))
        let plain = try GatewayProcess(Self.manifest(channel.baseURL, isCaching: false))

        var microseconds: [Way: [Double]] = [:]
        for round in 0...rounds {
            for way in round.isMultiple(of: 2) ? Way.allCases : Way.allCases.reversed() {
                let cost = try await Self.microseconds(way, round, way == .off ? plain : caching, on: loops[1])
                // The first round warms caches and connections.
                if round > 0 { microseconds[way, default: []].append(cost) }
            }
        }
        try await channel.close()
        try await group.shutdownGracefully()

        guard let hit = microseconds[.hit], let miss = microseconds[.miss], let off = microseconds[.off] else {
            throw TestFailure("there was no round")
        }
        let ratios = zip(hit, miss).map { $0 / $1 }
        return [
            Figure(
                what: "processor time of an answer out of the cache", value: ratios.median, unit: "times a miss",
                goal: .init(bound: 0.5, text: "at most half of a miss"),
                note: """
                    \(hit.median.text(1)) µs, a miss \(miss.median.text(1)) µs, without a cache \(off.median.text(1)) µs; \
                    \(rounds) rounds from \(ratios.min()!.text(2)) to \(ratios.max()!.text(2))
                    """, digits: 2)
        ]
    }

    private static func microseconds(
        _ way: Way, _ round: Int, _ host: GatewayProcess, on loop: any EventLoop
    ) async throws -> Double {
        // All prompts of one length; those that miss were never asked before.
        let load = CompletionLoad(port: host.port, on: loop) { number in
            let name = way == .hit ? 0 : (round + 1) * 10_000_000 + number
            return "Hello, who are you? Please answer in one sentence, number \(100_000_000 + name)."
        }
        if way == .hit {
            // Kept from now on, so that none of those that are measured has to ask.
            let prior = CompletionLoad(port: host.port, on: loop) { _ in
                "Hello, who are you? Please answer in one sentence, number 100000000."
            }
            _ = try await prior.ask(connections: 1, for: .milliseconds(20))
        }
        let (counted, seconds) = (try lookups(host), try host.process.processorSeconds)
        let samples = try await load.ask(connections: connections, for: time)
        let cost = (try host.process.processorSeconds - seconds) * 1e6 / Double(samples.count)
        guard samples.failures == 0, !samples.isEmpty else {
            throw TestFailure("\(samples.failures) of \(samples.count) requests failed, so their time says nothing")
        }
        let now = try lookups(host)
        let found = (hits: now.hits - counted.hits, misses: now.misses - counted.misses)
        let isRight =
            switch way {
            case .hit: found.hits == samples.count && found.misses == 0
            // A look before one joins a flight, and one after, may both count.
            case .miss: found.hits == 0 && found.misses >= samples.count
            case .off: found == (0, 0)
            }
        guard isRight else {
            throw TestFailure("of \(samples.count) requests that were all to be \(way), the cache says \(found)")
        }
        return cost
    }

    private static func lookups(_ host: GatewayProcess) throws -> (hits: Int, misses: Int) {
        let stats = try HTTPTestClient(port: host.port).get("/api/v1/cache").json()
        return (stats["hits"]?.int ?? 0, stats["misses"]?.int ?? 0)
    }

    private static func manifest(_ upstream: String, isCaching: Bool) -> String {
        """
        jackfield: 1
        profile: production
        server: { loops: 1 }
        logging: { level: info, format: json }
        plugins:
          openai: { use: llm/openai, config: { base_url: "\(upstream)" }, grants: { http: ["\(upstream)"] } }
          prompt-injection: { use: validator/prompt-injection }
          secrets: { use: validator/secrets }
        models:
          gpt-4o-mini: { route: [openai/gpt-4o-mini], cache: { enabled: \(isCaching) } }
        validators: { input: [prompt-injection, secrets], output: [secrets] }
        """
    }
}
