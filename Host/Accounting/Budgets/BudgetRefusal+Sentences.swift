import Storage

extension BudgetRefusal {
    static func exceeded(
        _ rule: BudgetRule, _ subject: BudgetSubject, isTooLarge: Bool, now: Int64, allowed: String, used: String,
        reserved: String, wanted: String
    ) -> BudgetRefusal {
        let whose = StoreText.name(subject.id)
        let holder = rule.scope == .all ? "of all requests" : "of \(rule.scope.rawValue) \"\(whose)\""
        let models = rule.models.map { " for \($0.map(\.description).joined(separator: ", "))" } ?? ""
        let name = rule.name.map { "\"\($0)\" " } ?? ""
        let budget = "the budget \(name)\(holder)\(models) is \(allowed) in a \(rule.period.rawValue)"
        if isTooLarge {
            return BudgetRefusal(
                code: .tooLarge, message: "\(budget), and this request alone may need \(wanted): make it smaller",
                rule: rule, retryAfter: nil)
        }
        let message =
            "\(budget): \(used) are used, \(reserved) are held for requests that run, and this one may need \(wanted); "
            + "the next window begins at \(timestamp(subject.window.end))"
        return BudgetRefusal(
            code: .exceeded, message: message, rule: rule, retryAfter: max(subject.window.end - now, 0))
    }

    static func unreadable(_ error: StoreError) -> BudgetRefusal {
        BudgetRefusal(
            code: .unknown, message: "what remains of the budget cannot be read: \(error); ask again later", rule: nil,
            retryAfter: 1_000_000_000)
    }

    static let full = BudgetRefusal(
        code: .unknown, message: "more budgets are in use at once than can be counted; ask again later", rule: nil,
        retryAfter: 1_000_000_000)
}
