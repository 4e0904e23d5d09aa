/// Environment variables that set keys: `JACKFIELD_SERVER__LISTEN` is `server.listen`. Two underscores stand between
/// levels; in an id, an underscore stands for whatever is not a letter or digit.
struct EnvironmentOverrides {
    static let prefix = "JACKFIELD_"
    /// Variables with a meaning of their own.
    static let reserved: Set<String> = ["JACKFIELD_PLUGIN_PATH", "JACKFIELD_MANIFEST", "JACKFIELD_KIT"]

    /// Lays the variables over the tree, by name, so that the order of the environment does not matter.
    static func apply(_ environment: [String: String], to tree: inout ConfigNode, _ problems: inout ProblemCollector) {
        let names = environment.keys.filter { $0.hasPrefix(prefix) && !reserved.contains($0) && !isServiceLink($0) }
        guard !names.isEmpty else { return }
        let shape = ConfigTables.manifest.shape()
        for name in names.sorted() {
            let position = SourcePosition(file: "environment \(name)")
            let levels = name.dropFirst(prefix.count).split(separator: "__", omittingEmptySubsequences: false)
            guard let keys = Self.keys(levels[...], shape, tree) else {
                let known = Self.knownNames(shape, tree, prefix: prefix) + reserved
                problems.add(
                    ConfigPath(), at: position,
                    "sets nothing: variables that begin with JACKFIELD_ name a key, with \"__\" between levels",
                    suggestion: NearestName.of(name, among: known.sorted()))
                continue
            }
            do throws(ManifestProblem) {
                let value = try ConfigNode.override(environment[name]!, at: position, isLiteral: true)
                tree.overlay(ConfigNode(value, below: keys))
            } catch {
                problems.add(ConfigPath(keys.map { .key($0) }), at: position, error.message)
            }
        }
    }

    /// What Kubernetes sets in every container for a service called "jackfield": nobody's mistake.
    private static func isServiceLink(_ name: String) -> Bool {
        name.hasPrefix("JACKFIELD_SERVICE_") || name == "JACKFIELD_PORT" || name.hasPrefix("JACKFIELD_PORT_")
    }

    private static func keys(_ levels: ArraySlice<Substring>, _ shape: ConfigShape, _ node: ConfigNode?) -> [String]? {
        guard let level = levels.first else {
            // A whole table or map is set with YAML's { }.
            return []
        }
        guard !level.isEmpty else { return nil }
        let rest = levels.dropFirst()
        func below(_ key: String, _ shape: ConfigShape) -> [String]? {
            Self.keys(rest, shape, node?[key]).map { [key] + $0 }
        }
        switch shape {
        case .value: return nil
        case .table(let fields):
            guard let field = fields.first(where: { variable($0.key) == level }) else { return nil }
            return below(field.key, field.shape)
        case .map(let shape):
            // Only what the files name: an id cannot be guessed back from a variable's name.
            guard let key = node?.keys.first(where: { variable($0) == level }) else { return nil }
            return below(key, shape)
        case .free:
            return below(node?.keys.first { variable($0) == level } ?? level.lowercased(), .free)
        }
    }

    private static func knownNames(_ shape: ConfigShape, _ node: ConfigNode?, prefix: String) -> [String] {
        switch shape {
        case .value, .free: [String(prefix.dropLast(2))]
        case .table(let fields):
            fields.flatMap { knownNames($0.shape, node?[$0.key], prefix: "\(prefix)\(variable($0.key))__") }
        case .map(let shape):
            (node?.keys ?? []).flatMap { knownNames(shape, node?[$0], prefix: "\(prefix)\(variable($0))__") }
        }
    }

    private static func variable(_ key: String) -> String {
        String(decoding: key.uppercased().utf8.map { Characters.isWord($0) ? $0 : 0x5F }, as: UTF8.self)
    }
}

extension ConfigNode {
    /// The keys of a map in order; empty for anything else.
    var keys: [String] {
        if case .mapping(let entries) = self.value { entries.map(\.key) } else { [] }
    }
}
