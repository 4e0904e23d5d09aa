import Yams

/// Reads one YAML document into a `ConfigNode` tree with places.
///
/// The size of the tree is bounded after aliases are expanded, so that a few lines that refer to each other ten times
/// over (a "billion laughs") are a problem and not the end of memory. `<<` merges maps, as YAML 1.1 has it.
struct YAMLReader {
    static let maximumNodes = 100_000
    static let maximumDepth = 64

    private let file: String
    private var nodes = 0

    /// - Throws: `ManifestProblem`, when the text is no YAML, holds several documents, or is too large.
    static func read(_ text: String, file: String) throws(ManifestProblem) -> ConfigNode {
        guard !AliasKeyGuard.isSuspicious(text) else {
            throw ManifestProblem(
                at: SourcePosition(file: file, line: 1, column: 1), path: "",
                "has many aliases, and keys that are not words: write the keys as words")
        }
        let node: Node?
        do {
            node = try Yams.compose(yaml: text, .basic, .default, .utf8)
        } catch let error as YamlError {
            throw Self.problem(error, text, file)
        } catch {
            throw ManifestProblem(at: SourcePosition(file: file), path: "", "cannot be read as YAML")
        }
        let start = SourcePosition(file: file, line: 1, column: 1)
        guard let node else { return ConfigNode(.null, at: start) }
        var reader = YAMLReader(file: file)
        return try reader.convert(node, ConfigPath())
    }

    private init(file: String) { self.file = file }

    private mutating func convert(_ node: Node, _ path: ConfigPath) throws(ManifestProblem) -> ConfigNode {
        let position = self.position(node)
        self.nodes += 1
        guard self.nodes <= Self.maximumNodes else {
            throw ManifestProblem(
                at: position, path: path.description,
                "the manifest has more than \(Self.maximumNodes) values, aliases counted out")
        }
        guard path.parts.count <= Self.maximumDepth else {
            throw ManifestProblem(
                at: position, path: path.description, "is nested more than \(Self.maximumDepth) levels deep")
        }
        switch node {
        case .scalar(let scalar):
            let isQuoted =
                scalar.style == .singleQuoted || scalar.style == .doubleQuoted || scalar.style == .literal
                || scalar.style == .folded
            if !isQuoted, ["", "~", "null", "Null", "NULL"].contains(scalar.string) {
                return ConfigNode(.null, at: position)
            }
            return ConfigNode(.scalar(.init(text: scalar.string, isQuoted: isQuoted)), at: position)
        case .sequence(let sequence):
            var items: [ConfigNode] = []
            for (index, item) in sequence.enumerated() { items.append(try self.convert(item, path.appending(index))) }
            return ConfigNode(.sequence(items), at: position)
        case .mapping(let mapping):
            return ConfigNode(.mapping(try self.entries(mapping, path)), at: position)
        case .alias:
            throw ManifestProblem(at: position, path: path.description, "is an alias that nothing defines")
        }
    }

    private mutating func entries(_ mapping: Node.Mapping, _ path: ConfigPath) throws(ManifestProblem) -> [ConfigNode
        .Entry]
    {
        var entries: [ConfigNode.Entry] = []
        var merged: [ConfigNode.Entry] = []
        for (key, value) in mapping {
            let position = self.position(key)
            guard case .scalar(let name) = key else {
                throw ManifestProblem(at: position, path: path.description, "has a key that is not a word")
            }
            let value = try self.convert(value, path.appending(name.string))
            if name.string == "<<", name.style == .plain || name.style == .any {
                switch value.value {
                case .mapping(let more): merged += more
                case .sequence(let maps): for case .mapping(let more) in maps.map(\.value) { merged += more }
                default:
                    throw ManifestProblem(
                        at: position, path: path.description, "\"<<\" merges maps, not \(value.kindName)")
                }
            } else {
                entries.append(.init(key: name.string, keyPosition: position, value: value))
            }
        }
        for entry in merged where !entries.contains(where: { $0.key == entry.key }) { entries.append(entry) }
        return entries
    }

    private func position(_ node: Node) -> SourcePosition {
        SourcePosition(file: self.file, line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
    }

    private static func problem(_ error: YamlError, _ text: String, _ file: String) -> ManifestProblem {
        func at(_ mark: Mark) -> SourcePosition { SourcePosition(file: file, line: mark.line, column: mark.column) }
        switch error {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            // libyaml's two halves: "while parsing a block mapping" and "did not find expected key".
            let context = context.map { " \($0.text) (line \($0.mark.line))" } ?? ""
            return ManifestProblem(at: at(mark), path: "", "is not YAML: \(problem)\(context)")
        case .duplicatedKeysInMapping(let duplicates, let context):
            let keys = duplicates.map(\.quoted).joined(separator: ", ")
            return ManifestProblem(
                at: at(context.mark), path: "",
                "key \(keys) is written more than once in the same map; the first one is here")
        case .reader(let problem, let offset, _, _):
            let before = text.utf8.prefix(offset ?? 0)
            let line = before.count { $0 == 0x0A } + 1
            return ManifestProblem(
                at: SourcePosition(file: file, line: line, column: 1), path: "", "is not YAML: \(problem)")
        default:
            return ManifestProblem(at: SourcePosition(file: file), path: "", "cannot be read as YAML")
        }
    }
}
