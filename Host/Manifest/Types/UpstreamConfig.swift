/// How the host treats the upstreams of one provider instance: each of its models is an upstream of its own.
package struct UpstreamConfig: Sendable, Hashable {
    /// Attempts under way at one time, 1...100,000.
    package var concurrency = 1024
    /// Attempts that may wait for their turn, 0...100,000.
    package var queue = 1024
    package var breaker = BreakerConfig()

    package init() {}
}

/// When an upstream is left alone for a while.
package struct BreakerConfig: Sendable, Hashable {
    package var enabled = true
    /// How far back attempts count.
    package var window = Duration.seconds(10)
    /// Fewer attempts than this within the window say nothing.
    package var minimumCalls = 10
    /// The share of failures, 0...1, at which it opens.
    package var errorRate = 0.5
    /// From when on an attempt counts as slow: until the first event. Zero: never.
    package var slowCall = Duration.zero
    /// The share of slow attempts, 0...1, at which it opens.
    package var slowRate = 0.8
    /// How long it stays open the first time; twice as long each time that the probes fail.
    package var openFor = Duration.seconds(5)
    package var longestOpen = Duration.seconds(60)
    /// Attempts that are let through to see whether the upstream is well again.
    package var probes = 2

    package init() {}
}
