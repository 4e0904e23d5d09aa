/// The counts of one meter in one window.
struct BudgetWindowCounts: Sendable {
    var counts: [String: BudgetCount] = [:]
    /// The ids in the order in which they came, from `oldest` on: candidates for eviction.
    var order: [String] = []
    var oldest = 0
    /// How many of the counts say something that the store does not.
    var busy = 0
    /// The store may know of counts of this window that are not here.
    var mayBeStored: Bool

    /// Gives up the count that came first, is not busy and, if there is one, was not used since it was last looked at.
    /// - Returns: Whether one went. Only a few are looked at: where most are busy, the next flush makes room.
    mutating func evictOne() -> Bool {
        if oldest > 1024, oldest > order.count / 2 {
            order.removeFirst(oldest)
            oldest = 0
        }
        var idle: String?
        for _ in 0..<min(64, order.count - oldest) {
            let id = order[oldest]
            oldest += 1
            guard let candidate = counts[id] else { continue }
            if !candidate.isBusy, !candidate.wasUsed { return evict(id) }
            if !candidate.isBusy { idle = idle ?? id }
            counts[id]?.wasUsed = false
            order.append(id)
        }
        guard let idle, let place = order.lastIndex(of: idle) else { return false }
        order.remove(at: place)
        return evict(idle)
    }

    private mutating func evict(_ id: String) -> Bool {
        counts[id] = nil
        mayBeStored = true
        return true
    }
}
