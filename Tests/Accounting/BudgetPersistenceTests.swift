import Storage
import Synchronization
import Synchronization
import Testing

@testable import Accounting

@Suite struct BudgetPersistenceTests {
    enum Engine: CaseIterable { case inMemory, sqlite }

    private let clock = TestClock()
    private let rules = [
        BudgetRule(scope: .key, period: .day, tokens: 1000, cost: Money(dollars: 1)),
        BudgetRule(scope: .all, period: .minute, tokens: 500),
    ]

    @Test(arguments: Engine.allCases)
    func `what was used survives a restart`(engine: Engine) async throws {
        let folder = try TemporaryFolder()
        var store: any Store = try open(engine, folder)
        let first = Budgets(rules: rules, store: store, clock: clock.wall)
        try await first.admit(Account(key: "k"), estimate: tokens(10))?.settle(usage(400), cost: Money(dollars: 0.25))
        #expect(await first.flush() == nil)
        if engine == .sqlite {
            await store.close()
            store = try open(engine, folder)
        }
        let second = Budgets(rules: rules, store: store, clock: clock.wall)
        #expect(await second.refusal(Account(key: "k"), tokens(101))?.rule?.scope == .all)
        clock.advance(.seconds(60))
        #expect(await second.refusal(Account(key: "k"), tokens(500)) == nil)
        clock.advance(.seconds(60))
        #expect(await second.refusal(Account(key: "k"), tokens(101))?.rule?.scope == .key)
        #expect(second.standings().first { $0.id == "k" }?.used.cost == Money(dollars: 0.25))
        clock.advance(.seconds(86_400))
        #expect(await second.refusal(Account(key: "k"), tokens(400)) == nil)
        await store.close()
    }

    private func open(_ engine: Engine, _ folder: borrowing TemporaryFolder) throws -> any Store {
        switch engine {
        case .inMemory: InMemoryStore(clock: clock.store)
        case .sqlite: try SQLiteStore(path: folder.path + "/store.db", clock: clock.store)
        }
    }

    @Test func `the store forgets counters some time after their window`() async throws {
        let store = InMemoryStore(clock: clock.store)
        let budgets = Budgets(rules: rules, store: store, clock: clock.wall)
        _ = await budgets.refusal(Account(key: "k"), tokens(10))
        #expect(await budgets.flush() == nil)
        clock.advance(.seconds(60 + 3600))
        #expect(try await store.sweep() == 1)
        clock.advance(.seconds(86_400))
        #expect(try await store.sweep() == 1)
    }

    @Test func `windows that are over leave memory`() async {
        let budgets = Budgets(rules: rules, store: InMemoryStore(clock: clock.store), clock: clock.wall)
        for key in 0..<50 { _ = await budgets.refusal(Account(key: "k\(key)"), tokens(1)) }
        #expect(budgets.subjectCount == 51)
        clock.advance(.seconds(86_400))
        _ = await budgets.flush()
        _ = await budgets.flush()
        #expect(budgets.subjectCount == 0)
    }

    @Test func `what is settled after the end of its window still reaches the store`() async throws {
        let store = InMemoryStore(clock: clock.store)
        let budgets = Budgets(rules: [rules[1]], store: store, clock: clock.wall)
        let reservation = try await budgets.admit(Account(), estimate: tokens(10))
        clock.advance(.seconds(600))
        #expect(await budgets.flush() == nil)
        reservation?.settle(usage(5), cost: nil)
        #expect(await budgets.flush() == nil)
        #expect(budgets.subjectCount == 1)
        clock.advance(.seconds(3600))
        #expect(try await store.sweep() == 1)
        #expect(await budgets.flush() == nil)
        #expect(budgets.subjectCount == 0)
    }

    @Test func `memory is bounded, and what was evicted is still counted`() async {
        let store = InMemoryStore(clock: clock.store)
        let rule = BudgetRule(scope: .key, period: .day, tokens: 100)
        let budgets = Budgets(rules: [rule], store: store, clock: clock.wall, capacity: 10)
        // A window that began while the host runs is not read from the store, but for what was evicted.
        clock.advance(.seconds(86_400))
        for round in 0..<3 {
            for key in 0..<100 {
                #expect(await budgets.refusal(Account(key: "k\(key)"), tokens(30)) == nil, "round \(round)")
                #expect(await budgets.flush() == nil)
                #expect(budgets.subjectCount <= 10)
            }
        }
        for key in 0..<100 { #expect(await budgets.refusal(Account(key: "k\(key)"), tokens(11))?.code == .exceeded) }
    }

    @Test func `more busy subjects than twice the capacity are refused, not forgotten`() async throws {
        let rule = BudgetRule(scope: .key, period: .day, tokens: 100)
        let budgets = Budgets(
            rules: [rule], store: InMemoryStore(clock: clock.store), clock: clock.wall, capacity: 10)
        var held: [Reservation] = []
        for key in 0..<20 {
            held.append(try #require(try await budgets.admit(Account(key: "k\(key)"), estimate: tokens(60))))
        }
        #expect(await budgets.refusal(Account(key: "new"), tokens(1))?.code == .unknown)
        #expect(await budgets.refusal(Account(key: "k0"), tokens(60))?.code == .exceeded)
        for reservation in held { reservation.release() }
        #expect(await budgets.refusal(Account(key: "new"), tokens(1)) == nil)
    }

    @Test func `while the store cannot be read nothing is spent`() async {
        let store = FaultyStore(clock: clock.store)
        let budgets = Budgets(rules: rules, store: store, clock: clock.wall)
        store.fail(reads: true)
        let refusal = await budgets.refusal(Account(key: "k"), tokens(1))
        #expect(refusal?.code == .unknown)
        #expect(refusal?.message.contains("the disk is gone") == true)
        store.fail()
        #expect(await budgets.refusal(Account(key: "k"), tokens(1)) == nil)
    }

    @Test func `what the store did not take is written later, once`() async throws {
        let store = FaultyStore(clock: clock.store)
        let budgets = Budgets(rules: rules, store: store, clock: clock.wall)
        store.fail(writes: true)
        _ = await budgets.refusal(Account(key: "k"), Spending(tokens: 300, cost: Money(dollars: 0.5)))
        #expect(await budgets.flush()?.code == .failed)
        #expect(await budgets.refusal(Account(key: "k"), tokens(201))?.code == .exceeded)
        store.fail()
        #expect(await budgets.flush() == nil)
        #expect(await budgets.flush() == nil)
        let after = Budgets(rules: rules, store: store, clock: clock.wall)
        _ = await after.refusal(Account(key: "k"), tokens(0))
        #expect(after.standings().first { $0.id == "k" }?.used == Spending(tokens: 300, cost: Money(dollars: 0.5)))
    }

    @Test func `hosts that share a store learn of each other with a flush`() async {
        let store = InMemoryStore(clock: clock.store)
        let one = Budgets(rules: rules, store: store, clock: clock.wall)
        let two = Budgets(rules: rules, store: store, clock: clock.wall)
        for budgets in [one, two] { _ = await budgets.refusal(Account(key: "k"), tokens(100)) }
        for budgets in [one, two, one, two] {
            _ = await budgets.refusal(Account(key: "k"), tokens(10))
            #expect(await budgets.flush() == nil)
        }
        #expect(two.standings().first { $0.id == "k" }?.used.tokens == 240)
    }

    @Test func `a window that begins while the host runs needs no reading`() async throws {
        let store = FaultyStore(clock: clock.store)
        let budgets = Budgets(rules: [rules[1]], store: store, clock: clock.wall)
        guard case .needsStore = try budgets.admitNow(Account(), estimate: tokens(1)) else {
            Issue.record("the first window may be known to the store")
            return
        }
        clock.advance(.seconds(60))
        guard case .admitted(.some) = try budgets.admitNow(Account(), estimate: tokens(1)) else {
            Issue.record("nobody can have used anything of the next")
            return
        }
        #expect(store.readCount.withLock { $0 } == 0)
    }

    @Test func `counts go on when a limit changes`() async {
        let store = InMemoryStore(clock: clock.store)
        let before = Budgets(
            rules: [BudgetRule(scope: .key, period: .day, tokens: 100)], store: store, clock: clock.wall)
        _ = await before.refusal(Account(key: "k"), tokens(100))
        #expect(await before.flush() == nil)
        let after = Budgets(
            rules: [BudgetRule(scope: .key, id: "k", period: .day, tokens: 150)], store: store, clock: clock.wall)
        #expect(await after.refusal(Account(key: "k"), tokens(51))?.code == .exceeded)
        #expect(await after.refusal(Account(key: "k"), tokens(50)) == nil)
    }
}
