/// What a model costs, in US dollars for a million tokens. An operator's entry counts more than the built-in table.
package struct PriceConfig: Sendable, Hashable, Identifiable {
    package let pattern: PricedName
    package var id: PricedName { self.pattern }
    package var input = 0.0
    package var output = 0.0
    /// Nil: as input.
    package var cachedInput: Double?
    /// Nil: as input.
    package var cacheWrite: Double?
    /// For each request, in dollars.
    package var request = 0.0

    package init(pattern: PricedName) { self.pattern = pattern }
}

/// A limit on what somebody may use.
package struct BudgetConfig: Sendable, Hashable, Identifiable {
    package let name: BudgetName
    package var id: BudgetName { self.name }
    package var per = BudgetScope.key
    package var period = BudgetWindowChoice.month
    /// US dollars.
    package var cost: Double?
    package var tokens: Int?
    /// Whom it holds for; empty: each of them.
    package var only: [String] = []
    /// The models that it is about; empty: all.
    package var models: [ModelName] = []

    package init(name: BudgetName) { self.name = name }
}

package enum BudgetScope: String, Sendable, Hashable, CaseIterable {
    case key, user, agent, model
    /// One for the whole host.
    case all
}

/// Calendar windows in UTC.
package enum BudgetWindowChoice: String, Sendable, Hashable, CaseIterable {
    case minute, day, month
}

/// The response cache of the host.
package struct CacheConfig: Sendable, Hashable {
    package var maxMemory = ByteCount.mebibytes(64)
    package var maxEntry = ByteCount.mebibytes(1)
    package var storage = CacheStorage.memory
    /// With `storage: sqlite`: at most this much of the store.
    package var maxStorage = ByteCount.mebibytes(512)

    package init() {}
}

package enum CacheStorage: String, Sendable, Hashable, CaseIterable {
    case memory
    /// In the host's store too, so that answers survive a restart.
    case sqlite
}
