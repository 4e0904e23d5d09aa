import JackfieldJSON

/// Writes JSON as block YAML; lists of words and empty maps in one line.
enum YAMLWriter {
    static func text(_ value: JSON) -> String {
        var text = ""
        Self.write(value, 0, &text)
        return text
    }

    private static func write(_ value: JSON, _ indent: Int, _ text: inout String) {
        let margin = String(repeating: "  ", count: indent)
        switch value {
        case .object(let object) where !object.isEmpty:
            for member in object.members {
                text += "\(margin)\(Self.word(member.key)):"
                if let line = Self.line(member.value) {
                    text += " \(line)\n"
                } else {
                    text += "\n"
                    Self.write(member.value, indent + 1, &text)
                }
            }
        case .array(let items) where Self.line(value) == nil:
            for item in items {
                if let line = Self.line(item) {
                    text += "\(margin)- \(line)\n"
                } else {
                    // The first line of a nested block stands on the dash's own line.
                    var nested = ""
                    Self.write(item, indent + 1, &nested)
                    text += "\(margin)- \(nested.dropFirst(2 * (indent + 1)))"
                }
            }
        default: text += "\(margin)\(Self.line(value) ?? "")\n"
        }
    }

    /// The value in one line, where it fits there.
    private static func line(_ value: JSON) -> String? {
        switch value {
        case .null: return "null"
        case .bool, .number: return value.text
        case .string(let text): return Self.word(text)
        case .array(let items):
            let words = items.map { item in item.array == nil && item.object == nil ? Self.line(item) : nil }
            guard words.allSatisfy({ $0 != nil }) else { return nil }
            let line = "[\(words.compactMap { $0 }.joined(separator: ", "))]"
            return line.utf8.count <= 100 ? line : nil
        case .object(let object): return object.isEmpty ? "{}" : nil
        }
    }

    /// Plain where nothing could be misread, else in double quotes, whose escapes JSON's are a part of.
    private static func word(_ text: String) -> String {
        let isPlain =
            (text.utf8.first.map(Characters.isLetter) ?? false)
            && text.utf8.allSatisfy { Characters.isWord($0) || "-./".utf8.contains($0) }
            && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(text.lowercased())
        return isPlain ? text : JSON.string(text).text
    }
}
