/// One count: what one key, user, agent or model used by one meter's measure in one window.
struct BudgetSubject: Sendable, Hashable {
    /// Its place in the list of meters.
    let meter: Int
    let window: BudgetWindow
    let id: String
}

/// A subject and the limits that hold for it.
struct LimitedSubject: Sendable {
    let subject: BudgetSubject
    let rules: [BudgetRule]
}
