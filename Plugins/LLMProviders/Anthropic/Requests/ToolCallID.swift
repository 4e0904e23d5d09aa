/// Ids of tool calls, as Anthropic takes them.
enum ToolCallID {
    /// The id with every character replaced that Anthropic does not take: calls of other providers may be in the
    /// history.
    static func safe(_ id: String) -> String {
        let isGood: (UInt8) -> Bool = { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, UInt8(ascii: "_"), UInt8(ascii: "-"): true
            default: false
            }
        }
        if id.utf8.allSatisfy(isGood) { return id }
        let good = id.utf8.map { isGood($0) ? $0 : UInt8(ascii: "_") }
        return String(decoding: good, as: UTF8.self)
    }
}
