/// All counts in memory: a pure value, so that what concurrent requests do to it happens in one step. It is bounded:
/// counts that the store also has are given up when there are too many, and windows that are over are dropped.
struct BudgetCounts: Sendable {
    enum Verdict {
        case admitted
        /// These must be loaded first.
        case missing([BudgetSubject])
        case refused(BudgetRefusal)
        /// Too many subjects are busy at once.
        case full
    }

    private struct WindowID: Hashable {
        let meter: Int
        let window: BudgetWindow
    }

    private var windows: [WindowID: BudgetWindowCounts] = [:]
    private var unwritten: [BudgetSubject] = []
    private(set) var count = 0
    /// Windows that began later have left nothing in the store before this process counted.
    private let since: Int64
    private let capacity: Int
    private static let grace: Int64 = 5_000_000_000

    init(since: Int64, capacity: Int) {
        self.since = since
        self.capacity = capacity
    }

    subscript(subject: BudgetSubject) -> BudgetCount? { windows[id(subject)]?.counts[subject.id] }

    /// Reserves the estimate with every subject, or with none.
    mutating func admit(_ wanted: [LimitedSubject], estimate: Spending, now: Int64) -> Verdict {
        for limited in wanted {
            let subject = limited.subject
            if self[subject] == nil, windows[id(subject)]?.mayBeStored ?? mayBeStored(subject.window) { continue }
            guard self[subject] != nil || insert(subject, stored: .zero), let count = self[subject] else {
                return .full
            }
            if let refusal = count.refusal(of: limited.rules, estimate: estimate, subject: subject, now: now) {
                return .refused(refusal)
            }
        }
        // One that was just put in can have made room for the next.
        let missing = wanted.filter { self[$0.subject] == nil }
        guard missing.isEmpty else { return .missing(missing.map(\.subject)) }
        for limited in wanted {
            change(limited.subject) { count in
                count.reserved = count.reserved + estimate
                count.reservations += 1
                count.wasUsed = true
            }
        }
        return .admitted
    }

    /// Takes in what the store says, unless somebody was faster.
    /// - Returns: False when there is no room.
    mutating func load(_ subject: BudgetSubject, stored: Spending) -> Bool {
        self[subject] != nil || insert(subject, stored: stored)
    }

    /// Replaces a reservation by what was used.
    mutating func settle(_ subject: BudgetSubject, reserved: Spending, used: Spending) {
        let isNew = self[subject]?.unwritten == .zero && used != .zero
        change(subject) { count in
            count.reservations -= 1
            count.reserved = count.reservations == 0 ? .zero : count.reserved - reserved
            count.unwritten = count.unwritten + used
        }
        if isNew { unwritten.append(subject) }
    }

    /// What the store shall learn. Each amount must come back, by `written`.
    mutating func takeUnwritten() -> [(subject: BudgetSubject, amount: Spending)] {
        let subjects = unwritten
        unwritten = []
        return subjects.compactMap { subject in
            guard let amount = self[subject]?.unwritten, amount != .zero else { return nil }
            change(subject) { count in
                count.unwritten = .zero
                count.writing = count.writing + amount
            }
            return (subject, amount)
        }
    }

    /// - Parameters:
    ///   - amount: As taken.
    ///   - failed: The part of it that the store did not take: it is kept for the next time.
    ///   - sums: The store's sums of the parts that it took.
    mutating func written(_ subject: BudgetSubject, amount: Spending, failed: Spending, sums: Spending) {
        let isNew = self[subject]?.unwritten == .zero && failed != .zero
        change(subject) { count in
            count.writing = count.writing - amount
            count.unwritten = count.unwritten + failed
            // Answers can come in another order than the writes were made; the sums only rise.
            count.stored.tokens = max(count.stored.tokens, sums.tokens)
            count.stored.cost = max(count.stored.cost, sums.cost)
        }
        if isNew { unwritten.append(subject) }
    }

    /// Drops windows that are over and settled. They are kept for some seconds more, for a clock that is set back a
    /// little: a window that came again would begin with nothing.
    /// - Returns: Something to let go of outside the lock: freeing many counts takes a while.
    mutating func dropOver(now: Int64) -> [any Sendable] {
        var dropped: [any Sendable] = []
        for (id, window) in windows where id.window.end <= now - Self.grace && window.busy == 0 {
            count -= window.counts.count
            dropped.append(window)
            windows[id] = nil
        }
        return dropped
    }

    /// Counts of windows that are not over, at most so many.
    func current(now: Int64, limit: Int) -> [(subject: BudgetSubject, count: BudgetCount)] {
        var found: [(subject: BudgetSubject, count: BudgetCount)] = []
        for (id, window) in windows where id.window.end > now {
            for (name, count) in window.counts.prefix(limit - found.count) {
                found.append((BudgetSubject(meter: id.meter, window: id.window, id: name), count))
            }
        }
        return found
    }

    private func id(_ subject: BudgetSubject) -> WindowID { WindowID(meter: subject.meter, window: subject.window) }

    private func mayBeStored(_ window: BudgetWindow) -> Bool { window.start <= since }

    private mutating func insert(_ subject: BudgetSubject, stored: Spending) -> Bool {
        if count >= capacity, !evictOne(), count >= 2 * capacity { return false }
        let new = BudgetWindowCounts(mayBeStored: mayBeStored(subject.window))
        windows[id(subject), default: new].counts[subject.id] = BudgetCount(stored: stored)
        windows[id(subject)]?.order.append(subject.id)
        count += 1
        return true
    }

    /// Gives up a count of the fullest window.
    private mutating func evictOne() -> Bool {
        guard let fullest = windows.max(by: { $0.value.counts.count < $1.value.counts.count })?.key,
            let hasRoom = windows[fullest]?.evictOne()
        else { return false }
        if hasRoom { count -= 1 }
        return hasRoom
    }

    private mutating func change(_ subject: BudgetSubject, _ body: (inout BudgetCount) -> Void) {
        let id = id(subject)
        guard var count = windows[id]?.counts[subject.id] else { return }
        let wasBusy = count.isBusy
        body(&count)
        windows[id]?.counts[subject.id] = count
        if count.isBusy != wasBusy { windows[id]?.busy += wasBusy ? -1 : 1 }
    }
}
