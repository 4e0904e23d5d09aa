/// The classes of ASCII characters that names are made of.
enum Characters {
    static func isDigit(_ byte: UInt8) -> Bool { 0x30...0x39 ~= byte }
    static func isLowerOrDigit(_ byte: UInt8) -> Bool { 0x61...0x7A ~= byte || isDigit(byte) }
    static func isLetter(_ byte: UInt8) -> Bool { 0x61...0x7A ~= byte || 0x41...0x5A ~= byte }
    /// A letter, a digit or an underscore.
    static func isWord(_ byte: UInt8) -> Bool { isLetter(byte) || isDigit(byte) || byte == 0x5F }

    /// A label as in a host name (RFC 1123), lower case only: so that an id can stand in a path, a file name and a metric.
    static func isLabel(_ text: Substring) -> Bool {
        1...63 ~= text.utf8.count && text.utf8.first != 0x2D && text.utf8.last != 0x2D
            && text.utf8.allSatisfy { isLowerOrDigit($0) || $0 == 0x2D }
    }

    /// The name of an environment variable.
    static func isVariable(_ text: some StringProtocol) -> Bool {
        guard let first = text.utf8.first, text.utf8.count <= 128 else { return false }
        return !isDigit(first) && text.utf8.allSatisfy(isWord)
    }
}

extension Characters {
    static func isLabel(_ text: String) -> Bool { isLabel(text[...]) }
}
