/// One mistake in a manifest: where, what, and what would be right.
package struct ManifestProblem: Error, Sendable, Hashable, CustomStringConvertible {
    package let position: SourcePosition
    /// `plugins.openai.isolation`; empty for the manifest as a whole.
    package let path: String
    /// A half sentence.
    package let message: String
    /// A known name near to the one that was written.
    package let suggestion: String?

    package init(at position: SourcePosition, path: String, _ message: String, suggestion: String? = nil) {
        self.position = position
        self.path = path
        self.message = message
        self.suggestion = suggestion
    }

    package var file: String { self.position.file }
    package var line: Int { self.position.line }
    package var column: Int { self.position.column }

    /// `jackfield.yaml:12:5: plugins.openai.isolaton: unknown key; did you mean "isolation"?`
    package var description: String {
        let path = self.path.isEmpty ? "" : "\(self.path): "
        let suggestion = self.suggestion.map { "; did you mean \"\($0)\"?" } ?? ""
        return "\(self.position): \(path)\(self.message)\(suggestion)"
    }
}

/// All mistakes of a manifest, in the order of their places. Exit code 78.
package struct ManifestProblems: Error, Sendable, Hashable, CustomStringConvertible {
    /// At least one.
    package let problems: [ManifestProblem]

    package init(_ problems: [ManifestProblem]) { self.problems = problems }

    /// One line each.
    package var description: String { self.problems.map(\.description).joined(separator: "\n") }
}
