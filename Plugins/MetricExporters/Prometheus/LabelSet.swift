import JackfieldVocabulary

/// The labels of a sample in the form in which both formats write them: `a="1",b="2"`, without braces.
enum LabelSet {
    static func text(_ labels: [Exporter.Label], _ kind: Exporter.Kind) -> String {
        var pairs: [(name: String, value: String)] = []
        for label in labels {
            var name = NameText.label(label.name)
            // The bound of a bucket is the format's own.
            if kind == .histogram, name == "le" { name = "exported_le" }
            // Two names that have become one: OpenTelemetry joins their values.
            if let at = pairs.firstIndex(where: { $0.name == name }) {
                pairs[at].value += ";" + label.value
            } else {
                pairs.append((name, label.value))
            }
        }
        return pairs.map { "\($0.name)=\"\(escaped($0.value, quotes: true))\"" }.joined(separator: ",")
    }

    /// Backslashes and line feeds, and quotes where the text stands between quotes.
    static func escaped(_ text: String, quotes: Bool) -> String {
        func isSpecial(_ byte: UInt8) -> Bool {
            byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "\n") || (quotes && byte == UInt8(ascii: "\""))
        }
        guard text.utf8.contains(where: isSpecial) else { return text }
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if isSpecial(byte) { bytes.append(UInt8(ascii: "\\")) }
            bytes.append(byte == UInt8(ascii: "\n") ? UInt8(ascii: "n") : byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
