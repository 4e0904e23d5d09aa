import Accounting
import JackfieldVocabulary
import Testing

@Suite struct PriceTests {
    private let price = Price(
        input: Money(dollars: 3), output: Money(dollars: 15), cachedInput: Money(dollars: 0.30),
        cacheWrite: Money(dollars: 3.75))

    @Test func `takes cached and written tokens out of the prompt`() {
        let usage = LLM.Usage(promptTokens: 1000, completionTokens: 100, cachedTokens: 600, cacheWriteTokens: 300)
        // 100 at 3, 600 at 0.30, 300 at 3.75 and 100 at 15 dollars for a million.
        #expect(price.cost(of: usage) == Money("0.003105"))
    }

    @Test func `without a price for the cache counts all of the prompt alike`() {
        let plain = Price(input: Money(dollars: 3), output: .zero)
        let usage = LLM.Usage(promptTokens: 1000, cachedTokens: 600, cacheWriteTokens: 300)
        #expect(plain.cost(of: usage) == Money("0.003"))
    }

    @Test func `is rounded up to a nano-dollar`() {
        let tiny = Price(input: Money(nanoDollars: 1), output: .zero)
        #expect(tiny.cost(of: LLM.Usage(promptTokens: 1)) == Money(nanoDollars: 1))
        #expect(tiny.cost(of: LLM.Usage(promptTokens: 1_000_001)) == Money(nanoDollars: 2))
        #expect(tiny.cost(of: LLM.Usage()) == .zero)
    }

    @Test func `believes an upstream only as far as its prompt goes`() {
        let usage = LLM.Usage(promptTokens: 100, cachedTokens: 500, cacheWriteTokens: 500)
        #expect(price.cost(of: usage) == Money("0.00003"))
    }

    @Test func `adds the price of a request`() {
        var fee = Price.free
        fee.perRequest = Money("0.005")
        #expect(fee.cost(of: LLM.Usage(promptTokens: 10)) == Money("0.005"))
    }

    @Test func `of a long prompt holds for every token of the request`() {
        var long = Price(input: Money(dollars: 1), output: Money(dollars: 10), cachedInput: Money(dollars: 0.1))
        long.longPrompt = Price.LongPrompt(above: 1000, inputPercent: 200, outputPercent: 150)
        let short = LLM.Usage(promptTokens: 1000, completionTokens: 100, cachedTokens: 500)
        #expect(long.cost(of: short) == Money("0.00155"))
        let over = LLM.Usage(promptTokens: 1001, completionTokens: 100, cachedTokens: 500)
        #expect(long.cost(of: over) == Money("0.002602"))
    }

    @Test func `of absurd counts saturates`() {
        let usage = LLM.Usage(promptTokens: .max, completionTokens: .max)
        let dear = Price(input: Money(nanoDollars: .max), output: Money(nanoDollars: .max))
        #expect(dear.cost(of: usage) == Money(nanoDollars: .max))
    }
}
