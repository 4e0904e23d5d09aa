/// The calls that try a half-open breaker: how many are out, and how many have succeeded. Never allocates after `init`.
struct ProbeRound: Sendable {
    private struct Lease {
        /// 0: free.
        var probe: UInt64 = 0
        var end: Int64 = 0
    }

    private var leases: [Lease]
    private var lastProbe: UInt64 = 0
    private var recovered = 0

    /// `size`: how many may be out at a time, and how many must succeed. Taken as 1 to 64.
    init(size: Int) { leases = Array(repeating: Lease(), count: min(max(size, 1), 64)) }

    /// Whether one more may go out. A lease that is over keeps nobody.
    func hasRoom(now: Int64) -> Bool {
        var running = 0
        for lease in leases where lease.probe != 0 && lease.end > now { running += 1 }
        return running + recovered < leases.count
    }

    /// When the first lease of those that are out ends, `.max` if none is out.
    func earliestEnd(now: Int64) -> Int64 {
        var earliest = Int64.max
        for lease in leases where lease.probe != 0 && lease.end > now { earliest = min(earliest, lease.end) }
        return earliest
    }

    /// Sends one out and names it, above 0. Nil if there is no room.
    mutating func take(until end: Int64, now: Int64) -> UInt64? {
        guard hasRoom(now: now), let free = leases.firstIndex(where: { $0.probe == 0 || $0.end <= now }) else {
            return nil
        }
        lastProbe += 1
        leases[free] = Lease(probe: lastProbe, end: end)
        return lastProbe
    }

    mutating func giveBack(_ probe: UInt64) {
        for index in leases.indices where leases[index].probe == probe { leases[index].probe = 0 }
    }

    /// Counts one that has succeeded, whether its lease is over or not. True if these are enough.
    mutating func succeed() -> Bool {
        recovered += 1
        return recovered >= leases.count
    }

    /// Starts anew.
    mutating func reset() {
        recovered = 0
        for index in leases.indices { leases[index].probe = 0 }
    }
}
