/// Makes names that come from outside fit for keys of the store.
enum StoreText {
    /// The longest part that is kept as it is, in bytes of UTF-8. Together with all prefixes it stays below the store's
    /// limit for a key.
    static let limit = 200

    /// The text itself, if the store can take it; otherwise its beginning and a digest. Two texts that were made to
    /// have one digest are counted as one, which whoever names himself freely can have more easily by giving one name
    /// twice.
    static func name(_ text: String) -> String {
        let isPlain = text.utf8.count <= limit && text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }
        if isPlain { return text }
        let head = String.UnicodeScalarView(
            text.unicodeScalars.prefix(32).map { $0.value < 0x20 || $0.value == 0x7F ? "?" : $0 })
        return "\(String(head))~\(digest(text))"
    }

    /// The text itself unless it is too long to keep many of its kind in memory.
    static func short(_ text: String) -> String { text.utf8.count <= limit ? text : name(text) }

    /// 32 hexadecimal digits: FNV-1a twice, of the bytes and of the bytes from the end.
    static func digest(_ text: String) -> String {
        hex(fnv(text.utf8)) + hex(fnv(text.utf8.reversed()))
    }

    private static func fnv(_ bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    }

    private static func hex(_ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}
