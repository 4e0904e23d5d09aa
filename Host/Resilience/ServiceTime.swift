/// How long a slot is held on average, to tell how long others will wait for it.
struct ServiceTime: Sendable {
    /// Nanoseconds. 0: not measured yet.
    private(set) var average: Int64 = 0

    /// Gains of an eighth, as for the round-trip time of TCP (RFC 6298). No call counts for more than an hour.
    mutating func measure(_ held: Int64) {
        let held = min(max(1, held), 3_600_000_000_000)
        average = average == 0 ? held : max(1, average + (held - average) / 8)
    }

    /// Nanoseconds until `position` slots of `concurrency` have become free: how long the one at that position waits (1
    /// is the first). At most 1 h x 1 000 001, which fits.
    func wait(position: Int, concurrency: Int) -> Int64 { average * Int64(position) / Int64(concurrency) }
}
