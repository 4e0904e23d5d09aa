/// Names of tools as language models are told them: `^[A-Za-z0-9_-]{1,64}$`, which the servers of OpenAI, Anthropic and
/// Bedrock allow. They know no slash, so INSTANCE/TOOL becomes INSTANCE__TOOL. What is longer, and what two tools would
/// both be called, is cut and gets a hash of the whole name, so that a tool has the same alias wherever it stands in the
/// manifest.
enum ToolAlias {
    static let longest = 64

    /// One for each tool, in their order, all of them different.
    static func make(_ tools: [(instance: String, tool: String)]) -> [String] {
        let plain = tools.map { "\($0.instance)__\($0.tool)" }
        let uses = Dictionary(plain.map { ($0, 1) }, uniquingKeysWith: +)
        var taken = Set(uses.keys)
        return zip(tools, plain).map { tool, plain in
            if plain.utf8.count <= longest, uses[plain] == 1 { return plain }
            for salt in 0... {
                let hash = hash("\(tool.instance)/\(tool.tool)", salt)
                let alias =
                    String(decoding: plain.utf8.prefix(longest - hash.utf8.count - 1), as: UTF8.self) + "_" + hash
                if taken.insert(alias).inserted { return alias }
            }
            preconditionFailure("the numbers have run out")
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
