/// Gathers what is wrong, so that the operator sees all of it at once.
struct ProblemCollector {
    private(set) var problems: [ManifestProblem] = []

    mutating func add(
        _ path: ConfigPath, at position: SourcePosition, _ message: String, suggestion: String? = nil
    ) {
        self.problems.append(
            ManifestProblem(at: position, path: path.description, message, suggestion: suggestion))
    }

    /// The problems in reading order: by file as first met, then line and column; each once.
    func sorted() -> [ManifestProblem] {
        var files: [String: Int] = [:]
        for problem in self.problems where files[problem.file] == nil { files[problem.file] = files.count }
        var seen: Set<ManifestProblem> = []
        return self.problems.enumerated()
            .filter { seen.insert($0.element).inserted }
            .sorted {
                (files[$0.element.file]!, $0.element.line, $0.element.column, $0.offset)
                    < (files[$1.element.file]!, $1.element.line, $1.element.column, $1.offset)
            }
            .map(\.element)
    }
}
