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
