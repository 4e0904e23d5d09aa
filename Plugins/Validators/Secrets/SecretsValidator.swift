package import JackfieldPlugin
package import JackfieldVocabulary

/// validator/secrets: finds keys, tokens, passwords and private keys, and redacts, blocks or flags what holds them.
package struct SecretsValidator: ValidatorPlugin {
    package static let definition = PluginDefinition.validator(id: "validator/secrets", version: "0.1.0") { setup in
        SecretsValidator(try SecretsConfig(setup.config))
    }

    /// Beyond so many in one text the rest is acted upon, but not listed.
    private static let maxFindings = 1000

    private let config: SecretsConfig
    private let scanner: SecretScanner

    package init(_ config: SecretsConfig) {
        self.config = config
        scanner = SecretScanner(config)
    }

    /// All roles are looked at: a secret is one whoever wrote it.
    package func check(_ subject: Validator.Subject) -> Validator.Verdict {
        let action = subject.direction == .input ? config.input : config.output
        var verdict = Validator.Verdict(action: .allow)
        verdict.settled.reserveCapacity(subject.segments.count)
        for (index, segment) in subject.segments.enumerated() {
            let scan = scanner.scan(segment.text, isFinal: subject.isFinal)
            verdict.settled.append(UInt64(scan.settled))
            guard !scan.findings.isEmpty else { continue }
            for finding in scan.findings {
                // What follows an open secret may be more of it, and cannot be told from other text any more.
                let action = action == .redact && finding.isOpen ? .block : action
                verdict.action = max(verdict.action, action)
                guard verdict.findings.count < Self.maxFindings else { continue }
                verdict.findings.append(
                    Validator.Finding(
                        rule: finding.rule.id, action: action,
                        severity: finding.checksum == false ? .warning : finding.rule.severity, segment: index,
                        range: finding.range, message: Self.message(finding)))
            }
            if action == .redact { verdict.rewrites[index] = redacted(segment.text, scan) }
        }
        return verdict
    }

    private static func message(_ finding: SecretScanner.Finding) -> String {
        let sum =
            switch finding.checksum {
            case true?: ", and its checksum is right"
            case false?: ", though its checksum is wrong"
            case nil: ""
            }
        let end = finding.isOpen ? "; it goes on for longer than can be held back" : ""
        return "The text contains \(finding.rule.name)\(sum)\(end)."
    }

    /// The settled part, with each finding replaced.
    private func redacted(_ text: String, _ scan: SecretScanner.Scan) -> String {
        let bytes = text.utf8
        var result = ""
        var at = bytes.startIndex
        var offset = 0
        func piece(to end: Int) -> Substring {
            let from = at
            at = bytes.index(at, offsetBy: end - offset)
            offset = end
            return text[from..<at]
        }
        for finding in scan.findings {
            result += piece(to: finding.range.lowerBound)
            result += replacement(finding.rule)
            _ = piece(to: finding.range.upperBound)
        }
        return result + piece(to: scan.settled)
    }

    private func replacement(_ rule: SecretRule) -> String {
        let template = config.replacement
        var result = ""
        var rest = template[...]
        while let brace = rest.firstIndex(of: "{") {
            result += rest[..<brace]
            rest = rest[brace...]
            if rest.hasPrefix("{rule}") {
                result += rule.rawValue
                rest = rest.dropFirst(6)
            } else {
                result += "{"
                rest = rest.dropFirst()
            }
        }
        return result + rest
    }
}
