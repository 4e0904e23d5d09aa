/// How much is kept, and for how long.
package struct CacheSettings: Sendable, Hashable {
    /// All entries together, in bytes.
    package var maxBytes = 64 << 20
    /// One entry; larger answers are not kept.
    package var maxEntryBytes = 1 << 20
    /// How long an answer is good, where `store` does not say.
    package var ttl: Duration = .seconds(3600)

    package init() {}

    package init(maxBytes: Int, maxEntryBytes: Int, ttl: Duration) {
        self.maxBytes = maxBytes
        self.maxEntryBytes = maxEntryBytes
        self.ttl = ttl
    }
}

extension Duration {
    /// Whole nanoseconds, at most what 64 bits hold.
    var wholeNanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        if overflow { return seconds < 0 ? .min : .max }
        let (sum, isTooMuch) = scaled.addingReportingOverflow(attoseconds / 1_000_000_000)
        return isTooMuch ? (seconds < 0 ? .min : .max) : sum
    }
}

extension Int64 {
    /// The sum, or the largest number where it would be more.
    func adding(capped other: Int64) -> Int64 {
        let (sum, overflow) = addingReportingOverflow(other)
        return overflow ? (other < 0 ? .min : .max) : sum
    }
}
