/// What is known of one subject's use. Whatever happens, an amount is in exactly one of the parts.
struct BudgetCount: Sendable {
    /// The store's sum, as it last told. Of several hosts on one store, everybody's.
    var stored: Spending
    /// Settled, and not in the store yet.
    var unwritten = Spending.zero
    /// On its way to the store.
    var writing = Spending.zero
    /// Held for requests that run.
    var reserved = Spending.zero
    var reservations = 0
    /// Used since the last look for something to evict.
    var wasUsed = true

    init(stored: Spending) { self.stored = stored }

    var used: Spending { stored + writing + unwritten }
    /// It says something that the store does not.
    var isBusy: Bool { reservations > 0 || unwritten != .zero || writing != .zero }

    /// The first of the rules that the request would break, and in what.
    func refusal(of rules: [BudgetRule], estimate: Spending, subject: BudgetSubject, now: Int64) -> BudgetRefusal? {
        let committed = used + reserved
        for rule in rules {
            if let limit = rule.tokens {
                let sum = committed.tokens.saturatingAdd(estimate.tokens)
                if sum > limit || committed.tokens >= limit {
                    return .exceeded(
                        rule, subject, isTooLarge: estimate.tokens > limit, now: now,
                        allowed: "\(limit) tokens", used: "\(used.tokens)", reserved: "\(reserved.tokens)",
                        wanted: "\(estimate.tokens)")
                }
            }
            if let limit = rule.cost, committed.cost + estimate.cost > limit || committed.cost >= limit {
                return .exceeded(
                    rule, subject, isTooLarge: estimate.cost > limit, now: now, allowed: "\(limit) US dollars",
                    used: "\(used.cost)", reserved: "\(reserved.cost)", wanted: "\(estimate.cost)")
            }
        }
        return nil
    }
}
