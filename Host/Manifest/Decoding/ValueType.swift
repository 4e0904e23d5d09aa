import JackfieldJSON

/// How values of one type are read, written and described.
struct ValueType<Value: Sendable>: Sendable {
    /// For the reference: "duration".
    let name: String
    let shape: @Sendable () -> ConfigShape
    /// Sets the value, or reports why not and leaves it as it is.
    let decode: @Sendable (ConfigNode, ConfigPath, inout Value, inout ProblemCollector) -> Void
    /// As it is written in a manifest; nil for "not set". Never a secret.
    let encode: @Sendable (Value) -> JSON?
    /// The schema, given the value that is the default.
    let schema: @Sendable (Value) -> JSON
    let sections: @Sendable (Value, _ path: String) -> [ReferenceSection]

    init(
        _ name: String, shape: @escaping @Sendable () -> ConfigShape = { .value },
        decode: @escaping @Sendable (ConfigNode, ConfigPath, inout Value, inout ProblemCollector) -> Void,
        encode: @escaping @Sendable (Value) -> JSON?, schema: @escaping @Sendable (Value) -> JSON,
        sections: @escaping @Sendable (Value, String) -> [ReferenceSection] = { _, _ in [] }
    ) {
        self.name = name
        self.shape = shape
        self.decode = decode
        self.encode = encode
        self.schema = schema
        self.sections = sections
    }

    /// A type that is written as one word or number.
    static func scalar(
        _ name: String, schema: JSON, encode: @escaping @Sendable (Value) -> JSON,
        parse: @escaping @Sendable (ConfigNode.Scalar) throws(InvalidValue) -> Value
    ) -> ValueType {
        ValueType(
            name,
            decode: { node, path, value, problems in
                switch node.value {
                case .scalar(let scalar):
                    if scalar.isUnresolved { return }
                    do throws(InvalidValue) { value = try parse(scalar) } catch {
                        problems.add(path, at: node.position, error.reason)
                    }
                case .null: break
                default: problems.add(path, at: node.position, "expected \(name), found \(node.kindName)")
                }
            },
            encode: { encode($0) }, schema: { _ in schema })
    }
}

extension ValueType {
    /// The same, where nothing is a value too.
    func optional() -> ValueType<Value?> where Value: ExpressibleByUnset {
        let type = self
        return ValueType<Value?>(
            type.name, shape: type.shape,
            decode: { node, path, value, problems in
                if case .null = node.value {
                    value = nil
                    return
                }
                if case .scalar(let scalar) = node.value, scalar.isUnresolved { return }
                let before = problems.problems.count
                var found = Value.unset
                type.decode(node, path, &found, &problems)
                if problems.problems.count == before { value = found }
            },
            encode: { $0.flatMap(type.encode) }, schema: { type.schema($0 ?? .unset) })
    }
}

/// A type with a value to start decoding from, which is never seen.
protocol ExpressibleByUnset {
    static var unset: Self { get }
}

extension Int: ExpressibleByUnset { static let unset = 0 }
extension Double: ExpressibleByUnset { static let unset = 0.0 }
extension String: ExpressibleByUnset { static let unset = "" }
extension PluginReference: ExpressibleByUnset { static let unset = PluginReference(kind: .agent, name: "unset") }
