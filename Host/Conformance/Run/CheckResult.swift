package import JackfieldJSON

/// What came of one check.
package struct CheckResult: Sendable {
    package enum Verdict: String, Sendable {
        case passed, failed, skipped
    }

    package var check: Check
    package var seed: UInt64
    package var verdict: Verdict
    /// What was seen, or why it was skipped; empty when passed.
    package var sentence = ""
    package var evidence: [String] = []
    package var figures: [(name: String, value: String)] = []
    /// Nanoseconds of wall time, the start of the process included.
    package var duration: Int64 = 0

    /// Of the fuzzer: the rounds that were asked for, or that bring about again what was found.
    package var rounds: FuzzRounds?
    /// The plugin did not come back from a step with which nearly every check begins, so that others were not tried.
    package var endsAll = false

    /// Its process was ended since it took longer than a check may.
    package var isTooLate = false

    package init(check: Check, seed: UInt64, verdict: Verdict) {
        self.check = check
        self.seed = seed
        self.verdict = verdict
    }

    /// As the child says it: the last line on descriptor 3.
    mutating func take(_ json: JSON) {
        verdict = json["verdict"]?.string.flatMap(Verdict.init(rawValue:)) ?? .failed
        sentence = json["sentence"]?.string ?? ""
        evidence = json["evidence"]?.array?.compactMap(\.string) ?? []
        figures = json["figures"]?.object?.members.map { (name: $0.key, value: $0.value.string ?? "") } ?? []
    }

    /// It was not tried, because of what came of another one.
    mutating func skip(after obstacle: CheckResult) {
        verdict = .skipped
        sentence = "not tried after \(obstacle.check.id): \(obstacle.sentence)"
    }

    /// What comes from the plugin may hold what a terminal obeys.
    mutating func makePrintable() {
        func printable(_ text: String) -> String {
            String(
                String.UnicodeScalarView(
                    text.unicodeScalars.map { scalar in
                        scalar.properties.generalCategory == .control && scalar != "\t" ? "\u{FFFD}" : scalar
                    }))
        }
        sentence = printable(sentence)
        evidence = evidence.map(printable)
        figures = figures.map { (name: printable($0.name), value: printable($0.value)) }
    }

    static func json(
        _ verdict: Verdict, _ sentence: String, _ evidence: [String], _ figures: [(name: String, value: String)]
    ) -> JSON {
        [
            "verdict": .string(verdict.rawValue), "sentence": .string(sentence),
            "evidence": .array(evidence.map { .string($0) }),
            "figures": .object(JSONObject(figures.map { ($0.name, .string($0.value)) })),
        ]
    }
}
