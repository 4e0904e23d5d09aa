import JackfieldVocabulary

/// Words findings as an answer: how things stand in one sentence, then what is wrong, worst first and the area that was
/// asked about before the others, then what is in order.
package struct FindingsAnswer {
    private let document: FindingsDocument
    private let asked: Set<String>

    package init(_ document: FindingsDocument, question: String) {
        self.document = document
        asked = QuestionAreas.areas(in: question, among: Set(document.findings.map(\.area)))
    }

    package var sentences: [String] {
        let bad = ordered(document.findings.filter { $0.severity >= .warning })
        var sentences = [summary]
        sentences += bad.map { sentence($0, withSeverity: true) }
        // Asked about one thing, a person wants its figures also when they are good.
        let good = document.findings.filter { $0.severity < .warning }
        let spoken = ordered(good.filter { asked.contains($0.area) || $0.severity == .info })
        sentences += spoken.map { sentence($0, withSeverity: false) }
        let rest = good.filter { !asked.contains($0.area) && $0.severity == .ok }
        if !rest.isEmpty { sentences.append(restSentence(rest)) }
        return sentences
    }

    /// The question's area first, then the worst; equals stay in the order in which they were measured.
    private func ordered(_ findings: [FindingsDocument.Finding]) -> [FindingsDocument.Finding] {
        findings.enumerated().sorted { left, right in
            let leftAsked = asked.contains(left.element.area)
            if leftAsked != asked.contains(right.element.area) { return leftAsked }
            if left.element.severity != right.element.severity { return left.element.severity > right.element.severity }
            return left.offset < right.offset
        }.map(\.element)
    }

    private var summary: String {
        let critical = document.findings.count { $0.severity == .critical }
        let warnings = document.findings.count { $0.severity == .warning }
        let host = document.host.map { "On \($0)" }
        let window = document.window.map { ", measured over \(Quantity.words($0 / 1000, unit: "s"))" } ?? ""
        if critical + warnings == 0 {
            let count = document.findings.count
            let measurements = count == 1 ? "The only measurement" : "All \(count) measurements"
            return "\(host.map { $0 + " nothing" } ?? "Nothing") is out of order\(window). \(measurements) "
                + "\(count == 1 ? "is" : "are") within the thresholds."
        }
        var counts: [String] = []
        if critical > 0 { counts.append("\(critical) critical \(critical == 1 ? "finding" : "findings")") }
        if warnings > 0 { counts.append("\(warnings) \(warnings == 1 ? "warning" : "warnings")") }
        let verb = critical + warnings == 1 || critical == 1 ? "is" : "are"
        let there = host.map { $0 + " there" } ?? "There"
        let advice = critical > 0 ? "needs attention now" : "deserves a look"
        return "\(there) \(verb) \(counts.joined(separator: " and "))\(window): something \(advice)."
    }

    private func sentence(_ finding: FindingsDocument.Finding, withSeverity: Bool) -> String {
        var text = finding.title.isEmpty ? bareTitle(finding) : finding.title
        while let last = text.last, last == "." || last.isWhitespace { text.removeLast() }
        var notes: [String] = []
        if withSeverity, let threshold = finding.threshold {
            notes.append("the threshold is \(Quantity.words(threshold, unit: finding.unit))")
        }
        if withSeverity, let source = finding.source, !source.isEmpty { notes.append("read from \(source)") }
        if !notes.isEmpty { text += " (\(notes.joined(separator: ", ")))" }
        return (withSeverity ? finding.severity == .critical ? "Critical: " : "Warning: " : "") + text + "."
    }

    /// For a finding that came without a sentence of its own.
    private func bareTitle(_ finding: FindingsDocument.Finding) -> String {
        finding.value.map { "\(finding.id) is \(Quantity.words($0, unit: finding.unit))" } ?? finding.id
    }

    private func restSentence(_ rest: [FindingsDocument.Finding]) -> String {
        var areas: [String] = []
        for finding in rest where !areas.contains(finding.area) { areas.append(finding.area) }
        let shown = areas.prefix(8).joined(separator: ", ") + (areas.count > 8 ? " and others" : "")
        return rest.count == 1
            ? "One more measurement (\(shown)) is in order."
            : "\(rest.count) more measurements (\(shown)) are in order."
    }
}
