package import Manifest

/// What the placeholders of the templates stand for in one plugin.
package struct PlaceholderValues: Sendable {
    /// The placeholder without its signs, and what takes its place.
    package let values: [(name: String, value: String)]

    /// - Parameter kit: the folder whose `Package.swift` has the product JackfieldPlugin; for templates in Swift.
    package init(_ plugin: PluginReference, kit: String? = nil) {
        let identifiers = SafeIdentifiers(plugin)
        values =
            [
                ("KIND", plugin.kind.rawValue),
                ("NAME", plugin.name),
                ("SNAKE", identifiers.snake),
                ("TYPE", identifiers.type),
                ("ID", plugin.description),
                ("ABI", "1"),
            ] + (kit.map { [("KIT", $0)] } ?? [])
    }

    /// A text with every placeholder replaced.
    ///
    /// - Throws: a sentence, when a placeholder is left that nobody knows. That is a mistake in the template.
    package func filled(_ text: [UInt8], of file: String) throws(ScaffoldError) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var at = 0
        while at < text.count {
            guard text[at] == Self.sign, let end = Self.end(of: text, from: at) else {
                result.append(text[at])
                at += 1
                continue
            }
            let name = String(decoding: text[(at + 1)..<end], as: UTF8.self)
            guard let value = values.first(where: { $0.name == name })?.value else {
                throw ScaffoldError("the template \(file) has a placeholder @\(name)@, which is not known")
            }
            result += value.utf8
            at = end + 1
        }
        return result
    }

    private static let sign = UInt8(ascii: "@")

    /// Where the sign behind the capital letters is; nil if this is no placeholder.
    private static func end(of text: [UInt8], from start: Int) -> Int? {
        var at = start + 1
        while at < text.count, 0x41...0x5A ~= text[at] { at += 1 }
        return at > start + 1 && at < text.count && text[at] == sign ? at : nil
    }
}
