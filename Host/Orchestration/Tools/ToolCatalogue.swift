import JackfieldVocabulary
import Manifest
import Registry
import Synchronization

/// Every tool of the plugins that run, in the manifest's order, by name and by alias.
package struct ToolCatalogue: Sendable {
    package let tools: [RoutedTool]
    private let places: [String: Int]

    init(_ plugins: [RegisteredPlugin]) {
        let found = plugins.flatMap { plugin in plugin.now.tools.map { (plugin: plugin, entry: $0) } }
        let aliases = ToolAlias.make(found.map { ($0.plugin.id.text, $0.entry.name) })
        var places: [String: Int] = [:]
        tools = zip(found, aliases).enumerated().map { place, tool in
            let (found, alias) = tool
            let name = "\(found.plugin.id)/\(found.entry.name)"
            places[name] = place
            places[alias] = place
            return RoutedTool(plugin: found.plugin, entry: found.entry, name: name, alias: alias)
        }
        self.places = places
    }

    /// By INSTANCE/TOOL or by alias.
    package subscript(name: String) -> RoutedTool? { places[name].map { tools[$0] } }
}

/// Keeps the catalogue until other plugins run than when it was made: what a plugin lists is the same for the life of
/// an instance.
final class ToolCatalogues: Sendable {
    private let registry: PluginRegistry
    private let known = Mutex<(plugins: [PluginInstanceID], catalogue: ToolCatalogue)?>(nil)

    init(registry: PluginRegistry) { self.registry = registry }

    var now: ToolCatalogue {
        let plugins = registry.ready(.tool)
        let ids = plugins.map(\.id)
        if let known = known.withLock({ $0 }), known.plugins == ids { return known.catalogue }
        let catalogue = ToolCatalogue(plugins)
        known.withLock { $0 = (ids, catalogue) }
        return catalogue
    }
}
