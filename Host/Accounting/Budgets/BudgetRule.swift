/// A limit on what somebody may use in a window of time.
package struct BudgetRule: Sendable, Hashable {
    /// Whose use is counted together.
    package enum Scope: String, Sendable, Hashable, CaseIterable {
        case key, user, agent, model
        /// Everybody's.
        case all
    }

    /// What the operator calls it, for sentences and reports. Counts do not depend on it.
    package var name: String?
    package var scope: Scope
    /// The one key, user, agent or model that the rule holds for. Nil: each one has this limit for itself. Where a rule
    /// names an id, it stands in place of the rule for each one of the same scope, period and models.
    package var id: String?
    package var period: BudgetPeriod
    /// Most tokens of prompts and completions. Nil: not limited.
    package var tokens: Int64?
    /// Most known cost. Nil: not limited.
    package var cost: Money?
    /// Only requests for these models are counted and limited. Nil: all. Compared with the model asked for and with the
    /// upstream.
    package var models: [ModelPattern]?

    package init(
        scope: Scope, id: String? = nil, period: BudgetPeriod, tokens: Int64? = nil, cost: Money? = nil,
        models: [ModelPattern]? = nil, name: String? = nil
    ) {
        self.name = name
        self.scope = scope
        self.id = id
        self.period = period
        self.tokens = tokens
        self.cost = cost
        self.models = models
    }
}
