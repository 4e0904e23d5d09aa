/// A set of ASCII bytes: two words, so that asking costs a shift.
struct ByteSet: Sendable {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    init(_ characters: String) {
        for byte in characters.utf8 where byte < 128 {
            if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte - 64) }
        }
    }

    subscript(byte: UInt8) -> Bool {
        byte < 64 ? low >> UInt64(byte) & 1 == 1 : byte < 128 && high >> UInt64(byte - 64) & 1 == 1
    }

    func union(_ other: ByteSet) -> ByteSet {
        var union = self
        union.low |= other.low
        union.high |= other.high
        return union
    }

    static let digits = ByteSet("0123456789")
    static let upper = ByteSet("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    static let lower = ByteSet("abcdefghijklmnopqrstuvwxyz")
    static let letters = upper.union(lower)
    static let alphanumerics = letters.union(digits)
    static let upperAlphanumerics = upper.union(digits)
    static let lowerHex = ByteSet("0123456789abcdef")
    static let hex = ByteSet("0123456789abcdefABCDEF")
    static let hyphen = ByteSet("-")
    static let dot = ByteSet(".")
    static let slash = ByteSet("/")
    static let equals = ByteSet("=")
    /// Letters, digits and the underscore.
    static let word = alphanumerics.union(ByteSet("_"))
    /// The alphabet of base64url (RFC 4648, section 5).
    static let urlSafe = word.union(hyphen)
    /// The alphabet of base64 with its padding (RFC 4648, section 4).
    static let base64 = alphanumerics.union(ByteSet("+/="))
    /// `token68` of RFC 9110, section 11.2.
    static let token68 = alphanumerics.union(ByteSet("-._~+/="))
    static let blanks = ByteSet(" \t")
    static let space = ByteSet(" \t\r\n")
    static let quotes = ByteSet("\"'`")
    /// What a secret or the name before it may hold without a break. Text may be cut after anything else.
    static let unbroken = alphanumerics.union(ByteSet("_-+.~/=%:@$&\\"))
}
