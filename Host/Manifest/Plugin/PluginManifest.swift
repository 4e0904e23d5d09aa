/// A plugin's `plugin.json`: what it is, what it needs and what it asks for, read before its code is.
package struct PluginManifest: Sendable, Hashable {
    /// Where it is found on the plugin path: `agent/system-monitoring`.
    package var id: PluginReference
    /// Semantic version.
    package var version: String
    package var description: String
    /// An SPDX expression; empty when none is stated.
    package var license: String
    /// The major version of the ABI, 1.
    package var abi: Int
    package var role: ContractReference
    /// The library's file name, in the same folder.
    package var library: String
    /// The file name of the configuration's JSON Schema, in the same folder; nil means that it takes no configuration.
    package var configSchema: String?
    /// Where its code must run; nil leaves that to the operator. `process`: it is not loaded into the host's process.
    package var isolation: Isolation?
    package var services: ServiceNeeds
    /// What it asks for; the operator grants, in the manifest.
    package var grants: GrantsConfig

    /// Whether the host would do the same with both: they differ at most in what only people read.
    package func isLoaded(like other: PluginManifest) -> Bool {
        var mine = self
        (mine.description, mine.license, mine.grants) = (other.description, other.license, other.grants)
        return mine == other
    }
}

/// The host services that a plugin uses.
package struct ServiceNeeds: Sendable, Hashable {
    /// Without these the plugin is refused.
    package var required: [ContractReference] = []
    package var optional: [ContractReference] = []

    package init() {}
}
