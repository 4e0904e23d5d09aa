/// The report for people: grouped, one line for each check, and for one that failed what was seen and how to see it again.
package struct TextReport {
    private let words: CommandWords
    private let isColoured: Bool
    private var group: CheckGroup?

    package init(words: CommandWords, isColoured: Bool) {
        self.words = words
        self.isColoured = isColoured
    }

    private func styled(_ text: String, _ style: String) -> String {
        isColoured ? "\u{1b}[\(style)m\(text)\u{1b}[0m" : text
    }

    /// The lines of one result.
    package mutating func lines(_ result: CheckResult) -> String {
        var text = ""
        if result.check.group != group {
            group = result.check.group
            text += "\(styled(result.check.group.title, "1"))\n"
        }
        let mark =
            switch result.verdict {
            case .passed: styled("pass", "32")
            case .failed: styled("FAIL", "31")
            case .skipped: styled("skip", "2")
            }
        text += "  \(mark)  \(result.check.id)"
        for figure in result.figures { text += styled("  \(figure.name) \(figure.value)", "2") }
        switch result.verdict {
        case .passed: text += "\n"
        case .skipped: text += styled("  (\(result.sentence))", "2") + "\n"
        case .failed:
            text += "\n        \(result.check.sentence)\n        But: \(result.sentence)\n"
            for line in result.evidence { text += "          \(line)\n" }
            text += "        More: jackfield plugin check --page \(result.check.id)\n"
            text += "        Again: \(words.again(result))\n"
        }
        return text
    }

    /// The last line.
    package func summary(_ results: [CheckResult], seconds: Double) -> String {
        let failed = results.count { $0.verdict == .failed }
        let skipped = results.count { $0.verdict == .skipped }
        let time = Double((seconds * 10).rounded()) / 10
        let counts = "\(results.count - failed - skipped) passed, \(failed) failed, \(skipped) skipped, in \(time) s"
        return styled(counts, failed > 0 ? "31" : "32") + "\n"
    }
}
