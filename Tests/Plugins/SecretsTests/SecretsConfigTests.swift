import JackfieldJSON
import JackfieldVocabulary
import Testing

@testable import Secrets

@Suite struct SecretsConfigTests {
    let key = "AKIA" + "IOSFODNN7EXAMPLE"

    @Test func anEmptyObjectMeansTheDefaults() throws {
        let config = try SecretsConfig([:])
        #expect(config.input == .redact)
        #expect(config.output == .redact)
        #expect(!config.personalData)
    }

    @Test func eachDirectionHasItsAction() throws {
        let validator = SecretsValidator(try SecretsConfig(["action": ["input": "block", "output": "flag"]]))
        let input = validator.check(subject(key, .input))
        #expect(input.action == .block)
        #expect(input.rewrites == [:])
        let output = validator.check(subject(key, .output))
        #expect(output.action == .flag)
        #expect(output.rewrites == [:])
        #expect(output.findings.map(\.action) == [.flag])
    }

    @Test func allowedValuesAreLeftAlone() throws {
        let validator = SecretsValidator(try SecretsConfig(["allow": [.string(key)]]))
        #expect(validator.check(subject("key \(key), and \(key)X")).findings == [])
        #expect(validator.check(subject("AKIA" + "IOSFODNN7EXAMPLX")).findings.count == 1)
    }

    @Test func theReplacementNamesTheRule() throws {
        let validator = SecretsValidator(try SecretsConfig(["replacement": "{x}<{rule}>{"]))
        #expect(validator.check(subject("a \(key) b")).rewrites == [0: "a {x}<aws-access-key>{ b"])
    }

    @Test func disabledRulesDoNotApply() throws {
        let validator = SecretsValidator(try SecretsConfig(["disabled_rules": ["secret.aws-access-key"]]))
        #expect(validator.check(subject(key)).findings == [])
    }

    @Test(
        arguments: [
            (
                ["action": ["input": "allow"]],
                "action.input must be \"redact\", \"block\" or \"flag\", and is \"allow\""
            ),
            (["allow": "x"], "allow must be an array of strings, and is \"x\""),
            (["allow": [1]], "allow must be an array of strings, and is a number"),
            (["replacement": 1], "replacement must be a string, and is a number"),
            (["personal_data": "yes"], "personal_data must be true or false, and is \"yes\""),
            (["min_entropy": 9], "min_entropy must be a number from 0 to 6, and is a number"),
        ] as [(JSON, String)])
    func aWrongValueIsRefusedWithItsKey(_ json: JSON, _ message: String) {
        #expect(throws: CallError(.invalidArgument, message)) { try SecretsConfig(json) }
    }

    @Test func anUnknownRuleIsRefusedWithTheKnownOnes() {
        let error = #expect(throws: CallError.self) { try SecretsConfig(["disabled_rules": ["secret.nothing"]]) }
        #expect(error?.message.contains("\"secret.nothing\"; the rules are personal.iban, ") == true)
    }

    @Test func findingsOfSeveralSegmentsKeepTheirPlaces() {
        let verdict = SecretsValidator(SecretsConfig()).check(
            Validator.Subject(
                direction: .input,
                segments: [
                    Validator.Segment(role: "system", text: "nothing"), Validator.Segment(role: "tool", text: key),
                ]))
        #expect(verdict.findings.map(\.segment) == [1])
        #expect(verdict.rewrites == [1: "[redacted:aws-access-key]"])
        #expect(verdict.settled == [7, UInt64(key.utf8.count)])
    }
}
