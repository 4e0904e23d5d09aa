extension CircuitBreaker {
    /// When a breaker opens, for how long, and what closes it. Durations are nanoseconds. Rates are above
    /// 0 and at most 1, or higher for never.
    package struct Settings: Sendable, Equatable {
        /// Calls older than this count no more. At least 10 ns.
        package var window: Int64 = 10_000_000_000
        /// With fewer calls than this in the window, rates say nothing. At least 1.
        package var minimumCalls = 10
        /// The part of the calls in the window that must fail for the breaker to open.
        package var errorRate = 0.5
        /// A call that lasts as long as this is slow, whether it fails or not. 0: no call is.
        package var slowCall: Int64 = 0
        /// The part of the calls in the window that must be slow for the breaker to open.
        package var slowRate = 0.8
        /// How long the breaker stays open at first. Each round of probes that fails doubles it.
        package var openFor: Int64 = 5_000_000_000
        /// Where the doubling ends.
        package var longestOpen: Int64 = 60_000_000_000
        /// How many calls may try a half-open breaker at a time, and how many of them must succeed to close it.
        /// 1 to 64.
        package var probes = 2
        /// A probe that has not come back after this long no longer keeps others from trying. Should it come back
        /// later all the same, its outcome still counts.
        package var probeLease: Int64 = 60_000_000_000

        package init() {}
    }
}
