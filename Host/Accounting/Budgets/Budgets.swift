package import Storage
import Synchronization

/// Refuses requests whose budgets are used up, before anybody is asked.
///
/// Each request reserves what it may need with every rule that holds for it, all in one step, so that requests that run
/// at once cannot go over a limit together. What is used beyond the estimate is charged too, and the next ones wait for
/// it.
///
/// What was used is kept in the store: read at the first request of a subject in a window, and written behind by
/// `flush`. A host that is killed loses what was settled since the last flush, and what was still reserved. All
/// functions may be called from any thread, also one of an event loop.
package final class Budgets: Sendable {
    /// Subjects counted in memory at once; above it, those that were longest not used are left to the store.
    package static let capacity = 100_000

    /// Whether there is anything to ask for: without rules, callers need not even estimate.
    package let hasRules: Bool
    private let meters: [BudgetMeter]
    private let store: BudgetStore
    private let clock: WallNanoseconds
    private let counts: Mutex<BudgetCounts>

    package convenience init(rules: [BudgetRule], store: any Store, clock: @escaping WallNanoseconds) {
        self.init(rules: rules, store: store, clock: clock, capacity: Self.capacity)
    }

    init(rules: [BudgetRule], store: any Store, clock: @escaping WallNanoseconds, capacity: Int) {
        meters = BudgetMeter.meters(of: rules)
        hasRules = !meters.isEmpty
        self.store = BudgetStore(store: store, meters: meters)
        self.clock = clock
        counts = Mutex(BudgetCounts(since: clock(), capacity: capacity))
    }

    /// What `admitNow` says when it does not refuse.
    package enum Answer: Sendable {
        /// Go on, and settle the reservation. Nil: no rule holds for the account.
        case admitted(Reservation?)
        /// The store must be asked first: call `admit`.
        case needsStore
    }

    /// Lets a request through, or says why not, as far as memory knows. It never waits, and allocates nothing when no
    /// rule holds for the account.
    package func admitNow(_ account: Account, estimate: Spending) throws(BudgetRefusal) -> Answer {
        switch try decide(account, estimate) {
        case .admitted(let reservation): .admitted(reservation)
        case .missing: .needsStore
        }
    }

    /// Lets a request through, or says why not.
    ///
    /// - Parameter estimate: The most that the request is expected to use. A cost that is not known counts as nothing.
    /// - Returns: What must be settled or released; nil: no rule holds for the account.
    package func admit(_ account: Account, estimate: Spending) async throws(BudgetRefusal) -> Reservation? {
        // A count that was just loaded can be evicted before it is looked at, but hardly again and again.
        for _ in 0..<8 {
            switch try decide(account, estimate) {
            case .admitted(let reservation): return reservation
            case .missing(let subjects): try await load(subjects)
            }
        }
        throw .full
    }

    /// Writes what was settled to the store and forgets windows that are over. The host calls it every second, one
    /// after the other, and when it stops.
    /// - Returns: The first error of the store. What could not be written is kept for the next time.
    package func flush() async -> StoreError? {
        let now = clock()
        let (amounts, dropped) = counts.withLock { ($0.takeUnwritten(), $0.dropOver(now: now)) }
        _ = consume dropped
        return await inGroups(amounts) { [store] item in
            await store.add(item.amount, to: item.subject, now: now)
        } each: { outcome in
            self.counts.withLock {
                $0.written(
                    outcome.subject, amount: outcome.amount, failed: outcome.failed, sums: outcome.sums)
            }
            return outcome.error
        }
    }

    /// How far budgets are used up, as far as memory knows: those of whom nobody asked in their window are not here.
    /// - Parameter limit: At most so many subjects are looked at, and so many rules are told.
    package func standings(limit: Int = 1000) -> [BudgetStanding] {
        let now = clock()
        let current = counts.withLock { $0.current(now: now, limit: limit) }
        let standings = current.flatMap { subject, count in
            let meter = meters[subject.meter]
            return (meter.named[subject.id] ?? meter.general).map { rule in
                BudgetStanding(
                    rule: rule, id: rule.scope == .all ? nil : subject.id, window: subject.window, used: count.used,
                    reserved: count.reserved)
            }
        }
        return Array(standings.sorted { $0.share > $1.share }.prefix(limit))
    }

    func settle(_ subjects: [BudgetSubject], reserved: Spending, used: Spending) {
        counts.withLock { counts in
            for subject in subjects { counts.settle(subject, reserved: reserved, used: used) }
        }
    }

    /// For tests.
    var subjectCount: Int { counts.withLock(\.count) }

    private enum Decision {
        case admitted(Reservation?)
        case missing([BudgetSubject])
    }

    private func decide(_ account: Account, _ estimate: Spending) throws(BudgetRefusal) -> Decision {
        guard hasRules else { return .admitted(nil) }
        let now = clock()
        var wanted: [LimitedSubject] = []
        for (index, meter) in meters.enumerated() {
            guard let (id, rules) = meter.limits(on: account) else { continue }
            let subject = BudgetSubject(meter: index, window: meter.period.window(at: now), id: id)
            wanted.append(LimitedSubject(subject: subject, rules: rules))
        }
        guard !wanted.isEmpty else { return .admitted(nil) }
        switch counts.withLock({ $0.admit(wanted, estimate: estimate, now: now) }) {
        case .admitted: return .admitted(Reservation(self, wanted.map(\.subject), estimate: estimate))
        case .missing(let subjects): return .missing(subjects)
        case .refused(let refusal): throw refusal
        case .full: throw .full
        }
    }

    private func load(_ subjects: [BudgetSubject]) async throws(BudgetRefusal) {
        for subject in subjects {
            let stored: Spending
            do throws(StoreError) {
                stored = try await store.read(subject)
            } catch {
                throw .unreadable(error)
            }
            guard counts.withLock({ $0.load(subject, stored: stored) }) else { throw .full }
        }
    }
}
