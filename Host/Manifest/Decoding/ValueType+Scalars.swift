import JackfieldJSON

extension ValueType where Value == Bool {
    /// YAML 1.2's `true` and `false`, and the `yes`, `no`, `on`, `off` that people write.
    static let bool = scalar("boolean", schema: ["type": "boolean"], encode: { .bool($0) }) {
        scalar throws(InvalidValue) in
        guard let value = Self.known[scalar.text.lowercased()] else {
            throw InvalidValue("expected true or false, found \(scalar.text.quoted)")
        }
        return value
    }

    /// As `bool`; and where the text came out of an interpolation, nothing, "false" and "0" are off, all else is on, so
    /// that `"${KEY:+true}"` means "if KEY is set".
    static let condition = scalar(
        "boolean or condition", schema: ["type": ["boolean", "string"]], encode: { .bool($0) }
    ) { scalar throws(InvalidValue) in try Self.evaluate(scalar) }

    static func evaluate(_ scalar: ConfigNode.Scalar) throws(InvalidValue) -> Bool {
        let text = scalar.text.lowercased()
        if let value = Self.known[text] { return value }
        if text == "" || text == "0" { return false }
        if scalar.isInterpolated || text == "1" { return true }
        throw InvalidValue(
            "expected true, false or a condition like \"${NAME:+true}\", found \(scalar.text.quoted)")
    }

    private static var known: [String: Bool] {
        ["true": true, "false": false, "yes": true, "no": false, "on": true, "off": false]
    }
}

extension ValueType where Value == Int {
    static func int(_ bounds: ClosedRange<Int>) -> ValueType {
        let isOne = bounds.count == 1
        let range = isOne ? "\(bounds.lowerBound)" : "a whole number from \(bounds.lowerBound) to \(bounds.upperBound)"
        let name = isOne ? range : "integer, \(bounds.lowerBound) to \(bounds.upperBound)"
        let schema: JSON = [
            "type": "integer", "minimum": JSON(bounds.lowerBound), "maximum": JSON(bounds.upperBound),
        ]
        return scalar(name, schema: schema, encode: { JSON($0) }) {
            scalar throws(InvalidValue) in
            guard let value = Int(scalar.text), bounds.contains(value) else {
                throw InvalidValue("expected \(range), found \(scalar.text.quoted)")
            }
            return value
        }
    }
}

extension ValueType where Value == Double {
    static func number(_ bounds: ClosedRange<Double>) -> ValueType {
        let (low, high) = (JSON(bounds.lowerBound).text, JSON(bounds.upperBound).text)
        let schema: JSON = ["type": "number", "minimum": .number(low), "maximum": .number(high)]
        return scalar("number, \(low) to \(high)", schema: schema, encode: { JSON($0) }) {
            scalar throws(InvalidValue) in
            guard let value = Double(scalar.text), bounds.contains(value) else {
                throw InvalidValue("expected a number from \(low) to \(high), found \(scalar.text.quoted)")
            }
            return value
        }
    }
}

extension ValueType where Value == String {
    /// Any text that is not empty.
    static func text(_ name: String) -> ValueType {
        scalar(name, schema: ["type": "string", "minLength": 1], encode: { .string($0) }) {
            scalar throws(InvalidValue) in
            guard !scalar.text.isEmpty else { throw InvalidValue("is empty: expected \(name)") }
            guard !scalar.text.utf8.contains(0) else { throw InvalidValue("holds a NUL character") }
            return scalar.text
        }
    }

    /// 64 hexadecimal digits.
    static let sha256 = scalar(
        "SHA-256", schema: ["type": "string", "pattern": "^[0-9a-fA-F]{64}$"], encode: { .string($0) }
    ) { scalar throws(InvalidValue) in
        let text = scalar.text.lowercased()
        guard text.utf8.count == 64, text.utf8.allSatisfy({ Characters.isDigit($0) || 0x61...0x66 ~= $0 }) else {
            throw InvalidValue("expected 64 hexadecimal digits, as sha256sum prints them, found \(scalar.text.quoted)")
        }
        return text
    }
}

extension ValueType where Value == Duration {
    static func duration(_ bounds: ClosedRange<Duration> = .milliseconds(1) ... .seconds(604_800)) -> ValueType {
        let schema: JSON = ["type": "string", "format": "duration", "pattern": #"^[0-9]+(\.[0-9]+)?(ms|s|m|h|d)$"#]
        return scalar("duration", schema: schema, encode: { .string($0.configured) }) { scalar throws(InvalidValue) in
            let value = try Duration(configured: scalar.text)
            guard bounds.contains(value) else {
                let range = "\(bounds.lowerBound.configured) to \(bounds.upperBound.configured)"
                throw InvalidValue("expected a duration from \(range), found \(scalar.text.quoted)")
            }
            return value
        }
    }
}

extension ValueType where Value == ByteCount {
    static func bytes(_ bounds: ClosedRange<ByteCount>) -> ValueType {
        let schema: JSON = [
            "type": ["string", "integer"], "pattern": "^[0-9]+ ?(B|KB|MB|GB|KiB|MiB|GiB)?$",
        ]
        return scalar("size", schema: schema, encode: { .string($0.description) }) { scalar throws(InvalidValue) in
            let value = try ByteCount(scalar.text)
            guard bounds.contains(value) else {
                throw InvalidValue(
                    "expected a size from \(bounds.lowerBound) to \(bounds.upperBound), found \(scalar.text.quoted)")
            }
            return value
        }
    }
}

extension ValueType where Value: CaseIterable & RawRepresentable<String> {
    /// One of the cases of an enum.
    static func choice() -> ValueType {
        let names = Value.allCases.map(\.rawValue)
        let schema: JSON = ["type": "string", "enum": .array(names.map { .string($0) })]
        return ValueType(
            names.joined(separator: ", "),
            decode: { node, path, value, problems in
                if case .null = node.value { return }
                guard case .scalar(let scalar) = node.value else {
                    problems.add(
                        path, at: node.position,
                        "expected one of \(names.joined(separator: ", ")), found \(node.kindName)")
                    return
                }
                if scalar.isUnresolved { return }
                if let known = Value(rawValue: scalar.text) {
                    value = known
                } else {
                    problems.add(
                        path, at: node.position,
                        "expected one of \(names.joined(separator: ", ")), found \(scalar.text.quoted)",
                        suggestion: NearestName.of(scalar.text, among: names))
                }
            },
            encode: { .string($0.rawValue) }, schema: { _ in schema })
    }
}

extension ValueType where Value: CustomStringConvertible {
    /// A type with its own grammar, written as its description.
    static func parsed(
        _ name: String, pattern: String? = nil,
        _ parse: @escaping @Sendable (String) throws(InvalidValue) -> Value
    ) -> ValueType {
        var schema = JSONObject([("type", "string")])
        if let pattern { schema["pattern"] = .string(pattern) }
        return scalar(name, schema: .object(schema), encode: { .string($0.description) }) {
            scalar throws(InvalidValue) in try parse(scalar.text)
        }
    }
}

extension ValueType where Value: Identifier {
    static func id(_ name: String) -> ValueType {
        parsed(name, pattern: Value.pattern) { text throws(InvalidValue) in try Value(text) }
    }
}
