extension Interpolation {
    /// Resolves every text of a manifest's tree. In a plugin whose `enabled` is off, what is not set is no mistake: its
    /// texts stay as they are and are marked.
    func resolve(_ tree: inout ConfigNode, _ problems: inout ProblemCollector) {
        guard case .mapping(var entries) = tree.value else { return }
        for index in entries.indices {
            let path = ConfigPath().appending(entries[index].key)
            if entries[index].key == "plugins", case .mapping(var plugins) = entries[index].value.value {
                for plugin in plugins.indices {
                    self.resolvePlugin(&plugins[plugin].value, path.appending(plugins[plugin].key), &problems)
                }
                entries[index].value.value = .mapping(plugins)
            } else {
                self.resolve(&entries[index].value, path, isLenient: false, &problems)
            }
        }
        tree.value = .mapping(entries)
    }

    private func resolvePlugin(_ node: inout ConfigNode, _ path: ConfigPath, _ problems: inout ProblemCollector) {
        guard case .mapping(var entries) = node.value else { return }
        var isEnabled = true
        if let at = entries.firstIndex(where: { $0.key == "enabled" }) {
            self.resolve(&entries[at].value, path.appending("enabled"), isLenient: false, &problems)
            if case .scalar(let scalar) = entries[at].value.value {
                isEnabled = (try? ValueType<Bool>.evaluate(scalar)) ?? true
            }
        }
        for index in entries.indices where entries[index].key != "enabled" {
            let key = entries[index].key
            self.resolve(
                &entries[index].value, path.appending(key), isLenient: !isEnabled, mayHoldSecrets: key == "config",
                &problems)
        }
        node.value = .mapping(entries)
    }

    private func resolve(
        _ node: inout ConfigNode, _ path: ConfigPath, isLenient: Bool, mayHoldSecrets: Bool = false,
        _ problems: inout ProblemCollector
    ) {
        switch node.value {
        case .null: break
        case .sequence(var items):
            for index in items.indices {
                self.resolve(
                    &items[index], path.appending(index), isLenient: isLenient, mayHoldSecrets: mayHoldSecrets,
                    &problems)
            }
            node.value = .sequence(items)
        case .mapping(var entries):
            for index in entries.indices {
                self.resolve(
                    &entries[index].value, path.appending(entries[index].key), isLenient: isLenient,
                    mayHoldSecrets: mayHoldSecrets, &problems)
            }
            node.value = .mapping(entries)
        case .scalar(var scalar):
            guard !scalar.isLiteral, Self.isNeeded(scalar.text) else { return }
            do throws(Failure) {
                let outcome = try self.resolve(scalar.text[...])
                if outcome.hasSecret {
                    guard mayHoldSecrets else {
                        scalar.isUnresolved = true
                        node.value = .scalar(scalar)
                        problems.add(
                            path, at: node.position,
                            "a secret may stand only in a plugin's config, where it is never shown")
                        return
                    }
                    scalar.complete = Secret(outcome.complete)
                }
                scalar.text = outcome.shown
                scalar.isInterpolated = true
            } catch {
                scalar.isUnresolved = true
                if case .unset = error, isLenient {} else { problems.add(path, at: node.position, error.message) }
            }
            node.value = .scalar(scalar)
        }
    }
}
