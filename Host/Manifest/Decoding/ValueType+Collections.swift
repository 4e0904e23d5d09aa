import JackfieldJSON

extension ValueType {
    /// A struct with a table of its own.
    static func table(_ table: ConfigTable<Value>) -> ValueType {
        ValueType(
            "map", shape: { table.shape() },
            decode: { node, path, value, problems in table.decode(node, path, &value, &problems) },
            encode: { table.encode($0) }, schema: { table.schema(default: $0) },
            sections: { table.sections($0, $1) })
    }

    /// A list; from one line of text also with commas. Something that stands in it twice is a mistake.
    static func list<Element: Sendable & Hashable>(
        of type: ValueType<Element>, atLeast minimum: Int = 0, seed: Element
    ) -> ValueType where Value == [Element] {
        ValueType(
            "list of \(type.name)",
            decode: { node, path, value, problems in
                var items: [ConfigNode] = []
                switch node.value {
                case .sequence(let found): items = found
                case .null: break
                case .scalar(let scalar) where scalar.isUnresolved: return
                case .scalar(let scalar) where scalar.isOverride:
                    items = scalar.text.split(separator: ",").map { part in
                        var item = scalar
                        item.text = String(part.drop { $0 == " " })
                        while item.text.hasSuffix(" ") { item.text.removeLast() }
                        return ConfigNode(.scalar(item), at: node.position)
                    }
                default:
                    problems.add(path, at: node.position, "expected a list, found \(node.kindName); write it in [ ]")
                    return
                }
                var result: [Element] = []
                let before = problems.problems.count
                for (index, item) in items.enumerated() {
                    let path = path.appending(index)
                    if case .null = item.value {
                        problems.add(path, at: item.position, "is empty: expected \(type.name)")
                        continue
                    }
                    if case .scalar(let scalar) = item.value, scalar.isUnresolved { continue }
                    let count = problems.problems.count
                    var element = seed
                    type.decode(item, path, &element, &problems)
                    guard problems.problems.count == count else { continue }
                    if result.contains(element) {
                        problems.add(path, at: item.position, "stands in this list twice")
                    } else {
                        result.append(element)
                    }
                }
                if items.count < minimum, problems.problems.count == before {
                    problems.add(path, at: node.position, "is empty: at least \(minimum) needed")
                }
                value = result
            },
            encode: { .array($0.compactMap { type.encode($0) }) },
            schema: { _ in
                var schema = JSONObject([("type", "array"), ("items", type.schema(seed)), ("uniqueItems", true)])
                if minimum > 0 { schema["minItems"] = JSON(minimum) }
                return .object(schema)
            })
    }

    /// A map whose keys the operator chooses, kept in the order of the file as a list of structs that know their key.
    static func keyed<Key: Identifier, Element: Sendable>(
        _ placeholder: String, _ table: ConfigTable<Element>, by key: any KeyPath<Element, Key> & Sendable,
        _ make: @escaping @Sendable (Key) -> Element
    ) -> ValueType where Value == [Element] {
        let prototype = make(Key(unchecked: "prototype"))
        return ValueType(
            "map of \(placeholder)", shape: { .map(table.shape()) },
            decode: { node, path, value, problems in
                value = []
                Self.eachEntry(of: node, path, &problems) { (id: Key, entry, path, problems) in
                    var element = make(id)
                    table.decode(entry.value, path, &element, &problems)
                    value.append(element)
                }
            },
            encode: { elements in
                .object(JSONObject(elements.map { ($0[keyPath: key].text, table.encode($0)) }))
            },
            schema: { _ in
                [
                    "type": "object", "propertyNames": ["pattern": .string(Key.pattern)],
                    "additionalProperties": table.schema(default: prototype),
                ]
            },
            sections: { _, path in table.sections(prototype, "\(path).\(placeholder)") })
    }

    /// A map from ids to single values.
    static func map<Key: Identifier, Element: Sendable>(
        _ placeholder: String, to type: ValueType<Element>, seed: Element
    ) -> ValueType where Value == [Key: Element] {
        ValueType(
            "map of \(placeholder) to \(type.name)", shape: { .map(.value) },
            decode: { node, path, value, problems in
                value = [:]
                Self.eachEntry(of: node, path, &problems) { (id: Key, entry, path, problems) in
                    var element = seed
                    type.decode(entry.value, path, &element, &problems)
                    value[id] = element
                }
            },
            encode: { map in
                .object(
                    JSONObject(
                        map.sorted { $0.key < $1.key }.compactMap { id, element in
                            type.encode(element).map { (id.text, $0) }
                        }))
            },
            schema: { _ in
                [
                    "type": "object", "propertyNames": ["pattern": .string(Key.pattern)],
                    "additionalProperties": type.schema(seed),
                ]
            })
    }

    private static func eachEntry<Key: Identifier>(
        of node: ConfigNode, _ path: ConfigPath, _ problems: inout ProblemCollector,
        _ body: (Key, ConfigNode.Entry, ConfigPath, inout ProblemCollector) -> Void
    ) {
        switch node.value {
        case .mapping(let entries):
            for entry in entries {
                let path = path.appending(entry.key)
                do throws(InvalidValue) {
                    body(try Key(entry.key), entry, path, &problems)
                } catch {
                    problems.add(path, at: entry.keyPosition, error.reason)
                }
            }
        case .null: break
        default: problems.add(path, at: node.position, "expected a map, found \(node.kindName)")
        }
    }
}

extension ValueType where Value == PluginConfiguration {
    /// A plugin's own configuration: any map. What may stand in it, the plugin's schema says.
    static let configuration = ValueType(
        "map", shape: { .free },
        decode: { node, path, value, problems in
            switch node.value {
            case .mapping:
                value = PluginConfiguration(redacted: node.json(.redacted), complete: node.json(.complete))
            case .null: break
            default: problems.add(path, at: node.position, "expected a map, found \(node.kindName)")
            }
        },
        encode: { $0.redacted }, schema: { _ in ["type": "object"] })
}
