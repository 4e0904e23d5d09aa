package import JackfieldVocabulary

/// What budgets count: an amount of tokens, and of known cost.
package struct Spending: Sendable, Hashable {
    /// Of prompts and completions together.
    package var tokens: Int64
    package var cost: Money

    package init(tokens: Int64 = 0, cost: Money = .zero) {
        self.tokens = tokens
        self.cost = cost
    }

    /// - Parameter cost: Nil: not known. It counts as nothing, the tokens still count.
    package init(_ usage: LLM.Usage, cost: Money?) {
        // Some upstreams leave reasoning out of the total, some leave the total out.
        let (parts, overflow) = usage.promptTokens.addingReportingOverflow(usage.completionTokens)
        self.init(
            tokens: Int64(clamping: max(usage.totalTokens, overflow ? .max : parts)), cost: max(cost ?? .zero, .zero))
    }

    package static let zero = Spending()

    package static func + (left: Spending, right: Spending) -> Spending {
        Spending(tokens: left.tokens.saturatingAdd(right.tokens), cost: left.cost + right.cost)
    }

    /// Neither part goes below zero.
    package static func - (left: Spending, right: Spending) -> Spending {
        Spending(
            tokens: max(left.tokens - right.tokens, 0),
            cost: max(Money(nanoDollars: left.cost.nanoDollars - right.cost.nanoDollars), .zero))
    }
}
