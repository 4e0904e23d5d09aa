/// The escapes that a URL in a text may be written in: those of HTML, of JSON and JavaScript strings, and of URLs.
enum Escapes {
    /// Character references of HTML, and `\/`, `\u002f` and `\x2f`.
    static func ofMarkup(_ text: DecodedText) -> DecodedText {
        text.undoing({ $0 == UInt8(ascii: "&") || $0 == UInt8(ascii: "\\") }) { bytes, at in
            bytes[at] == UInt8(ascii: "&") ? reference(bytes, at) : backslash(bytes, at)
        }
    }

    /// Percent-encoding, also applied over itself: `%253a` is a colon at once.
    static func ofURLs(_ text: DecodedText) -> DecodedText {
        text.undoing({ $0 == UInt8(ascii: "%") }) { bytes, at in
            var digits = at + 1
            while digits + 3 < bytes.count, bytes[digits] == 0x32, bytes[digits + 1] == 0x35,
                hexadecimal(bytes, digits + 2, count: 2) != nil
            {
                digits += 2
            }
            guard let value = hexadecimal(bytes, digits, count: 2) else { return nil }
            return (digits + 2 - at, [UInt8(truncatingIfNeeded: value)])
        }
    }

    private static func reference(_ bytes: [UInt8], _ at: Int) -> (length: Int, bytes: [UInt8])? {
        // `&amp;#58;` is a reference to those who read it twice.
        var start = at + 1
        while has(bytes, "amp;", start) { start += 4 }
        if start < bytes.count, bytes[start] == UInt8(ascii: "#") {
            if let (end, value) = number(bytes, start + 1) { return (end - at, written(value)) }
        } else {
            for (name, value) in names where has(bytes, name, start) {
                return (start + name.utf8CodeUnitCount - at, written(UInt32(value)))
            }
        }
        return start > at + 1 ? (start - at, [UInt8(ascii: "&")]) : nil
    }

    /// The number of a reference and where it ends. Browsers do without the semicolon.
    private static func number(_ bytes: [UInt8], _ start: Int) -> (end: Int, value: UInt32)? {
        var at = start
        var radix: UInt32 = 10
        if at < bytes.count, bytes[at] | 0x20 == UInt8(ascii: "x") {
            radix = 16
            at += 1
        }
        var value: UInt32 = 0
        let first = at
        while at < bytes.count, at - first < 16, let digit = digit(bytes[at]), digit < radix {
            value = value &* radix &+ digit
            guard value <= 0x10FFFF else { return nil }
            at += 1
        }
        guard at > first else { return nil }
        return (at < bytes.count && bytes[at] == UInt8(ascii: ";") ? at + 1 : at, value)
    }

    private static func backslash(_ bytes: [UInt8], _ at: Int) -> (length: Int, bytes: [UInt8])? {
        guard at + 1 < bytes.count else { return nil }
        switch bytes[at + 1] {
        case UInt8(ascii: "/"): return (2, [UInt8(ascii: "/")])
        case UInt8(ascii: "u"): return hexadecimal(bytes, at + 2, count: 4).map { (6, written($0)) }
        case UInt8(ascii: "x"): return hexadecimal(bytes, at + 2, count: 2).map { (4, written($0)) }
        default: return nil
        }
    }

    /// In UTF-8. Tabs and line ends are nothing within a URL.
    private static func written(_ value: UInt32) -> [UInt8] {
        if value == 0x09 || value == 0x0A || value == 0x0D { return [] }
        return Unicode.Scalar(value).map { Array(String($0).utf8) } ?? [UInt8(ascii: "?")]
    }

    private static func has(_ bytes: [UInt8], _ literal: StaticString, _ start: Int) -> Bool {
        guard start + literal.utf8CodeUnitCount <= bytes.count else { return false }
        return (0..<literal.utf8CodeUnitCount).allSatisfy { bytes[start + $0] == literal.utf8Start[$0] }
    }

    private static func hexadecimal(_ bytes: [UInt8], _ start: Int, count: Int) -> UInt32? {
        guard start + count <= bytes.count else { return nil }
        var value: UInt32 = 0
        for byte in bytes[start..<start + count] {
            guard let digit = digit(byte) else { return nil }
            value = value << 4 | digit
        }
        return value
    }

    private static func digit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case 0x30...0x39: UInt32(byte - 0x30)
        case 0x41...0x46: UInt32(byte - 0x37)
        case 0x61...0x66: UInt32(byte - 0x57)
        default: nil
        }
    }

    /// The named references of HTML for what a URL is made of.
    private static let names: [(StaticString, UInt8)] = [
        ("colon;", 0x3A), ("sol;", 0x2F), ("bsol;", 0x5C), ("period;", 0x2E), ("commat;", 0x40), ("num;", 0x23),
        ("quest;", 0x3F), ("lsqb;", 0x5B), ("lbrack;", 0x5B), ("rsqb;", 0x5D), ("rbrack;", 0x5D), ("percnt;", 0x25),
        ("equals;", 0x3D), ("lpar;", 0x28), ("rpar;", 0x29), ("quot;", 0x22), ("apos;", 0x27), ("lt;", 0x3C),
        ("gt;", 0x3E), ("Tab;", 0x09), ("NewLine;", 0x0A),
    ]
}
