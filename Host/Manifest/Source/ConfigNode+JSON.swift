import JackfieldJSON

extension ConfigNode {
    enum SecretView { case redacted, complete }

    /// The value as JSON. Plain scalars mean what YAML 1.2's core schema says; quoted ones and secrets are strings.
    func json(_ view: SecretView) -> JSON {
        switch self.value {
        case .null: .null
        case .sequence(let items): .array(items.map { $0.json(view) })
        case .mapping(let entries): .object(JSONObject(entries.map { ($0.key, $0.value.json(view)) }))
        case .scalar(let scalar):
            if let complete = scalar.complete {
                .string(view == .complete ? complete.reveal() : scalar.text)
            } else {
                scalar.isQuoted ? .string(scalar.text) : Self.plain(scalar.text)
            }
        }
    }

    private static func plain(_ text: String) -> JSON {
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .bool(true)
        case "false", "False", "FALSE": return .bool(false)
        default: break
        }
        guard let first = text.utf8.first, Characters.isDigit(first) || "+-.".utf8.contains(first) else {
            return .string(text)
        }
        if text.hasPrefix("0x") { return Int(text.dropFirst(2), radix: 16).map { JSON($0) } ?? .string(text) }
        if text.hasPrefix("0o") { return Int(text.dropFirst(2), radix: 8).map { JSON($0) } ?? .string(text) }
        guard text.utf8.allSatisfy({ Characters.isDigit($0) || "+-.eE".utf8.contains($0) }) else {
            return .string(text)
        }
        if let whole = Int(text) { return JSON(whole) }
        // Numbers that JSON writes the same way keep their digits; `.5` and `+1.0` are YAML's own.
        if (try? JSON(parsing: text)) != nil { return .number(text) }
        return Double(text).map { JSON($0) } ?? .string(text)
    }
}
