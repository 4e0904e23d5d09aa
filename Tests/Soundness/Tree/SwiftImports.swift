/// One `import` of a Swift file.
struct SwiftImport: Hashable {
    let line: Int
    let module: String

    /// The imports of a source text. Comments and string literals over several lines are passed over, since a template
    /// may well hold the word.
    static func all(in text: String) -> [SwiftImport] {
        var imports: [SwiftImport] = []
        var isComment = false
        var isLiteral = false
        for (index, line) in text.lines.enumerated() {
            let line = line.trimmed
            if isComment {
                isComment = !line.contains("*/")
                continue
            }
            let quotes = line.split(separator: "\"\"\"", omittingEmptySubsequences: false).count - 1
            let wasLiteral = isLiteral
            if quotes % 2 == 1 { isLiteral.toggle() }
            if wasLiteral || line.hasPrefix("//") { continue }
            if line.hasPrefix("/*") {
                isComment = !line.contains("*/")
                continue
            }
            if let module = module(line) { imports.append(SwiftImport(line: index + 1, module: module)) }
        }
        return imports
    }

    private static let access: Set<Substring> = ["public", "package", "internal", "fileprivate", "private"]
    private static let kinds: Set<Substring> = [
        "typealias", "struct", "class", "enum", "protocol", "let", "var", "func",
    ]

    private static func module(_ line: Substring) -> String? {
        var words = line.split { $0 == " " || $0 == ";" }[...]
        while let word = words.first, word.hasPrefix("@") || access.contains(word) { words.removeFirst() }
        guard words.popFirst() == "import", var name = words.popFirst() else { return nil }
        if kinds.contains(name), let next = words.popFirst() { name = next }
        return name.split(separator: ".").first.map(String.init)
    }
}
