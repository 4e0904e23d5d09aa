import JackfieldJSON

/// The fields of one configuration struct, each declared once: decoding, JSON Schema, `config print` and the reference
/// are all read off this table. Defaults are those of the struct itself.
struct ConfigTable<Root: Sendable>: Sendable {
    /// What the struct is, for the reference.
    let doc: String
    let fields: [ConfigField<Root>]
    /// What one field cannot see: rules between the fields of one struct. The path given to `report` is a key.
    let validate: @Sendable (Root, _ report: (_ key: String?, _ message: String) -> Void) -> Void

    init(
        _ doc: String, _ fields: [ConfigField<Root>],
        validate: @escaping @Sendable (Root, (String?, String) -> Void) -> Void = { _, _ in }
    ) {
        self.doc = doc
        self.fields = fields
        self.validate = validate
    }

    /// Strict: an unknown key is a mistake, so is a missing required one. What cannot be read keeps its default, so that
    /// the rest is checked too.
    func decode(_ node: ConfigNode, _ path: ConfigPath, _ root: inout Root, _ problems: inout ProblemCollector) {
        let entries: [ConfigNode.Entry]
        switch node.value {
        case .mapping(let found): entries = found
        case .null: entries = []
        default:
            problems.add(path, at: node.position, "expected a map of keys, found \(node.kindName)")
            return
        }
        let before = problems.problems.count
        for entry in entries {
            let path = path.appending(entry.key)
            guard let field = self.fields.first(where: { $0.key == entry.key }) else {
                let near = NearestName.of(entry.key, among: self.fields.lazy.map(\.key))
                let known = near == nil ? "; the keys here are \(self.fields.map(\.key).joined(separator: ", "))" : ""
                problems.add(path, at: entry.keyPosition, "unknown key\(known)", suggestion: near)
                continue
            }
            field.decode(entry.value, path, &root, &problems)
        }
        for field in self.fields where field.isRequired && !entries.contains(where: { $0.key == field.key }) {
            problems.add(path.appending(field.key), at: node.position, "is missing: \(field.doc)")
        }
        // Rules between fields speak of values, so they wait until the values could be read.
        guard problems.problems.count == before else { return }
        var found: [(String?, String)] = []
        self.validate(root) { found.append(($0, $1)) }
        for (key, message) in found {
            let at = key.flatMap { key in entries.first { $0.key == key }?.value.position } ?? node.position
            problems.add(key.map(path.appending) ?? path, at: at, message)
        }
    }

    func encode(_ root: Root) -> JSON {
        .object(JSONObject(self.fields.compactMap { field in field.encode(root).map { (field.key, $0) } }))
    }

    func schema(default root: Root) -> JSON {
        let properties = self.fields.map { ($0.key, $0.schema(root)) }
        let required = self.fields.filter(\.isRequired).map { JSON.string($0.key) }
        var members: [(String, JSON)] = [
            ("type", "object"), ("description", .string(self.doc)), ("properties", .object(JSONObject(properties))),
        ]
        if !required.isEmpty { members.append(("required", .array(required))) }
        members.append(("additionalProperties", false))
        return .object(JSONObject(members))
    }
}

/// One key of a configuration struct.
struct ConfigField<Root: Sendable>: Sendable {
    let key: String
    /// One or two sentences for the reference and the schema.
    let doc: String
    let isRequired: Bool
    let typeName: String
    let shape: @Sendable () -> ConfigShape
    let decode: @Sendable (ConfigNode, ConfigPath, inout Root, inout ProblemCollector) -> Void
    let encode: @Sendable (Root) -> JSON?
    let schema: @Sendable (Root) -> JSON
    let sections: @Sendable (Root, _ path: String) -> [ReferenceSection]

    init<Value: Sendable>(
        _ key: String, _ place: any WritableKeyPath<Root, Value> & Sendable, _ type: ValueType<Value>,
        required: Bool = false, _ doc: String
    ) {
        self.key = key
        self.doc = doc
        self.isRequired = required
        self.typeName = type.name
        self.shape = type.shape
        self.decode = { node, path, root, problems in type.decode(node, path, &root[keyPath: place], &problems) }
        self.encode = { root in type.encode(root[keyPath: place]) }
        self.schema = { root in
            var schema = type.schema(root[keyPath: place])
            if case .object(var object) = schema {
                object["description"] = .string(doc)
                if !required, case let value? = type.encode(root[keyPath: place]), value.object == nil {
                    object["default"] = value
                }
                schema = .object(object)
            }
            return schema
        }
        self.sections = { root, path in type.sections(root[keyPath: place], path) }
    }
}

/// What may stand below a key, for finding the path that an environment variable's name means.
indirect enum ConfigShape: Sendable {
    case table([(key: String, shape: ConfigShape)])
    /// Keys that the operator chooses.
    case map(ConfigShape)
    case value
    /// Any JSON.
    case free
}

/// One table of the reference.
struct ReferenceSection: Sendable {
    struct Row: Sendable {
        let key: String
        let type: String
        let fallback: String
        let doc: String
    }

    let path: String
    let doc: String
    let rows: [Row]
}

extension ConfigTable {
    /// This table as a section, followed by those below it.
    func sections(_ root: Root, _ path: String) -> [ReferenceSection] {
        let rows = self.fields.map { field in
            let fallback =
                field.isRequired ? "required" : field.encode(root).flatMap { $0.object == nil ? $0.text : nil }
            return ReferenceSection.Row(key: field.key, type: field.typeName, fallback: fallback ?? "", doc: field.doc)
        }
        let below = self.fields.flatMap { $0.sections(root, path.isEmpty ? $0.key : "\(path).\($0.key)") }
        return [ReferenceSection(path: path, doc: self.doc, rows: rows)] + below
    }

    func shape() -> ConfigShape { .table(self.fields.map { ($0.key, $0.shape()) }) }
}
