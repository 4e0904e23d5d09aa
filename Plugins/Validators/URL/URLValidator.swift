package import JackfieldPlugin
package import JackfieldVocabulary

/// validator/url: finds URLs that lead where none should lead, and blocks, redacts or flags the text that holds them.
package struct URLValidator: ValidatorPlugin {
    package static let definition = PluginDefinition.validator(id: "validator/url", version: "0.1.0") { setup in
        URLValidator(try URLConfig(setup.config))
    }

    /// Beyond so many in one text the rest is acted upon, but not listed.
    private static let maxFindings = 1000

    private let config: URLConfig
    private let scanner: URLScanner

    package init(_ config: URLConfig) {
        self.config = config
        scanner = URLScanner(config)
    }

    /// Both directions and all roles are looked at: a URL leads where it leads whoever wrote it.
    package func check(_ subject: Validator.Subject) -> Validator.Verdict {
        var verdict = Validator.Verdict(action: .allow)
        verdict.settled.reserveCapacity(subject.segments.count)
        for (index, segment) in subject.segments.enumerated() {
            let scan = scanner.scan(segment.text, isFinal: subject.isFinal)
            verdict.settled.append(UInt64(scan.settled))
            var removed: [URLScanner.Finding] = []
            for finding in scan.findings {
                let action = action(finding)
                verdict.action = max(verdict.action, action)
                if action == .redact { removed.append(finding) }
                guard verdict.findings.count < Self.maxFindings else { continue }
                verdict.findings.append(
                    Validator.Finding(
                        rule: finding.rule.id, action: action, severity: finding.rule.severity, segment: index,
                        range: finding.range, message: finding.sentence))
            }
            if !removed.isEmpty { verdict.rewrites[index] = rewritten(segment.text, removed, to: scan.settled) }
        }
        return verdict
    }

    /// What follows an open URL is more of it and cannot be taken out any more.
    private func action(_ finding: URLScanner.Finding) -> Validator.Action {
        let action = config.action(finding.rule)
        return action == .redact && finding.isOpen ? .block : action
    }

    /// The settled part, with each of `findings` replaced.
    private func rewritten(_ text: String, _ findings: [URLScanner.Finding], to settled: Int) -> String {
        let bytes = Array(text.utf8)
        var result = ""
        var at = 0
        for finding in findings {
            result += String(decoding: bytes[at..<finding.range.lowerBound], as: UTF8.self)
            result += replacement(finding.rule)
            at = finding.range.upperBound
        }
        return result + String(decoding: bytes[at..<settled], as: UTF8.self)
    }

    private func replacement(_ rule: URLRule) -> String {
        var result = ""
        var rest = config.replacement[...]
        while let range = rest.firstRange(of: "{rule}") {
            result += rest[..<range.lowerBound] + rule.rawValue
            rest = rest[range.upperBound...]
        }
        return result + rest
    }
}
