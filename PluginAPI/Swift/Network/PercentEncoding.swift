/// Undoing percent-encoding (RFC 3986, section 2.1) for reading, not for sending.
enum PercentEncoding {
    /// How often it may be applied over itself; those who decode twice exist, those who do it nine times do not.
    private static let maxRounds = 8

    /// Decoded until nothing changes. What is no UTF-8 then becomes U+FFFD.
    static func decoded(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return text }
        var bytes = Array(text.utf8)
        for _ in 0..<maxRounds {
            guard let decoded = decodedOnce(bytes) else { break }
            bytes = decoded
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Nil if there is no escape.
    private static func decodedOnce(_ bytes: [UInt8]) -> [UInt8]? {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var at = 0
        while at < bytes.count {
            if bytes[at] == UInt8(ascii: "%"), at + 2 < bytes.count, let high = bytes[at + 1].hexadecimalDigit,
                let low = bytes[at + 2].hexadecimalDigit
            {
                result.append(high << 4 | low)
                at += 3
            } else {
                result.append(bytes[at])
                at += 1
            }
        }
        return result.count == bytes.count ? nil : result
    }
}
