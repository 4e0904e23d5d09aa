/// Rules that count the same thing: one scope, one period, one choice of models. What is used is counted once for all
/// of them, and stays counted when an operator changes a limit.
struct BudgetMeter: Sendable {
    let scope: BudgetRule.Scope
    let period: BudgetPeriod
    let models: [ModelPattern]?
    /// The rules for each one.
    private(set) var general: [BudgetRule] = []
    /// The rules for one id, which stand in place of those for each one.
    private(set) var named: [String: [BudgetRule]] = [:]
    /// Begins the names of its counters in the store. It tells the choice of models in short, without its order.
    let name: String

    static func meters(of rules: [BudgetRule]) -> [BudgetMeter] {
        var meters: [BudgetMeter] = []
        for rule in rules {
            let at = meters.firstIndex { $0.scope == rule.scope && $0.period == rule.period && $0.counts(rule.models) }
            if let at { meters[at].add(rule) } else { meters.append(BudgetMeter(rule)) }
        }
        return meters
    }

    private init(_ rule: BudgetRule) {
        scope = rule.scope
        period = rule.period
        models = rule.models
        let choice = rule.models.map { StoreText.digest($0.map(\.description).sorted().joined(separator: "\n")) }
        name = "\(rule.period.rawValue)/\(rule.scope.rawValue)/\(choice ?? "any")"
        add(rule)
    }

    private func counts(_ other: [ModelPattern]?) -> Bool { models.map(Set.init) == other.map(Set.init) }

    private mutating func add(_ rule: BudgetRule) {
        // Of everybody's use there is only one.
        if let id = rule.id, scope != .all { named[id, default: []].append(rule) } else { general.append(rule) }
    }

    /// Whose use of it an account's is, and the limits on that. Nil: the meter does not count this account.
    func limits(on account: Account) -> (id: String, rules: [BudgetRule])? {
        if let models {
            let isChosen = models.contains { pattern in
                account.model.map(pattern.matches) == true || account.upstream.map(pattern.matches) == true
            }
            guard isChosen else { return nil }
        }
        let id: String? =
            switch scope {
            case .key: account.key
            case .user: account.user
            case .agent: account.agent
            case .model: account.model
            case .all: ""
            }
        guard let id else { return nil }
        let rules = named[id] ?? general
        return rules.isEmpty ? nil : (StoreText.short(id), rules)
    }
}
