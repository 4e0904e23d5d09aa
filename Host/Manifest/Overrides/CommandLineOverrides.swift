/// The options `--set PATH=VALUE`, `--only ID,…` and `--without ID,…`.
struct CommandLineOverrides {
    let sets: [String]
    let only: [String]?
    let without: [String]

    func apply(to tree: inout ConfigNode, _ problems: inout ProblemCollector) -> Set<String> {
        for set in self.sets { self.apply(set, to: &tree, &problems) }
        return self.select(&tree, &problems)
    }

    private func apply(_ set: String, to tree: inout ConfigNode, _ problems: inout ProblemCollector) {
        guard let equals = set.firstIndex(of: "=") else {
            problems.add(
                ConfigPath(), at: SourcePosition(file: "--set \(set)"),
                "write PATH=VALUE, like server.listen=127.0.0.1:9000")
            return
        }
        let path = ConfigPath(String(set[..<equals]))
        let position = SourcePosition(file: "--set \(path)")
        var keys: [String] = []
        for part in path.parts {
            guard case .key(let key) = part else {
                problems.add(path, at: position, "a list is set as a whole, like route=[a/b,c/d]")
                return
            }
            keys.append(key)
        }
        guard !keys.isEmpty else {
            problems.add(path, at: position, "names no key: write PATH=VALUE")
            return
        }
        do throws(ManifestProblem) {
            let text = String(set[set.index(after: equals)...])
            tree.overlay(ConfigNode(try .override(text, at: position, isLiteral: false), below: keys))
        } catch {
            problems.add(path, at: position, error.message)
        }
    }

    /// Disables what the options leave out, and says what that was: references to those are not mistakes.
    private func select(_ tree: inout ConfigNode, _ problems: inout ProblemCollector) -> Set<String> {
        let known = tree["plugins"]?.keys ?? []
        for (option, ids) in [("--only", self.only ?? []), ("--without", self.without)] {
            for id in ids where !known.contains(id) {
                problems.add(
                    ConfigPath(), at: SourcePosition(file: option),
                    "no plugin has the id \(id.quoted); there are \(known.joined(separator: ", "))",
                    suggestion: NearestName.of(id, among: known))
            }
        }
        var left: Set<String> = []
        for id in known {
            let option: String
            if self.without.contains(id) {
                option = "--without"
            } else if let only = self.only, !only.contains(id) {
                option = "--only"
            } else {
                continue
            }
            left.insert(id)
            let off = ConfigNode(
                .scalar(.init(text: "false", isQuoted: false, isLiteral: true)), at: SourcePosition(file: option))
            tree.overlay(ConfigNode(off, below: ["plugins", id, "enabled"]))
        }
        return left
    }
}
