/// How long to wait before a retry: exponential with full jitter (Brooker, "Exponential Backoff and Jitter", AWS
/// Architecture Blog, 2015), or what the upstream asked for.
package struct Backoff: Sendable, Equatable {
    /// The bound of the first delay, nanoseconds.
    package var base: Int64
    /// The bound of every delay that the upstream did not ask for, nanoseconds.
    package var cap: Int64

    package init(base: Int64 = 250_000_000, cap: Int64 = 8_000_000_000) {
        self.base = base
        self.cap = cap
    }

    /// The delay in nanoseconds before the retry that follows `attempt`.
    ///
    /// - Parameter attempt: 0 for the first. Between 0 and base x 2^attempt, at most `cap`.
    /// - Parameter retryAfter: what the upstream asked for, nanoseconds (`Retry-After`, RFC 9110 section 10.2.3).
    ///   Obeyed even beyond `cap`, with up to a tenth on top so that those it has turned away do not return in one
    ///   instant. Nil, or what is not above 0, asks for nothing.
    package func delay(attempt: Int, retryAfter: Int64?, using random: inout some RandomNumberGenerator) -> Int64 {
        if let retryAfter, retryAfter > 0 {
            let (sum, overflow) = retryAfter.addingReportingOverflow(random.draw(upTo: retryAfter / 10))
            return overflow ? .max : sum
        }
        return random.draw(upTo: bound(attempt))
    }

    private func bound(_ attempt: Int) -> Int64 {
        let highest = max(0, cap)
        let first = max(0, base)
        let shift = min(max(attempt, 0), 62)
        return first > highest >> shift ? highest : first << shift
    }
}
