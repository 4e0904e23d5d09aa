package import JackfieldVocabulary

/// Gathers all that is wrong with a configuration, so that an operator mends it in one go.
package struct ConfigProblems {
    package private(set) var sentences: [String] = []
    /// More than this is one mistake seen many times.
    private static let most = 50

    package init() {}

    package mutating func add(_ path: String, _ sentence: String) {
        sentences.append("\(path): \(sentence)")
    }

    /// - Throws: `invalidArgument` with every problem, one a line, if there is one.
    package func check() throws(CallError) {
        guard !sentences.isEmpty else { return }
        var shown = sentences.prefix(Self.most).joined(separator: "\n")
        if sentences.count > Self.most { shown += "\nand \(sentences.count - Self.most) more" }
        throw CallError(.invalidArgument, shown)
    }
}
