import JackfieldVocabulary

/// When a limit of Anthropic's is lifted, where `retry-after` does not say (Anthropic documentation, "Rate limits").
enum RateLimitReset {
    private static let limits = ["requests", "tokens", "input-tokens", "output-tokens"]
    /// A longer wait is no wait but an outage.
    private static let longest: Int64 = 24 * 3600

    /// Nanoseconds until the last of the limits that are used up; nil if none is.
    ///
    /// - Parameter now: seconds since 1970.
    static func nanoseconds(_ head: HTTPHead, now: Int64) -> Int64? {
        let waits = limits.compactMap { limit -> Int64? in
            guard let left = head.header("anthropic-ratelimit-\(limit)-remaining"), Int64(left) == 0 else { return nil }
            return head.header("anthropic-ratelimit-\(limit)-reset").flatMap(Timestamp.seconds)
        }
        return waits.max().map { min(max($0 - now, 0), longest) * 1_000_000_000 }
    }
}
