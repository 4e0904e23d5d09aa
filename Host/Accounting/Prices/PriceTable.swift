/// Finds the price of an upstream: first among those that the operator wrote, then among the known ones. A lookup
/// compares text and costs microseconds: callers keep the answer for each upstream. Any thread.
package struct PriceTable: Sendable {
    private let exact: [String: Price]
    /// The longest first.
    private let prefixes: [PricePattern]
    private let knowsModels: Bool

    /// - Parameters:
    ///   - custom: What the operator wrote. Of two for the same models the later holds.
    ///   - knowsModels: Whether the prices of `KnownPrices` hold where the operator's say nothing.
    package init(custom: [PricePattern] = [], knowsModels: Bool = true) {
        exact = Dictionary(
            custom.lazy.filter { !$0.models.isPrefix }.map { ($0.models.stem, $0.price) }, uniquingKeysWith: { $1 })
        prefixes = custom.reversed().filter(\.models.isPrefix)
            .enumerated()
            .sorted {
                let (left, right) = ($0.element.models.stem.utf8.count, $1.element.models.stem.utf8.count)
                return left == right ? $0.offset < $1.offset : left > right
            }
            .map(\.element)
        self.knowsModels = knowsModels
    }

    /// The operator's price for exactly INSTANCE/MODEL, for exactly the model, or by the longest pattern with "*" that
    /// either begins with; then a known one. Any of the operator's goes before any known one.
    ///
    /// - Parameters:
    ///   - instance: The id of the plugin instance in the manifest.
    ///   - model: As the upstream knows it.
    ///   - plugin: The plugin's id, such as "llm/ollama": some ask nobody who takes money.
    /// - Returns: Nil when the price is not known, which is not the same as free.
    package func price(instance: String, model: String, plugin: String? = nil) -> Price? {
        let upstream = "\(instance)/\(model)"
        if let price = exact[upstream] ?? exact[model] { return price }
        if let pattern = prefixes.first(where: { $0.models.matches(upstream) || $0.models.matches(model) }) {
            return pattern.price
        }
        guard knowsModels else { return nil }
        if let plugin, KnownPrices.freePlugins.contains(plugin) { return .free }
        return KnownPrices.price(of: model)
    }
}
