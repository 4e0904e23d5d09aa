import Caching
import JackfieldVocabulary
import Manifest
import Resilience
import Synchronization
import Telemetry

/// One name of the manifest, with the upstreams behind it.
final class Model: Sendable {
    struct Member: Sendable {
        let upstream: Upstream
        let weight: Int
    }

    let name: String
    let config: ModelConfig
    /// The steps of the route, of which none is empty.
    let steps: [[Member]]
    let strategy: Balancer.Strategy
    /// The name with what stands behind it.
    private let cacheName: String
    private let retries: Mutex<RetryBudget>
    private let hedges: Mutex<RetryBudget>

    init(_ config: ModelConfig, steps: [[Member]]) {
        name = config.name.text
        cacheName = Self.nameForCache(config, steps: steps)
        self.config = config
        self.steps = steps
        strategy =
            switch config.balance {
            case .weighted: .weighted
            case .leastOutstanding: .leastOutstanding
            case .latencyAware: .latency
            }
        let now = MonotonicTime.now().nanoseconds
        retries = Mutex(RetryBudget(RetryBudget.Settings(config.retryBudget), now: now))
        hedges = Mutex(RetryBudget(RetryBudget.Settings(hedging: config.hedge.budget), now: now))
    }

    var upstreams: [Upstream] { steps.flatMap { $0.map(\.upstream) } }

    func cacheKey(_ request: LLM.CompletionRequest, tenant: String?) -> CacheKey {
        var request = request
        request.model = cacheName
        return CacheKey(request, tenant: tenant)
    }

    func cacheKey(_ request: LLM.EmbeddingRequest, tenant: String?) -> CacheKey {
        var request = request
        request.model = cacheName
        return CacheKey(request, tenant: tenant)
    }

    /// To be called once for each request.
    func deposit(now: Int64) {
        retries.withLock { $0.deposit(now: now) }
        if config.hedge.enabled { hedges.withLock { $0.deposit(now: now) } }
    }

    func mayRetry(now: Int64) -> Bool { retries.withLock { $0.withdraw(now: now) } }
    func mayHedge(now: Int64) -> Bool { hedges.withLock { $0.withdraw(now: now) } }

    /// Whom to ask next at a step: nil if all have failed for good.
    ///
    /// - Parameter failed: those that need not be asked again.
    /// - Parameter asked: those that are asked again only if no other is ready.
    func choose(
        step: Int, failed: [Bool], asked: [Bool], now: Int64
    ) -> (index: Int, standing: Balancer.Standing)? {
        let members = steps[step]
        if members.count == 1 {
            guard !failed[0] else { return nil }
            let candidate = members[0].upstream.candidate(weight: 1, now: now)
            let standing: Balancer.Standing =
                !candidate.isAdmitting ? .refused : candidate.restsUntil > now ? .resting : .ready
            return (0, standing)
        }
        var candidates = members.indices.map { index in
            var isFull = false
            var candidate = members[index].upstream.candidate(
                weight: members[index].weight, now: now, isFull: &isFull)
            candidate.isExcluded = failed[index] || asked[index] || isFull
            return candidate
        }
        var random = SystemRandomNumberGenerator()
        if let fresh = Balancer.choose(candidates, strategy: strategy, now: now, using: &random),
            fresh.standing == .ready
        {
            return (fresh.index, .ready)
        }
        for index in members.indices { candidates[index].isExcluded = failed[index] }
        return Balancer.choose(candidates, strategy: strategy, now: now, using: &random).map { ($0.index, $0.standing) }
    }
}
