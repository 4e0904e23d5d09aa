/// A model name that clients and agents ask for, and the ways to it.
package struct ModelConfig: Sendable, Hashable, Identifiable {
    package let name: ModelName
    package var id: ModelName { self.name }
    /// In order of preference, at least one; entries whose plugin is disabled are left out already.
    package var route: [ModelRoute] = []
    /// For one attempt at one route entry.
    package var timeout = Duration.seconds(60)
    /// More attempts after the first, at the same entry, 0...10.
    package var retries = 2

    package init(name: ModelName) { self.name = name }
}

/// Which validators see what goes in and what comes out, in order.
package struct ValidatorsConfig: Sendable, Hashable {
    package var input: [PluginInstanceID] = []
    package var output: [PluginInstanceID] = []
    /// For validators not named here, `block`.
    package var onFailure: [PluginInstanceID: FailureAction] = [:]
    /// How long one validator may look at one text; slower than that is a failure.
    package var timeout = Duration.seconds(5)

    package init() {}

    /// What happens to a request when this validator cannot judge it.
    package func actionOnFailure(of id: PluginInstanceID) -> FailureAction { self.onFailure[id] ?? .block }
}

/// What happens when a validator fails (not: when it finds something).
package enum FailureAction: String, Sendable, Hashable, CaseIterable {
    case block, allow
}

/// How agents are chosen for a question.
package struct OrchestratorConfig: Sendable, Hashable {
    /// How many agents may work on one question, 1...32.
    package var maxAgents = 3
    /// The least score, 0...1, with which an agent is asked; the best one is asked in any case.
    package var threshold = 0.25
    /// Of one answer: texts, findings and artifacts together.
    package var maxAnswer = ByteCount.mebibytes(8)

    package init() {}
}
