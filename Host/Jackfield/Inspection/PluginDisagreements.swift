import Loading
import Manifest

/// Where a plugin's `plugin.json` and the descriptor in its library say different things of it.
enum PluginDisagreements {
    /// A sentence for each.
    static func between(_ manifest: PluginManifest, _ descriptor: PluginDescriptor) -> [String] {
        var found: [String] = []
        func compare(_ what: String, _ said: String, _ is: String) {
            if said != `is` { found.append("plugin.json says that its \(what) is \(said), the library says \(`is`)") }
        }
        compare("id", manifest.id.description, descriptor.id)
        compare("version", manifest.version, descriptor.version)
        compare("role", manifest.role.description, descriptor.roles.map(\.description).joined(separator: ", "))
        let required = Set(descriptor.services.filter(\.isRequired).map(\.description))
        let optional = Set(descriptor.services.filter { !$0.isRequired }.map(\.description))
        found += lists("required", Set(manifest.services.required.map(\.description)), required)
        found += lists("optional", Set(manifest.services.optional.map(\.description)), optional)
        return found
    }

    private static func lists(_ kind: String, _ said: Set<String>, _ asked: Set<String>) -> [String] {
        asked.subtracting(said).sorted().map { "the library asks for the \(kind) service \($0), plugin.json does not" }
            + said.subtracting(asked).sorted().map {
                "plugin.json lists the \(kind) service \($0), the library does not"
            }
    }
}
