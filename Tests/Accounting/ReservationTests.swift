import Accounting
import JackfieldVocabulary
import Storage
import Testing

@Suite struct ReservationTests {
    private let clock = TestClock()
    private let account = Account(key: "k")
    private let budgets: Budgets

    init() {
        budgets = Budgets(
            rules: [BudgetRule(scope: .key, period: .minute, tokens: 100)], store: InMemoryStore(clock: clock.store),
            clock: clock.wall)
    }

    private var used: Int64? { budgets.standings().first?.used.tokens }
    private var reserved: Int64? { budgets.standings().first?.reserved.tokens }

    @Test func `settling replaces the estimate by what was used`() async throws {
        let reservation = try #require(try await budgets.admit(account, estimate: tokens(90)))
        #expect((used, reserved) == (0, 90))
        #expect(await budgets.refusal(account, tokens(20))?.code == .exceeded)
        reservation.settle(usage(30), cost: nil)
        #expect((used, reserved) == (30, 0))
        #expect(await budgets.refusal(account, tokens(70)) == nil)
    }

    @Test func `holds with every rule that holds for the account`() async throws {
        let both = Budgets(
            rules: [
                BudgetRule(scope: .all, period: .day, tokens: 1000),
                BudgetRule(scope: .user, period: .month, tokens: 100),
            ], store: InMemoryStore(clock: clock.store), clock: clock.wall)
        let reservation = try await both.admit(Account(user: "u"), estimate: tokens(80))
        #expect(both.standings().map(\.reserved.tokens) == [80, 80])
        #expect(await both.refusal(Account(user: "u"), tokens(30))?.rule?.scope == .user)
        reservation?.release()
        #expect(both.standings().map(\.reserved.tokens) == [0, 0])
    }

    @Test func `only the first ending counts`() async throws {
        let reservation = try #require(try await budgets.admit(account, estimate: tokens(50)))
        reservation.settle(usage(10), cost: nil)
        reservation.settle(usage(20), cost: nil)
        reservation.release()
        #expect((used, reserved) == (10, 0))
    }

    @Test func `releasing gives back all`() async throws {
        try await budgets.admit(account, estimate: tokens(50))?.release()
        #expect((used, reserved) == (0, 0))
    }

    @Test func `one that is forgotten has used the estimate`() async throws {
        var reservation = try await budgets.admit(account, estimate: tokens(50))
        #expect(reservation != nil)
        reservation = nil
        #expect((used, reserved) == (50, 0))
    }

    @Test func `what is used beyond the estimate is charged, and the next one waits for it`() async throws {
        try await budgets.admit(account, estimate: tokens(50))?.settle(usage(500), cost: nil)
        #expect(used == 500)
        #expect(await budgets.refusal(account, tokens(1))?.code == .exceeded)
        clock.advance(.seconds(60))
        #expect(await budgets.refusal(account, tokens(1)) == nil)
    }

    @Test func `a request over the end of its window is charged to where it began`() async throws {
        let reservation = try #require(try await budgets.admit(account, estimate: tokens(50)))
        clock.advance(.seconds(60))
        #expect(await budgets.flush() == nil)
        #expect(await budgets.refusal(account, tokens(10)) == nil)
        reservation.settle(usage(90), cost: nil)
        #expect(used == 10)
        #expect(await budgets.refusal(account, tokens(90)) == nil)
    }

    @Test func `an upstream's total counts if it is more than its parts`() async throws {
        let odd = LLM.Usage(promptTokens: 10, completionTokens: 5, totalTokens: 40)
        try await budgets.admit(account, estimate: tokens(50))?.settle(odd, cost: nil)
        #expect(used == 40)
    }
}
