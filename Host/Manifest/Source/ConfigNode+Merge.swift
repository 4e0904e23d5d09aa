extension ConfigNode {
    /// Lays another tree over this one: maps merge key by key, everything else is replaced.
    mutating func overlay(_ other: ConfigNode) {
        guard case .mapping(var entries) = self.value, case .mapping(let more) = other.value else {
            // A file that holds nothing, or a key without a value where a map stands, takes nothing away.
            if case .mapping = self.value, case .null = other.value { return }
            self = other
            return
        }
        for entry in more {
            if let at = entries.firstIndex(where: { $0.key == entry.key }) {
                entries[at].value.overlay(entry.value)
                entries[at].keyPosition = entry.keyPosition
            } else {
                entries.append(entry)
            }
        }
        self.value = .mapping(entries)
    }

    /// A tree that holds one value at a path of keys: what one environment variable or option lays over the files.
    init(_ value: ConfigNode, below keys: some BidirectionalCollection<String>) {
        self = value
        for key in keys.reversed() {
            self = ConfigNode(
                .mapping([.init(key: key, keyPosition: value.position, value: self)]), at: value.position)
        }
    }

    /// The value of an environment variable or option: a list or map when it starts like one, else one word.
    static func override(_ text: String, at position: SourcePosition, isLiteral: Bool) throws(ManifestProblem)
        -> ConfigNode
    {
        if let first = text.first, first == "[" || first == "{" {
            do {
                return try YAMLReader.read(text, file: position.file).moved(to: position, isLiteral: isLiteral)
            } catch {
                throw ManifestProblem(at: position, path: "", error.message)
            }
        }
        return ConfigNode(
            .scalar(.init(text: text, isQuoted: false, isLiteral: isLiteral, isOverride: true)), at: position)
    }

    private func moved(to position: SourcePosition, isLiteral: Bool) -> ConfigNode {
        switch self.value {
        case .null: return ConfigNode(.null, at: position)
        case .scalar(var scalar):
            scalar.isLiteral = isLiteral
            return ConfigNode(.scalar(scalar), at: position)
        case .sequence(let items):
            return ConfigNode(.sequence(items.map { $0.moved(to: position, isLiteral: isLiteral) }), at: position)
        case .mapping(let entries):
            return ConfigNode(
                .mapping(
                    entries.map {
                        .init(
                            key: $0.key, keyPosition: position,
                            value: $0.value.moved(to: position, isLiteral: isLiteral))
                    }), at: position)
        }
    }
}
