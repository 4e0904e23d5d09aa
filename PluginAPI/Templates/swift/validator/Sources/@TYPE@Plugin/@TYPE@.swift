import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary

/// Finds the words of a list.
package struct @TYPE@: ValidatorPlugin {
    package static let definition = PluginDefinition.validator(id: "@ID@", version: "0.1.0") { setup in
        try @TYPE@(setup.config)
    }

    private enum Measure: String, CaseIterable {
        case redact, flag, block
    }

    private let search: WordSearch
    private let action: Validator.Action
    private let replacement: [UInt8]

    /// - Throws: `invalidArgument` with the key that is wrong.
    init(_ config: JSON) throws(CallError) {
        let reader = ConfigReader(config: config)
        search = WordSearch(try reader.strings("words") ?? ["confidential"])
        let measure: Measure = try reader.choice("action") ?? .redact
        action = Validator.Action(label: measure.rawValue) ?? .redact
        replacement = Array((try reader.string("replacement") ?? "[redacted]").utf8)
    }

    package func check(_ subject: Validator.Subject) -> Validator.Verdict {
        var verdict = Validator.Verdict(action: .allow)
        for (index, segment) in subject.segments.enumerated() {
            let text = Array(segment.text.utf8)
            let (found, settled) = search.find(in: text, isFinal: subject.isFinal)
            verdict.settled.append(UInt64(settled))
            guard !found.isEmpty else { continue }
            verdict.action = action
            verdict.findings += found.map { range in
                Validator.Finding(
                    rule: "@SNAKE@.word", action: action, severity: .warning, segment: index, range: range,
                    message: "A word of the configured list.")
            }
            if action == .redact { verdict.rewrites[index] = rewrite(text, settled, found) }
        }
        return verdict
    }

    /// The settled part, with the replacement for every word.
    private func rewrite(_ text: [UInt8], _ settled: Int, _ found: [Range<Int>]) -> String {
        var result: [UInt8] = []
        var at = 0
        for range in found {
            result += text[at..<range.lowerBound]
            result += replacement
            at = range.upperBound
        }
        result += text[at..<settled]
        return String(decoding: result, as: UTF8.self)
    }
}
