import Logging

// swift-log's metadata as flat fields: dictionaries become `outer.inner`, arrays stay JSON arrays.
extension LogLine {
    /// Names that a line has already; metadata of that name gets `field_` before it.
    private static let taken: Set<String> = ["time", "level", "message", "logger"]

    /// Sorted by name, so that the same line is always the same text.
    mutating func fields(_ metadata: Logger.Metadata, _ format: LogFormat, within outer: String = "") {
        for (name, value) in metadata.sorted(by: { $0.key < $1.key }) {
            var path = outer.isEmpty ? name : "\(outer).\(name)"
            if Self.taken.contains(path) { path = "field_\(path)" }
            if case .dictionary(let inner) = value, !SensitiveField.contains(path) {
                fields(inner, format, within: path)
            } else {
                field(path, Self.value(of: value, named: path), format)
            }
        }
    }

    private static func value(of value: Logger.MetadataValue, named name: String) -> LogValue {
        if SensitiveField.contains(name) { return .redacted }
        switch value {
        case .string(let text): return .text(text)
        case .stringConvertible(let value):
            switch value {
            case is any Redacted: return .redacted
            case let number as Int: return .int(number)
            case let number as any FixedWidthInteger:
                return Int(exactly: number).map(LogValue.int) ?? .json(Array(number.description.utf8))
            case let number as Double: return .double(number)
            case let value as Bool: return .bool(value)
            default: return .text(value.description)
            }
        case .array(let elements):
            var line = LogLine()
            line.byte("[")
            for (place, element) in elements.enumerated() {
                if place > 0 { line.byte(",") }
                line.json(Self.value(of: element, named: ""))
            }
            line.byte("]")
            return .json(line.bytes)
        case .dictionary(let members):
            var line = LogLine()
            line.byte("{")
            for (place, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
                if place > 0 { line.byte(",") }
                line.quoted(member.key)
                line.byte(":")
                line.json(Self.value(of: member.value, named: member.key))
            }
            line.byte("}")
            return .json(line.bytes)
        }
    }
}
