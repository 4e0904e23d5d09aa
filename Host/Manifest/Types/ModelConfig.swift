/// A model name that clients and agents ask for, and the ways to it.
package struct ModelConfig: Sendable, Hashable, Identifiable {
    package let name: ModelName
    package var id: ModelName { self.name }
    /// In order of preference, at least one; entries whose plugin is disabled are left out already.
    package var route: [RouteStep] = []
    /// How the upstreams of one step share the load.
    package var balance = BalanceChoice.latencyAware
    /// For one attempt, until the first event of the answer; an answer that is not streamed is one event.
    package var timeout = Duration.seconds(60)
    /// Between two events of a streamed answer.
    package var idleTimeout = Duration.seconds(60)
    /// More attempts after the first, at the same step, 0...10.
    package var retries = 2
    package var retryBudget = RetryBudgetConfig()
    package var hedge = HedgeConfig()
    package var cache = ModelCacheConfig()

    package init(name: ModelName) { self.name = name }

    /// Every upstream of the route, in order.
    package var upstreams: [ModelRoute] { self.route.flatMap { $0.members.map(\.route) } }
}

package enum BalanceChoice: String, Sendable, Hashable, CaseIterable {
    /// By chance, in proportion to the weights.
    case weighted
    /// Whoever has the fewest requests under way, for its weight.
    case leastOutstanding = "least-outstanding"
    /// Whoever answered fastest of late, with what is under way there counted in.
    case latencyAware = "latency-aware"
}

/// How many retries a model may cause, so that they never multiply the load on an upstream in trouble.
package struct RetryBudgetConfig: Sendable, Hashable {
    /// Retries for each request, 0...1.
    package var ratio = 0.2
    /// Retries in a second that are allowed however few requests there are.
    package var minimum = 10

    package init() {}
}

/// A second attempt, made while the first is still silent (Dean and Barroso, "The Tail at Scale", 2013).
package struct HedgeConfig: Sendable, Hashable {
    package var enabled = false
    /// Hedges for each request, 0...1.
    package var budget = 0.05
    /// No hedge before this, however fast the upstream is as a rule.
    package var after = Duration.milliseconds(20)

    package init() {}
}

/// Whether answers of a model are kept for the next one who asks the same.
package struct ModelCacheConfig: Sendable, Hashable {
    package var enabled = false
    package var ttl = Duration.seconds(600)

    package init() {}
}
