/// What an operator wants of one host: every manifest file, environment variable and command line option resolved,
/// checked and typed. Made by `ManifestLoader`; never changes afterwards.
///
/// Lists keep the order of the file, which is the order in which plugins start.
package struct Manifest: Sendable {
    /// The version of the manifest's format: the key `jackfield`, always 1.
    package var version = 1
    package var profile = Profile.development
    package var server = ServerConfig()
    package var storage = StorageConfig()
    package var logging = LoggingConfig()
    package var secrets = SecretsConfig()
    package var integrity = IntegrityConfig()
    /// Named switches; an absent name is off.
    package var features: [FeatureName: Bool] = [:]
    /// Answers carry more of what went wrong: never in production.
    package var debug = false
    /// In the order of the manifest; ids are unique.
    package var plugins: [PluginConfig] = []
    /// In the order of the manifest; names are unique.
    package var models: [ModelConfig] = []
    package var cache = CacheConfig()
    /// In the order of the manifest; patterns are unique.
    package var prices: [PriceConfig] = []
    /// In the order of the manifest; names are unique.
    package var budgets: [BudgetConfig] = []
    package var validators = ValidatorsConfig()
    package var orchestrator = OrchestratorConfig()
    /// The exporter plugins that are asked for metrics.
    package var exporters: [PluginInstanceID] = []
    /// The notifier plugins that people are told through.
    package var notifiers: [PluginInstanceID] = []

    /// Where secrets are looked up: also for the secrets service, which checks `grants.secrets` first.
    package internal(set) var secretSource = SecretSource(environment: [:])
    /// What is legal but worth a word: a route entry whose plugin is disabled, for example.
    package internal(set) var notes: [ManifestProblem] = []
    /// The resolved text with its places, secrets unresolved.
    var tree = ConfigNode(.mapping([]), at: SourcePosition(file: "", line: 1, column: 1))

    /// Every default that does not depend on the profile.
    package init() {}

    package func plugin(_ id: PluginInstanceID) -> PluginConfig? { self.plugins.first { $0.id == id } }
    package func model(_ name: ModelName) -> ModelConfig? { self.models.first { $0.name == name } }
    package func isOn(_ feature: FeatureName) -> Bool { self.features[feature] ?? false }
}

/// A set of defaults. A key that the manifest sets counts more than the profile.
package enum Profile: String, Sendable, Hashable, CaseIterable {
    /// Log level debug, `debug` on.
    case development
    /// Log level info.
    case production
    /// Log level warning, port chosen by the system.
    case testing
}

extension Manifest {
    /// The defaults of a profile.
    package init(profile: Profile) {
        self.profile = profile
        switch profile {
        case .development: self.debug = true
        case .production: self.logging.level = .info
        case .testing:
            self.logging.level = .warning
            self.server.listen = ListenAddress(host: "127.0.0.1", port: 0)
        }
    }
}
