/// How far one budget is used up.
package struct BudgetStanding: Sendable, Hashable {
    package let rule: BudgetRule
    /// Whose it is. Nil: everybody's.
    package let id: String?
    package let window: BudgetWindow
    package let used: Spending
    /// Held for requests that run.
    package let reserved: Spending

    /// The used part of the limit that is closest to its end; 1 is all of it. It can be more: a request may use more
    /// than was estimated.
    package var share: Double {
        let tokens = rule.tokens.map { Self.share(used.tokens, $0) } ?? 0
        return max(tokens, rule.cost.map { Self.share(used.cost.nanoDollars, $0.nanoDollars) } ?? 0)
    }

    private static func share(_ used: Int64, _ limit: Int64) -> Double {
        limit <= 0 ? 1 : Double(used) / Double(limit)
    }
}
