package import JackfieldVocabulary

/// What a model costs. Each of the token prices is in US dollars for a million tokens.
package struct Price: Sendable, Hashable {
    /// What a long prompt makes dearer: every token of that request, also those of the answer.
    package struct LongPrompt: Sendable, Hashable {
        /// Prompts of more tokens than this, cached ones included, are long.
        package var above: UInt64
        /// Of the usual prices of prompt tokens, cached and written ones included.
        package var inputPercent: UInt64
        package var outputPercent: UInt64

        package init(above: UInt64, inputPercent: UInt64, outputPercent: UInt64) {
            self.above = above
            self.inputPercent = inputPercent
            self.outputPercent = outputPercent
        }
    }

    package var input: Money
    package var output: Money
    /// For prompt tokens read from the upstream's cache. Nil: they cost as much as others.
    package var cachedInput: Money?
    /// For prompt tokens written to it. Nil: they cost as much as others.
    package var cacheWrite: Money?
    /// For each request, whatever its size.
    package var perRequest: Money?
    package var longPrompt: LongPrompt?

    package init(
        input: Money, output: Money, cachedInput: Money? = nil, cacheWrite: Money? = nil, perRequest: Money? = nil,
        longPrompt: LongPrompt? = nil
    ) {
        self.input = input
        self.output = output
        self.cachedInput = cachedInput
        self.cacheWrite = cacheWrite
        self.perRequest = perRequest
        self.longPrompt = longPrompt
    }

    /// A model on hardware of one's own, or no model at all.
    package static let free = Price(input: .zero, output: .zero)

    /// The cost of one request, rounded up to a nano-dollar. Cached and written tokens are part of the prompt's; an
    /// upstream that reports more of them than of the prompt is believed only up to the prompt. Reasoning tokens are
    /// part of the completion's.
    package func cost(of usage: LLM.Usage) -> Money {
        let cached = min(usage.cachedTokens, usage.promptTokens)
        let written = min(usage.cacheWriteTokens, usage.promptTokens - cached)
        let rest = usage.promptTokens - cached - written
        let long = longPrompt.flatMap { usage.promptTokens > $0.above ? $0 : nil }
        // 128 bits: the product of a count and a price can leave 64. Nano-dollars for a million tokens, in percent.
        var prompt = Self.product(rest, input)
        prompt += Self.product(cached, cachedInput ?? input)
        prompt += Self.product(written, cacheWrite ?? input)
        let answer = Self.product(usage.completionTokens, output)
        let (dearPrompt, tooMuch) = prompt.multipliedReportingOverflow(by: UInt128(long?.inputPercent ?? 100))
        let (dearAnswer, far) = answer.multipliedReportingOverflow(by: UInt128(long?.outputPercent ?? 100))
        let (sum, tooFar) = dearPrompt.addingReportingOverflow(dearAnswer)
        guard !tooMuch, !far, !tooFar else { return Money(nanoDollars: .max) }
        let tokens = sum / 100_000_000 + (sum % 100_000_000 == 0 ? 0 : 1)
        return Money(nanoDollars: Int64(clamping: tokens)) + (perRequest ?? .zero)
    }

    /// All prices of tokens, this many percent of what they are.
    func scaled(percent: Int64) -> Price {
        func scale(_ money: Money) -> Money { Money(nanoDollars: money.nanoDollars * percent / 100) }
        var price = self
        price.input = scale(input)
        price.output = scale(output)
        price.cachedInput = cachedInput.map(scale)
        price.cacheWrite = cacheWrite.map(scale)
        return price
    }

    private static func product(_ tokens: UInt64, _ price: Money) -> UInt128 {
        UInt128(tokens) * UInt128(max(price.nanoDollars, 0))
    }
}
