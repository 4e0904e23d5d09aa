import JackfieldVocabulary
import Manifest
import Registry
import Synchronization

/// Every tool of the plugins that run, in the manifest's order, by name and by alias.
package struct ToolCatalogue: Sendable {
    package let tools: [RoutedTool]
    private let places: [String: Int]

    init(_ plugins: [RegisteredPlugin]) {
        var tools: [RoutedTool] = []
        var places: [String: Int] = [:]
        for plugin in plugins {
            for entry in plugin.now.tools {
                let alias = ToolAlias.make(instance: plugin.id.text, tool: entry.name) { places[$0] != nil }
                let name = "\(plugin.id)/\(entry.name)"
                places[name] = tools.count
                places[alias] = tools.count
                tools.append(RoutedTool(plugin: plugin, entry: entry, name: name, alias: alias))
            }
        }
        self.tools = tools
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
