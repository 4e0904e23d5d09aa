/// The field's grammar is a list of `token`, `token=token` and `token="quoted string"` (RFC 9111, section 5.2). The
/// reading is tolerant: what is not known is passed over, and names may be in any case. A time that is no number counts
/// as 0 where that is the careful reading.
extension CacheDirectives {
    /// - Parameter text: The value of `Cache-Control`; several fields joined by commas.
    package init(parsing text: some StringProtocol) {
        self.init()
        var rest = text.utf8[...]
        while !rest.isEmpty {
            let name = Self.word(&rest) { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: ",") }
            var value: String?
            if rest.first == UInt8(ascii: "=") {
                rest = rest.dropFirst()
                value = Self.value(&rest)
            }
            // To the next directive, over what does not belong there.
            _ = Self.word(&rest) { $0 == UInt8(ascii: ",") }
            rest = rest.dropFirst()
            take(name, value)
        }
    }

    private mutating func take(_ name: String, _ value: String?) {
        switch name {
        case "no-cache": noCache = true
        case "no-store": noStore = true
        case "only-if-cached": onlyIfCached = true
        // Said twice, the stricter one counts. An unreadable age asks for something fresh.
        case "max-age": maxAge = min(maxAge ?? Self.longest, Self.seconds(value) ?? .zero)
        case "min-fresh":
            if let seconds = Self.seconds(value) { minFresh = max(minFresh ?? .zero, seconds) }
        default: break
        }
    }

    /// What a number too large to hold stands for: 2^31 seconds (RFC 9111, section 1.2.2).
    private static let longest: Duration = .seconds(1 << 31)

    private static func seconds(_ value: String?) -> Duration? {
        guard let value, !value.isEmpty, value.utf8.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
        return Int64(value).map { min(.seconds($0), longest) } ?? longest
    }

    /// Up to an end that is not taken, without space around it, in small letters.
    private static func word<Bytes: Swift.Collection<UInt8>>(
        _ rest: inout Bytes, until isEnd: (UInt8) -> Bool
    ) -> String where Bytes.SubSequence == Bytes {
        let end = rest.firstIndex(where: isEnd) ?? rest.endIndex
        let bytes = Array(rest[..<end])
        rest = rest[end...]
        let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 }
        let from = bytes.firstIndex { !isSpace($0) } ?? bytes.endIndex
        let to = bytes.lastIndex { !isSpace($0) } ?? from
        guard from < bytes.endIndex else { return "" }
        return String(decoding: bytes[from...to].map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 }, as: UTF8.self)
    }

    private static func value<Bytes: Swift.Collection<UInt8>>(_ rest: inout Bytes) -> String
    where Bytes.SubSequence == Bytes {
        var spaces = rest
        while spaces.first == 0x20 || spaces.first == 0x09 { spaces = spaces.dropFirst() }
        guard spaces.first == UInt8(ascii: "\"") else { return word(&rest) { $0 == UInt8(ascii: ",") } }
        rest = spaces.dropFirst()
        var bytes: [UInt8] = []
        while let byte = rest.first {
            rest = rest.dropFirst()
            if byte == UInt8(ascii: "\"") { break }
            if byte == UInt8(ascii: "\\"), let escaped = rest.first {
                rest = rest.dropFirst()
                bytes.append(escaped)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
