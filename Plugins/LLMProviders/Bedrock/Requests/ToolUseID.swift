/// The id of a tool call as Converse takes it: 1 to 64 of A-Z, a-z, 0-9, "_" and "-" (ToolUseBlock). Calls that another
/// provider made may be called otherwise; call and result are renamed alike.
enum ToolUseID {
    static func fitting(_ id: String) -> String {
        let isFit = id.utf8.allSatisfy(isAllowed)
        if isFit, (1...64).contains(id.utf8.count) { return id }
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
