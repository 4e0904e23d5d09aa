package import JackfieldVocabulary

/// The answer in plain words, for when no language model gives one.
package struct WordedAnswer: Sendable {
    let findings: [Agent.Finding]
    /// What the question was about; empty for everything.
    let areas: [Area]
    let host: String?

    package init(findings: [Agent.Finding], areas: [Area], host: String?) {
        self.findings = findings
        self.areas = areas
        self.host = host
    }

    /// Beyond these many of a kind, they are counted.
    private static let shown = 12

    /// Paragraphs: what was asked for, what is wrong (the worst first), what is well, the whole in one sentence.
    package var text: String {
        let asked = findings.filter { finding in Area(of: finding).map(areas.contains) ?? false }
        let others = findings.filter { finding in !(Area(of: finding).map(areas.contains) ?? false) }
        let wrong = others.filter { $0.severity >= .warning }
        var paragraphs = [lines(worstFirst(asked))]
        if !wrong.isEmpty {
            paragraphs.append((areas.isEmpty ? "" : "Elsewhere:\n") + lines(worstFirst(wrong)))
        }
        if areas.isEmpty { paragraphs.append(wellBeing(others)) }
        paragraphs.append(others.first { $0.id == "measurement.missing" }?.title ?? "")
        paragraphs.append(overall)
        return paragraphs.filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    private func worstFirst(_ findings: [Agent.Finding]) -> [Agent.Finding] {
        findings.enumerated().sorted { left, right in
            (right.element.severity, left.offset) < (left.element.severity, right.offset)
        }.map(\.element)
    }

    private func lines(_ findings: [Agent.Finding]) -> String {
        var lines = findings.prefix(Self.shown).map { finding in
            switch finding.severity {
            case .critical: "Critical: \(told(finding))"
            case .warning: "Warning: \(told(finding))"
            case .ok, .info: finding.title
            }
        }
        if findings.count > Self.shown { lines.append("And \(findings.count - Self.shown) more.") }
        return lines.joined(separator: "\n")
    }

    /// With the threshold that it passed, so that a reader can judge the judgement.
    private func told(_ finding: Agent.Finding) -> String {
        guard let threshold = finding.threshold else { return finding.title }
        let level = finding.severity == .critical ? "critical" : "a warning"
        return "\(finding.title) (From \(Amount.text(threshold, finding.unit)) it is \(level).)"
    }

    /// The figures that a reader expects of any machine, where they are within their thresholds.
    private func wellBeing(_ findings: [Agent.Finding]) -> String {
        let fullest = findings.filter { $0.id.hasPrefix("disk.space:") }.max { ($0.value ?? 0) < ($1.value ?? 0) }?.id
        let expected = [
            "cpu.busy", "cpu.limit", "cpu.load", "memory.used", "memory.limit", "swap.used", fullest, "processes.cpu",
            "machine.uptime",
        ]
        return expected.compactMap { id in findings.first { $0.id == id && $0.severity < .warning }?.title }
            .joined(separator: " ")
    }

    private var overall: String {
        let machine = host.map { "Overall, \($0)" } ?? "Overall, the machine"
        let judged = findings.filter { $0.threshold != nil }.count
        guard judged > 0 else {
            return "\(machine) could not be judged: nothing that has a threshold could be measured."
        }
        let critical = findings.filter { $0.severity == .critical }.count
        let warnings = findings.filter { $0.severity == .warning }.count
        let counts = Amount.list(
            [
                critical > 0 ? Amount.count(Double(critical), "critical finding", "critical findings") : nil,
                warnings > 0 ? Amount.count(Double(warnings), "warning", "warnings") : nil,
            ].compactMap(\.self))
        if critical > 0 { return "\(machine) is in trouble: \(counts) among \(findings.count)." }
        if warnings > 0 { return "\(machine) works but needs attention: \(counts) among \(findings.count)." }
        let count = Amount.count(Double(judged), "measurement is", "measurements are")
        return "\(machine) is healthy: \(count) within the thresholds, none beyond."
    }
}
