import JackfieldJSON

/// The report as JSON: counts, and one object for each check.
enum JSONReport {
    static func write(_ results: [CheckResult], subject: Subject, words: CommandWords, version: String) -> String {
        let checks = results.map { result -> JSON in
            var object: JSONObject = [
                "id": .string(result.check.id), "group": .string(result.check.group.rawValue),
                "sentence": .string(result.check.sentence), "verdict": .string(result.verdict.rawValue),
                "seconds": .number(result.seconds),
            ]
            if !result.sentence.isEmpty { object["found"] = .string(result.sentence) }
            if !result.evidence.isEmpty { object["evidence"] = .array(result.evidence.map { .string($0) }) }
            if !result.figures.isEmpty {
                object["figures"] = .object(JSONObject(result.figures.map { ($0.name, .string($0.value)) }))
            }
            if result.verdict == .failed {
                object["page"] = .string("docs/checks/\(result.check.id).md")
                object["again"] = .string(words.again(result))
            }
            return .object(object)
        }
        func count(_ verdict: CheckResult.Verdict) -> JSON { JSON(results.count { $0.verdict == verdict }) }
        let report: JSON = [
            "jackfield": .string(version), "plugin": .string(subject.id), "version": .string(subject.version),
            "file": .string(words.file), "seed": .string(String(results.first?.seed ?? 0)), "passed": count(.passed),
            "failed": count(.failed), "skipped": count(.skipped), "checks": .array(checks),
        ]
        return report.text + "\n"
    }
}
