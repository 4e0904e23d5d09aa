import Accounting
import Storage
import Synchronization
import Testing

@Suite struct BudgetConcurrencyTests {
    /// What the requests of a test hold together. It is raised after a reservation was made and lowered before one is
    /// settled, so it is never above what the budgets count.
    private final class Tally: Sendable {
        private let state = Mutex((now: Int64(0), most: Int64(0), used: Int64(0)))

        func reserve(_ amount: Int64) {
            state.withLock {
                $0.now += amount
                $0.most = max($0.most, $0.now)
            }
        }

        func settle(_ amount: Int64, used: Int64) {
            state.withLock {
                $0.now += used - amount
                $0.used += used
            }
        }

        var most: Int64 { state.withLock(\.most) }
        var used: Int64 { state.withLock(\.used) }
    }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func `requests at once never go over a limit together`(seed: UInt64) async throws {
        let clock = TestClock()
        let limit: Int64 = 10_000
        let store = InMemoryStore(clock: clock.store)
        let budgets = Budgets(
            rules: [
                BudgetRule(scope: .all, period: .day, tokens: limit),
                BudgetRule(scope: .key, period: .day, tokens: 3000),
            ], store: store, clock: clock.wall)
        let all = Tally()
        let keys = (0..<4).map { _ in Tally() }
        await withTaskGroup(of: Void.self) { group in
            for worker in 0..<8 as Range<UInt64> {
                group.addTask {
                    var random = SeededGenerator(seed: seed &* 1000 &+ worker)
                    for _ in 0..<200 {
                        // The first key asks most.
                        let key = min(Int.random(in: 0..<4, using: &random), Int.random(in: 0..<4, using: &random))
                        let estimate = Int64.random(in: 1...300, using: &random)
                        let used = Int64.random(in: 0...estimate, using: &random)
                        let answer = try? await budgets.admit(Account(key: "k\(key)"), estimate: tokens(estimate))
                        guard let reservation = answer ?? nil else { continue }
                        for tally in [all, keys[key]] { tally.reserve(estimate) }
                        await Task.yield()
                        if used % 7 == 0 { _ = await budgets.flush() }
                        for tally in [all, keys[key]] { tally.settle(estimate, used: used) }
                        reservation.settle(usage(used), cost: nil)
                    }
                }
            }
        }
        #expect(all.most <= limit)
        #expect(all.used > limit / 2)
        for key in keys { #expect(key.most <= 3000) }
        // What was settled is what is counted, here and in the store.
        #expect(await budgets.flush() == nil)
        let counted = budgets.standings()
        #expect(counted.first { $0.id == nil }?.used.tokens == all.used)
        #expect(counted.allSatisfy { $0.reserved == .zero })
        let after = Budgets(
            rules: [BudgetRule(scope: .all, period: .day, tokens: limit)], store: store, clock: clock.wall)
        _ = await after.refusal(Account(), tokens(0))
        #expect(after.standings().first?.used.tokens == all.used)
    }

    @Test func `reservations that all run at once fill the limit to the last token`() async throws {
        let clock = TestClock()
        let budgets = Budgets(
            rules: [BudgetRule(scope: .all, period: .day, tokens: 100)], store: InMemoryStore(clock: clock.store),
            clock: clock.wall)
        let admitted = await withTaskGroup(of: Reservation?.self) { group in
            for _ in 0..<500 { group.addTask { (try? await budgets.admit(Account(), estimate: tokens(1))) ?? nil } }
            var admitted: [Reservation] = []
            for await reservation in group { if let reservation { admitted.append(reservation) } }
            return admitted
        }
        #expect(admitted.count == 100)
    }
}
