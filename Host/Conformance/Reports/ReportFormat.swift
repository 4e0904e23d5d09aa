/// How results are written for machines.
package enum ReportFormat: String, Sendable, CaseIterable {
    case text, json, junit, sarif

    /// The whole report; nil for text, which is written as the checks go on.
    ///
    /// - Parameters:
    ///   - file: the plugin as it was named by the one who asked.
    ///   - version: of this program.
    package func write(_ results: [CheckResult], subject: Subject, file: String, version: String) -> String? {
        switch self {
        case .text: nil
        case .json: JSONReport.write(results, subject: subject, file: file, version: version)
        case .junit: JUnitReport.write(results, subject: subject, file: file)
        case .sarif: SARIFReport.write(results, subject: subject, file: file, version: version)
        }
    }
}

extension CheckResult {
    /// The command that makes the same again.
    package func again(file: String) -> String {
        // What was found by the fuzzer is found again by the round's own seed, whatever went before it.
        if let round = FuzzCampaign.round(of: self) { return "jackfield plugin check \(file) --fuzz-seed \(round)" }
        return "jackfield plugin check \(file) --only \(check.id) --seed \(seed)"
    }

    /// Seconds with three places.
    var seconds: String {
        let milliseconds = duration / 1_000_000
        let rest = String(milliseconds % 1000)
        return "\(milliseconds / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
    }
}
