import Accounting
import JackfieldVocabulary
import Storage
import Testing

@Suite struct BudgetRuleTests {
    private let clock = TestClock()

    private func budgets(_ rules: BudgetRule...) -> Budgets {
        Budgets(rules: rules, store: InMemoryStore(clock: clock.store), clock: clock.wall)
    }

    @Test func `without rules there is nothing to reserve`() async throws {
        let none = budgets()
        #expect(!none.hasRules)
        #expect(try await none.admit(Account(key: "a"), estimate: tokens(.max)) == nil)
    }

    @Test func `a rule for each key does not hold for who has none`() async throws {
        let budgets = budgets(BudgetRule(scope: .key, period: .day, tokens: 1))
        #expect(try await budgets.admit(Account(user: "u"), estimate: tokens(100)) == nil)
    }

    @Test func `each one has the limit for himself`() async {
        let budgets = budgets(BudgetRule(scope: .user, period: .day, tokens: 100))
        #expect(await budgets.refusal(Account(user: "a"), tokens(100)) == nil)
        #expect(await budgets.refusal(Account(user: "b"), tokens(100)) == nil)
        #expect(await budgets.refusal(Account(user: "a"), tokens(1))?.code == .exceeded)
    }

    @Test func `everybody shares a limit on all`() async {
        let budgets = budgets(BudgetRule(scope: .all, period: .day, tokens: 100))
        #expect(await budgets.refusal(Account(user: "a"), tokens(60)) == nil)
        #expect(await budgets.refusal(Account(user: "b"), tokens(60))?.code == .exceeded)
        #expect(await budgets.refusal(Account(), tokens(40)) == nil)
    }

    @Test func `a rule that names an id stands in place of the one for each`() async {
        let budgets = budgets(
            BudgetRule(scope: .key, period: .day, tokens: 10),
            BudgetRule(scope: .key, id: "big", period: .day, tokens: 1000))
        #expect(await budgets.refusal(Account(key: "big"), tokens(900)) == nil)
        #expect(await budgets.refusal(Account(key: "small"), tokens(900))?.code == .tooLarge)
    }

    @Test func `only the models named are counted`() async {
        let budgets = budgets(
            BudgetRule(scope: .all, period: .day, tokens: 10, models: [ModelPattern("gpt-*"), ModelPattern("a/big")]))
        #expect(await budgets.refusal(Account(model: "small"), tokens(1000)) == nil)
        #expect(await budgets.refusal(Account(model: "gpt-4o"), tokens(10)) == nil)
        #expect(await budgets.refusal(Account(model: "fast", upstream: "a/big"), tokens(1))?.code == .exceeded)
    }

    @Test func `cost is limited as tokens are`() async {
        let budgets = budgets(BudgetRule(scope: .all, period: .month, cost: Money("0.01")))
        #expect(await budgets.refusal(Account(), Spending(tokens: 5, cost: Money("0.006")!)) == nil)
        let refusal = await budgets.refusal(Account(), Spending(tokens: 5, cost: Money("0.005")!))
        #expect(refusal?.code == .exceeded)
        #expect(refusal?.rule?.cost == Money("0.01"))
    }

    @Test func `a limit that is reached lets nothing more through, not even what costs nothing`() async {
        let budgets = budgets(BudgetRule(scope: .all, period: .day, tokens: 100))
        #expect(await budgets.refusal(Account(), tokens(100)) == nil)
        #expect(await budgets.refusal(Account(), tokens(0))?.code == .exceeded)
    }

    @Test func `the refusal names the rule, what is used and when the window ends`() async {
        let budgets = budgets(BudgetRule(scope: .key, period: .day, tokens: 100, name: "team"))
        _ = await budgets.refusal(Account(key: "k1"), tokens(70))
        let refusal = await budgets.refusal(Account(key: "k1"), tokens(40))
        #expect(
            refusal?.message
                == "the budget \"team\" of key \"k1\" is 100 tokens in a day: 70 are used, 0 are held for requests "
                + "that run, and this one may need 40; the next window begins at 2026-11-22T00:00:00Z")
        #expect(refusal?.retryAfter == 43_200_000_000_000)
        #expect(refusal?.rule?.name == "team")
    }

    @Test func `a request larger than a whole budget is told that waiting does not help`() async {
        let budgets = budgets(BudgetRule(scope: .key, period: .day, tokens: 100))
        let refusal = await budgets.refusal(Account(key: "k1"), tokens(101))
        #expect(refusal?.code == .tooLarge)
        #expect(refusal?.retryAfter == nil)
    }

    @Test func `a refusal by one rule reserves nothing with the others`() async throws {
        let budgets = budgets(
            BudgetRule(scope: .all, period: .day, tokens: 100),
            BudgetRule(scope: .key, id: "k", period: .day, tokens: 10))
        for _ in 0..<50 { #expect(await budgets.refusal(Account(key: "k"), tokens(11)) != nil) }
        let rest = try await budgets.admit(Account(key: "other"), estimate: tokens(100))
        #expect(rest != nil)
    }

    @Test func `names from outside do not get into the sentence unless they are printable and short`() async throws {
        let budgets = budgets(BudgetRule(scope: .user, period: .day, tokens: 1))
        let name = "evil\n\u{1B}[2J" + String(repeating: "x", count: 1000)
        let message = try #require(await budgets.refusal(Account(user: name), tokens(2))?.message)
        #expect(!message.contains("\n") && !message.contains("\u{1B}"))
        #expect(message.utf8.count < 400)
    }

    @Test func `standings tell how far budgets are used up`() async throws {
        let budgets = budgets(BudgetRule(scope: .user, period: .day, tokens: 100))
        _ = await budgets.refusal(Account(user: "a"), tokens(20))
        let held = try await budgets.admit(Account(user: "b"), estimate: tokens(30))
        _ = await budgets.refusal(Account(user: "b"), tokens(50))
        let standings = budgets.standings()
        #expect(standings.map(\.id) == ["b", "a"])
        #expect(standings.first?.used == tokens(50) && standings.first?.reserved == tokens(30))
        #expect(standings.first?.share == 0.5)
        held?.release()
    }
}
