import Accounting
import JackfieldVocabulary
import Testing

@testable import Orchestration

@Suite("What the turns of a tool loop cost together")
struct ToolLoopSpendingTests {
    private let usage = LLM.Usage(promptTokens: 1_000_000, completionTokens: 500_000, cachedTokens: 10)

    @Test("adds up tokens and dollars")
    func adds() {
        let price = Price(input: Money(dollars: 2), output: Money(dollars: 4))
        var spending = ToolLoopSpending()
        spending.add(usage, price: price, isKept: false)
        spending.add(usage, price: price, isKept: false)
        #expect(spending.cost == Money(dollars: 8))
        #expect(spending.usage.promptTokens == 2_000_000 && spending.usage.totalTokens == 3_000_000)
        #expect(spending.usage.cachedTokens == 20 && !spending.usage.isEstimated && !spending.hasUnpriced)
    }

    @Test("counts nothing where there is no price, and says so; an answer out of the cache is free")
    func unpriced() {
        var spending = ToolLoopSpending()
        spending.add(usage, price: nil, isKept: true)
        #expect(!spending.hasUnpriced)
        spending.add(LLM.Usage(promptTokens: 1, isEstimated: true), price: nil, isKept: false)
        #expect(spending.hasUnpriced && spending.cost == .zero && spending.usage.isEstimated)
    }
}
