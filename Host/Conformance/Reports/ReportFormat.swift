/// How results are written for machines.
package enum ReportFormat: String, Sendable, CaseIterable {
    case text, json, junit, sarif

    /// The whole report; nil for text, which is written as the checks go on.
    ///
    /// - Parameters:
    ///   - words: the plugin as it was named by the one who asked.
    ///   - version: of this program.
    package func write(_ results: [CheckResult], subject: Subject, words: CommandWords, version: String) -> String? {
        switch self {
        case .text: nil
        case .json: JSONReport.write(results, subject: subject, words: words, version: version)
        case .junit: JUnitReport.write(results, subject: subject, words: words)
        case .sarif: SARIFReport.write(results, subject: subject, words: words, version: version)
        }
    }
}

extension CheckResult {
    /// Seconds with three places.
    var seconds: String {
        let milliseconds = duration / 1_000_000
        let rest = String(milliseconds % 1000)
        return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
    }
}
