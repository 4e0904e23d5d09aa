package import JackfieldVocabulary

/// Where an upstream's API begins: "https://api.openai.com/v1". A query is kept for every request, since some gateways
/// want their API version there.
package struct BaseURL: Sendable, Equatable {
    /// Without a slash at the end.
    private let root: String
    /// With its question mark, or empty.
    private let query: String

    /// - Throws: `invalidArgument` if this is not an absolute http or https URL.
    package init(_ text: String) throws(CallError) {
        let text = text.withoutSpaceAround
        let wanted = "it must be an absolute http or https URL such as https://api.openai.com/v1"
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
        // Copied from documentation as often as not.
        if root.hasSuffix("/chat/completions") { root.removeLast("/chat/completions".count) }
        self.root = root
        query = parts.count == 2 ? "?" + parts[1] : ""
    }

    /// The URL of a path that begins with a slash.
    package func url(_ path: String) -> String { root + path + query }
}
