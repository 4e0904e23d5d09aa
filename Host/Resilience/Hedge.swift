/// When to send the same request to a second upstream because the first one takes unusually long, and to use whichever
/// answers first (Dean and Barroso, "The Tail at Scale", 2013). The `RetryBudget` says whether one may be sent at all.
package enum Hedge {
    /// Nanoseconds to wait for the first upstream: its 95th percentile, within bounds.
    ///
    /// - Parameter p95: nil while too little is measured.
    /// - Parameter floor: waits at least this long, since a second call costs more than a short wait.
    /// - Parameter ceiling: waits at most this long. 0 or less turns hedging off.
    /// - Returns: nil if there is to be no second call.
    package static func delay(p95: Int64?, floor: Int64, ceiling: Int64) -> Int64? {
        guard let p95, ceiling > 0 else { return nil }
        return min(max(p95, floor, 0), ceiling)
    }
}
