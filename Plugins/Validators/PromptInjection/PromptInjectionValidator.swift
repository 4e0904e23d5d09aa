package import JackfieldPlugin
package import JackfieldVocabulary

/// validator/prompt-injection: blocks or flags texts that try to make a model forget what it was told.
package struct PromptInjectionValidator: ValidatorPlugin {
    package static let definition = PluginDefinition.validator(id: "validator/prompt-injection", version: "0.1.0") {
        setup in
        try PromptInjectionValidator(try PromptInjectionConfig(setup.config))
    }

    private let config: PromptInjectionConfig
    private let detector: InjectionDetector

    /// - Throws: `invalidArgument` if the operator's phrases are too many.
    package init(_ config: PromptInjectionConfig) throws(CallError) {
        guard let detector = InjectionDetector(extraPhrases: config.extraPhrases, allowPhrases: config.allowPhrases)
        else {
            throw CallError(
                .invalidArgument,
                "extra_phrases and allow_phrases are too long: they may have some 40,000 bytes together")
        }
        self.config = config
        self.detector = detector
    }

    package func check(_ subject: Validator.Subject) -> Validator.Verdict {
        // What goes out is what the model says: attacks are aimed at what comes in.
        guard subject.direction == .input else {
            return Validator.Verdict(action: .allow, settled: subject.segments.map { UInt64($0.text.utf8.count) })
        }
        // An attack may stretch over all of a text, so nothing is settled before its end.
        guard subject.isFinal else {
            return Validator.Verdict(action: .allow, settled: subject.segments.map { _ in 0 })
        }
        var verdict = Validator.Verdict(action: .allow)
        for (index, segment) in subject.segments.enumerated() where config.roles.contains(segment.role) {
            let assessment = detector.assess(segment.text)
            let score = assessment.score
            guard score >= config.threshold / 2 else { continue }
            let isAttack = score >= config.threshold
            let action = isAttack ? config.action : .flag
            verdict.action = max(verdict.action, action)
            for evidence in assessment.evidence {
                verdict.findings.append(
                    Validator.Finding(
                        rule: evidence.id.rawValue, action: action, severity: isAttack ? .critical : .warning,
                        segment: index, range: evidence.range, message: evidence.id.message))
            }
        }
        return verdict
    }
}
