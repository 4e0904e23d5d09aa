import JackfieldVocabulary
import Storage
import Synchronization
import Synchronization
import Testing

@testable import Accounting

@Suite struct UsageLedgerTests {
    private let clock = TestClock()

    private func ledger(_ store: any Store, subjectsPerDay: Int = 100, pendingCapacity: Int = 1000) -> UsageLedger {
        UsageLedger(
            store: store, clock: clock.wall, subjectsPerDay: subjectsPerDay, pendingCapacity: pendingCapacity)
    }

    @Test func `adds up by every dimension, flushed or not`() async throws {
        let ledger = ledger(InMemoryStore(clock: clock.store))
        let a = Account(
            key: "k1", user: "ann", agent: "weather", session: "s1", model: "fast", upstream: "openai/gpt-4o")
        let one = LLM.Usage(
            promptTokens: 100, completionTokens: 20, cachedTokens: 40, cacheWriteTokens: 30, reasoningTokens: 5)
        ledger.record(a, usage: one, cost: Money("0.002"))
        #expect(await ledger.flush() == nil)
        ledger.record(a, usage: one, cost: Money("0.003"))
        ledger.record(Account(model: "slow"), usage: LLM.Usage(promptTokens: 1, isEstimated: true), cost: nil)
        for dimension in UsageDimension.allCases where dimension != .all && dimension != .model {
            let report = try await ledger.totals(by: dimension, days: ledger.today...ledger.today, limit: 10)
            #expect(report.lines.count == 1, "\(dimension)")
            #expect(report.lines.first?.totals.requests == 2)
        }
        let models = try await ledger.totals(by: .model, days: ledger.today...ledger.today, limit: 10)
        #expect(models.lines.map(\.subject) == ["fast", "slow"])
        let fast = models.lines[0].totals
        #expect((fast.promptTokens, fast.completionTokens, fast.cachedTokens) == (200, 40, 80))
        #expect((fast.cacheWriteTokens, fast.reasoningTokens, fast.cost) == (60, 10, Money("0.005")))
        let slow = models.lines[1].totals
        #expect((slow.requestsOfUnknownCost, slow.estimatedRequests, slow.cost) == (1, 1, .zero))
        #expect(models.sum.requests == 3 && models.sum.cost == Money("0.005"))
    }

    @Test func `the dearest come first, and the sum is of all`() async throws {
        let ledger = ledger(InMemoryStore(clock: clock.store))
        for number in 0..<20 {
            ledger.record(Account(user: "u\(number)"), usage: usage(1), cost: Money(nanoDollars: Int64(number)))
        }
        let report = try await ledger.totals(by: .user, days: ledger.today...ledger.today, limit: 3)
        #expect(report.lines.map(\.subject) == ["u19", "u18", "u17"])
        #expect(report.sum.requests == 20 && report.subjects == 20 && !report.isPartial)
    }

    @Test func `days are apart, and those without requests are told`() async throws {
        let ledger = ledger(InMemoryStore(clock: clock.store))
        let first = ledger.today
        ledger.record(Account(user: "u"), usage: usage(1), cost: nil)
        clock.advance(.seconds(2 * 86_400))
        ledger.record(Account(user: "u"), usage: usage(10), cost: nil)
        #expect(await ledger.flush() == nil)
        let daily = try await ledger.daily(days: first...ledger.today)
        #expect(daily.map(\.totals.promptTokens) == [1, 0, 10])
        let both = try await ledger.totals(by: .user, days: first...ledger.today, limit: 1)
        #expect(both.lines.first?.totals.promptTokens == 11)
        #expect(try await ledger.totals(by: .user, days: first...first, limit: 1).sum.promptTokens == 1)
    }

    @Test func `goes on after a restart, with a file`() async throws {
        let folder = try TemporaryFolder()
        for _ in 0..<3 {
            let store = try SQLiteStore(path: folder.path + "/store.db", clock: clock.store)
            let ledger = ledger(store)
            ledger.record(Account(key: "k"), usage: usage(7), cost: Money("0.5"))
            #expect(await ledger.flush() == nil)
            await store.close()
        }
        let store = try SQLiteStore(path: folder.path + "/store.db", clock: clock.store)
        let report = try await ledger(store).totals(
            by: .key, days: CalendarDay(containing: clock.wall())...CalendarDay(containing: clock.wall()), limit: 1)
        #expect(report.lines.first?.totals.cost == Money("1.5"))
        #expect(report.lines.first?.totals.requests == 3)
        await store.close()
    }

    @Test func `subjects beyond the limit of a day are counted as other, also after a restart`() async throws {
        let store = InMemoryStore(clock: clock.store)
        for round in 0..<2 {
            let ledger = ledger(store, subjectsPerDay: 5)
            for number in 0..<10 {
                ledger.record(Account(user: "r\(round)u\(number)"), usage: usage(1), cost: nil)
                #expect(await ledger.flush() == nil)
            }
        }
        let today = ledger(store).today
        let report = try await ledger(store).totals(by: .user, days: today...today, limit: 100)
        #expect(report.subjects == 6)
        #expect(report.sum.requests == 20)
        #expect(report.lines.first { $0.subject == "other" }?.totals.requests == 15)
    }

    @Test func `memory is bounded while the store takes nothing, and nothing is lost`() async throws {
        let store = FaultyStore(clock: clock.store)
        let ledger = ledger(store, pendingCapacity: 20)
        store.fail(writes: true)
        for number in 0..<100 {
            ledger.record(Account(user: "u\(number)"), usage: usage(1), cost: nil)
            if number % 10 == 0 { #expect(await ledger.flush()?.code == .failed) }
        }
        // One "other" for each dimension beside the capacity.
        #expect(ledger.state.withLock(\.pending.totals.count) <= 20 + UsageDimension.allCases.count)
        store.fail()
        #expect(await ledger.flush() == nil)
        let report = try await ledger.totals(by: .user, days: ledger.today...ledger.today, limit: 1)
        #expect(report.sum.requests == 100)
        #expect(try await ledger.daily(days: ledger.today...ledger.today).first?.totals.requests == 100)
    }

    @Test func `a store that cannot be read loses nothing either`() async throws {
        let store = FaultyStore(clock: clock.store)
        let ledger = ledger(store)
        ledger.record(Account(user: "u"), usage: usage(1), cost: nil)
        store.fail(reads: true)
        #expect(await ledger.flush()?.code == .failed)
        store.fail()
        #expect(await ledger.flush() == nil)
        #expect(try await ledger.totals(by: .user, days: ledger.today...ledger.today, limit: 1).sum.requests == 1)
    }

    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func `what threads record at once is what reports tell`(seed: UInt64) async throws {
        let ledger = ledger(InMemoryStore(clock: clock.store))
        var expected: [String: Int64] = [:]
        var random = SeededGenerator(seed: seed)
        let work = (0..<400).map { _ in
            ("u\(Int.random(in: 0..<20, using: &random))", Int64.random(in: 0...1000, using: &random))
        }
        for (user, amount) in work { expected[user, default: 0] += amount }
        await withTaskGroup(of: Void.self) { group in
            for (index, item) in work.enumerated() {
                group.addTask {
                    ledger.record(Account(user: item.0), usage: usage(item.1), cost: nil)
                    if index % 37 == 0 { _ = await ledger.flush() }
                }
            }
        }
        #expect(await ledger.flush() == nil)
        let report = try await ledger.totals(by: .user, days: ledger.today...ledger.today, limit: 100)
        #expect(Dictionary(uniqueKeysWithValues: report.lines.map { ($0.subject, $0.totals.promptTokens) }) == expected)
        #expect(report.sum.requests == 400)
    }

    @Test func `records are gone after 400 days`() async throws {
        let store = InMemoryStore(clock: clock.store)
        let ledger = ledger(store)
        ledger.record(Account(user: "u"), usage: usage(1), cost: nil)
        #expect(await ledger.flush() == nil)
        clock.advance(.seconds(400 * 86_400))
        #expect(try await store.sweep() == 2)
    }

    @Test func `names that the store cannot take are kept under others, apart`() async throws {
        let ledger = ledger(InMemoryStore(clock: clock.store))
        let long = String(repeating: "x", count: 600)
        for name in ["a\nb", long + "1", long + "2"] {
            ledger.record(Account(user: name), usage: usage(1), cost: nil)
        }
        #expect(await ledger.flush() == nil)
        let report = try await ledger.totals(by: .user, days: ledger.today...ledger.today, limit: 10)
        #expect(report.subjects == 3 && report.sum.requests == 3)
    }

    @Test func `a record of a later release is read as far as it is known`() {
        var totals = UsageTotals(usage(5), cost: Money("1"))
        totals += totals
        #expect(UsageTotals(record: totals.record) == totals)
        #expect(UsageTotals(record: totals.record + Array(" 77".utf8)) == totals)
        #expect(UsageTotals(record: Array("2 1 1 1 1 1 1 1 1 1".utf8)) == nil)
        #expect(UsageTotals(record: Array("1 1 x 1 1 1 1 1 1 1".utf8)) == nil)
        #expect(UsageTotals(record: []) == nil)
    }
}
