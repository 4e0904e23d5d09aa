/// One plugin instance: a library, its configuration and what it may do.
package struct PluginConfig: Sendable, Hashable, Identifiable {
    package let id: PluginInstanceID
    /// `KIND/NAME` on the plugin path. Exactly one of `use` and `file` is set.
    package var use: PluginReference?
    /// A shared library, or a folder with a `plugin.json`; from the working directory.
    package var file: String?
    package var isolation = Isolation.inProcess
    /// For `isolation: process`.
    package var sandbox = SandboxConfig()
    /// Whether the host refuses to start without it.
    package var required = false
    /// A disabled plugin is neither loaded nor checked beyond its id and `use`.
    package var enabled = true
    /// The library's SHA-256 that it must have, 64 lower-case hexadecimal digits; nil means that any will do.
    package var sha256: String?
    package var configuration = PluginConfiguration.empty
    package var grants = GrantsConfig()
    package var outbound = OutboundConfig()
    /// For providers of language models.
    package var upstream = UpstreamConfig()
    /// Where the llm service calls tools for a model that the plugin asks.
    package var toolLoop = ToolLoopConfig()

    package init(id: PluginInstanceID) { self.id = id }

    /// What to load.
    package var source: PluginSource? { self.use.map { .pluginPath($0) } ?? self.file.map { .file($0) } }
    /// Known before loading only for `use`: a `file` says it in its `plugin.json`.
    package var kind: PluginKind? { self.use?.kind }
}

package enum PluginSource: Sendable, Hashable, CustomStringConvertible {
    /// To be looked for on the plugin path.
    case pluginPath(PluginReference)
    /// A library or a folder.
    case file(String)

    package var description: String {
        switch self {
        case .pluginPath(let reference): reference.description
        case .file(let path): path
        }
    }
}

/// Where a plugin's code runs.
package enum Isolation: String, Sendable, Hashable, CaseIterable {
    /// With the host's privileges: for plugins that you trust.
    case inProcess = "in-process"
    /// In a sandboxed process of its own.
    case process
}

/// What a plugin may reach. Nothing is granted by default.
package struct GrantsConfig: Sendable, Hashable {
    /// Where the http service may send requests.
    package var http: [Origin] = []
    /// Files and folders that may be read.
    package var read: [String] = []
    /// Shared libraries whose functions it may call: absolute paths, or names that the system's loader finds. With
    /// `isolation: process` they are mapped before the process is sealed, and nothing is after that.
    package var libraries: [String] = []
    /// Whether it has a folder for temporary files, which nobody else has and which goes with it. With
    /// `isolation: process` alone: in process, a plugin may write what the host may.
    package var temporary = false
    /// Secrets that the secrets service gives out.
    package var secrets: [SecretName] = []
    /// Names from `models` that the llm service answers for.
    package var models: [ModelName] = []
    package var agents: [PluginInstanceID] = []
    package var tools: [ToolGrant] = []
    package var topics: [TopicName] = []

    package init() {}
}
