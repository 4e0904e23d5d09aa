/// Names of tools as language models are told them: `^[A-Za-z0-9_-]{1,64}$`, which the servers of OpenAI, Anthropic and
/// Bedrock allow. They know no slash, so INSTANCE/TOOL becomes INSTANCE__TOOL; what is longer is cut and gets a hash of the
/// whole name, so that the same tool has the same alias wherever it stands in the manifest.
enum ToolAlias {
    static let longest = 64

    /// - Parameter isTaken: whether another tool has an alias already.
    static func make(instance: String, tool: String, isTaken: (String) -> Bool) -> String {
        let whole = "\(instance)__\(tool)"
        if whole.utf8.count <= longest, !isTaken(whole) { return whole }
        var salt = 0
        while true {
            let hash = Self.hash("\(instance)/\(tool)", salt)
            let alias = String(decoding: whole.utf8.prefix(longest - hash.utf8.count - 1), as: UTF8.self) + "_" + hash
            if !isTaken(alias) { return alias }
            salt += 1
        }
    }

    /// Eight hexadecimal digits: FNV-1a (Fowler, Noll, Vo), 32 bits. It keeps names apart; it protects nothing.
    private static func hash(_ name: String, _ salt: Int) -> String {
        var hash: UInt32 = 0x811c_9dc5
        for byte in (salt == 0 ? name : "\(name)#\(salt)").utf8 { hash = (hash ^ UInt32(byte)) &* 0x0100_0193 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 8 - digits.utf8.count) + digits
    }
}
