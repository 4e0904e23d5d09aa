public import JackfieldVocabulary

/// Where an upstream's API begins: "https://api.openai.com/v1". A query is kept for every request, since some gateways
/// want their API version there.
public struct BaseURL: Sendable, Equatable {
    /// Without a slash at the end.
    private let root: String
    /// With its question mark, or empty.
    private let query: String
    /// The name or address, in lower case, without the port.
    public let host: String

    /// - Parameters:
    ///   - example: what an error shows as right.
    ///   - endings: paths that people copy from documentation along with the base: "/chat/completions". Taken off.
    /// - Throws: `invalidArgument` if this is not an absolute http or https URL.
    public init(
        _ text: String, example: String = "https://api.openai.com/v1", without endings: [String] = []
    ) throws(CallError) {
        let text = text.withoutSpaceAround
        let wanted = "it must be an absolute http or https URL such as \(example)"
        guard let scheme = ["https://", "http://"].first(where: { text.lowercased().hasPrefix($0) }) else {
            throw .config("base_url is \"\(text)\"; \(wanted)")
        }
        let parts = text.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let authority = parts[0].dropFirst(scheme.count).prefix { $0 != "/" }
        guard !authority.contains("@") else {
            throw .config("base_url holds a user or password; put keys into api_key or headers instead")
        }
        guard !authority.isEmpty, !authority.hasPrefix(":"), !text.contains("#"),
            text.utf8.allSatisfy({ (0x21...0x7e).contains($0) })
        else { throw .config("base_url is \"\(text)\"; \(wanted), without spaces and without a fragment") }
        var root = String(parts[0])
        while root.hasSuffix("/") { root.removeLast() }
        if let ending = endings.first(where: { root.hasSuffix($0) }) { root.removeLast(ending.count) }
        self.root = root
        let isBracketed = authority.hasPrefix("[")
        host = String(isBracketed ? authority.prefix { $0 != "]" } + "]" : authority.prefix { $0 != ":" }).lowercased()
        query = parts.count == 2 ? "?" + parts[1] : ""
    }

    /// The URL of a path that begins with a slash.
    public func url(_ path: String) -> String { root + path + query }
}
