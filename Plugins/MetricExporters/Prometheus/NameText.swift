/// Names that both formats allow.
enum NameText {
    /// A metric's name, `[a-zA-Z_:][a-zA-Z0-9_:]*`: every run of other characters becomes one underscore.
    static func metric(_ text: String) -> String {
        let name = cleaned(text, allowing: [UInt8(ascii: ":")])
        return startsWithDigit(name) ? "_" + name : name
    }

    /// A label's name, `[a-zA-Z_][a-zA-Z0-9_]*`. Names that begin with two underscores are Prometheus' own.
    static func label(_ text: String) -> String {
        let name = cleaned(text, allowing: [])
        return startsWithDigit(name) ? "key_" + name : name
    }

    private static func cleaned(_ text: String, allowing others: [UInt8]) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            let kept = byte.isWordCharacter || others.contains(byte) ? byte : UInt8(ascii: "_")
            if kept == UInt8(ascii: "_"), bytes.last == kept { continue }
            bytes.append(kept)
        }
        return bytes.isEmpty ? "_" : String(decoding: bytes, as: UTF8.self)
    }

    private static func startsWithDigit(_ name: String) -> Bool { (0x30...0x39).contains(name.utf8.first ?? 0) }
}

extension UInt8 {
    /// An ASCII letter or digit, or an underscore.
    var isWordCharacter: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, UInt8(ascii: "_"): true
        default: false
        }
    }
}
