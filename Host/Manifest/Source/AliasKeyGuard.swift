/// Refuses, before a text is composed, the one kind of alias bomb that counting nodes comes too late for: aliases that
/// multiply inside a map's key, which the composer hashes as a whole to find duplicates.
///
/// It looks at characters, not tokens, and so may take prose for YAML; hence it speaks only when a text has anchors,
/// enough aliases for an explosion (fewer than 24 make at most some ten thousand values), and what looks like a key that
/// is not a word. A manifest has no use for such keys.
enum AliasKeyGuard {
    static let harmlessAliases = 24

    static func isSuspicious(_ text: String) -> Bool {
        var (anchors, aliases, hasOddKey) = (0, 0, false)
        var bytes = text.utf8[...]
        var previous = UInt8(ascii: "\n")
        while let byte = bytes.popFirst() {
            let next = bytes.first ?? UInt8(ascii: "\n")
            let isTokenStart = isSpace(previous) || "[{,:?-".utf8.contains(previous)
            switch byte {
            case UInt8(ascii: "&") where isTokenStart && isName(next): anchors += 1
            case UInt8(ascii: "*") where isTokenStart && isName(next):
                aliases += 1
                let rest = bytes.drop(while: isName).drop { $0 == 0x20 || $0 == 0x09 }
                hasOddKey = hasOddKey || rest.first == UInt8(ascii: ":")
            case UInt8(ascii: "?") where isTokenStart && isSpace(next): hasOddKey = true
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                hasOddKey = hasOddKey || bytes.drop { $0 == 0x20 || $0 == 0x09 }.first == UInt8(ascii: ":")
            default: break
            }
            previous = byte
        }
        return anchors >= 2 && aliases > harmlessAliases && hasOddKey
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }
    private static func isName(_ byte: UInt8) -> Bool { Characters.isWord(byte) || byte == 0x2D }
}
