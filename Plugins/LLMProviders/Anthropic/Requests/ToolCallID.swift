/// Ids of tool calls, as Anthropic takes them: one or more of A-Z, a-z, 0-9, "_" and "-" (Messages API, `tool_use.id`).
enum ToolCallID {
    /// The id, or one in its place where it has other characters: calls of other providers may be in the history. Call and
    /// result are renamed alike.
    static func safe(_ id: String) -> String {
        if !id.isEmpty, id.utf8.allSatisfy(isAllowed) { return id }
        // FNV-1a, so that two ids that differ only in what is lost here stay two.
        let hash = id.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
        let start = id.utf8.prefix(40).map { isAllowed($0) ? $0 : UInt8(ascii: "_") }
        return String(decoding: start, as: UTF8.self) + "_" + String(hash, radix: 16)
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, UInt8(ascii: "_"), UInt8(ascii: "-"): true
        default: false
        }
    }
}
