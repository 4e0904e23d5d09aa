import JackfieldVocabulary
import Testing

@testable import Secrets

@Suite struct SecretScannerTests {
    let validator = SecretsValidator(SecretsConfig())

    @Test(arguments: Sample.all) func redactsExactlyTheSecret(_ sample: Sample) throws {
        let verdict = validator.check(subject(sample.text))
        let finding = try #require(verdict.findings.first)
        #expect(verdict.findings.count == 1)
        #expect(finding.rule == sample.rule.id)
        #expect(Array(sample.text.utf8)[finding.range].elementsEqual(sample.secret.utf8))
        #expect(verdict.rewrites == [0: sample.redacted])
        #expect(verdict.action == .redact)
        #expect(!finding.message.contains(sample.secret))
    }

    @Test(arguments: innocent) func leavesWhatIsNoSecretAlone(_ text: String) {
        let verdict = validator.check(subject(text))
        #expect(verdict.findings == [])
        #expect(verdict.action == .allow)
        #expect(verdict.rewrites == [:])
        #expect(verdict.settled == [UInt64(text.utf8.count)])
    }

    @Test(arguments: Sample.personal) func findsPersonalDataWhenAskedTo(_ sample: Sample) {
        var config = SecretsConfig()
        config.personalData = true
        let verdict = SecretsValidator(config).check(subject(sample.text))
        #expect(verdict.rewrites == [0: sample.redacted])
        #expect(verdict.findings.map(\.rule) == ["personal." + sample.rule.rawValue])
    }

    @Test func rejectsCardsAndIBANsWithWrongCheckDigits() {
        var config = SecretsConfig()
        config.personalData = true
        let text = "4111 1111 1111 1112, 5555555555554445, DE88 3704 0044 0532 0130 00, order 2024010112345678"
        #expect(SecretsValidator(config).check(subject(text)).findings == [])
    }

    @Test func saysWhetherAChecksumIsRight() {
        let right = validator.check(subject("ghp_" + "zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17")).findings
        let wrong = validator.check(subject("ghp_" + "zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq18")).findings
        #expect(right.map(\.severity) == [.critical])
        #expect(right.map(\.message) == ["The text contains a GitHub token, and its checksum is right."])
        #expect(wrong.map(\.severity) == [.warning])
        #expect(wrong.map(\.action) == [.redact])
    }

    @Test(arguments: [
        "A\u{200B}KIAIOSFODNN7EXAMPLE", "ＡＫＩＡIOSFODNN7EXAMPLE", "АKIAIOSFODNN7EXAMPLE",
        "AKIA\u{2060}IOSFODNN7\u{00AD}EXAMPLE",
        "𝐀𝐊𝐈𝐀IOSFODNN7EXAMPLE", "AKIA\u{E0041}IOSFODNN7EXAMPLE",
    ])
    func seesThroughDisguise(_ secret: String) {
        let text = "größer 漢字 \(secret), ok"
        let verdict = validator.check(subject(text))
        #expect(verdict.rewrites == [0: "größer 漢字 [redacted:aws-access-key], ok"])
        #expect(verdict.findings.map { Array(Array(text.utf8)[$0.range]) } == [Array(secret.utf8)])
    }

    @Test func findsManyInOneTextAndNamesOverlapsByTheMostSpecificRule() {
        let text =
            "a AKIA\("IOSFODNN7EXAMPLE") b Authorization: Bearer ghp_\("zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17") é AKIA\("IOSFODNN7EXAMPLE")"
        let verdict = validator.check(subject(text))
        #expect(
            verdict.rewrites == [
                0:
                    "a [redacted:aws-access-key] b Authorization: Bearer [redacted:github-token] é [redacted:aws-access-key]"
            ])
    }

    @Test func redactsATruncatedPrivateKeyUpToWhereProseBegins() {
        let text = "-----BEGIN PRIVATE \("KEY")-----\n\(Sample.body(64))\n\(Sample.body(64))\nand that was it"
        #expect(validator.check(subject(text)).rewrites == [0: "[redacted:private-key]\nand that was it"])
    }

    @Test func takesTimeInProportionToTheText() {
        let worst = [
            "plain words, and more of them; ", "tokentokentoken", "password=", "eyJ", "://a:",
            "-----BEGIN PRIVATE \("KEY")-----\n",
            "sk-", "SG.", "authorization: ", Sample.pem + "\n", "é",
        ]
        var config = SecretsConfig()
        config.personalData = true
        let validator = SecretsValidator(config)
        for unit in worst {
            // The worst cases are slow where nothing is optimised; the plain one is measured at full length.
            let size = unit.hasPrefix("plain") ? 1 << 20 : 1 << 17
            let ratio = costOfWhole(of: unit, bytes: size) { _ = validator.check(subject($0)) }
            #expect(ratio < 3, "\(unit): \(ratio)")
        }
    }
}

func subject(_ text: String, _ direction: Validator.Direction = .output, isFinal: Bool = true) -> Validator.Subject {
    Validator.Subject(direction: direction, segments: [Validator.Segment(role: "user", text: text)], isFinal: isFinal)
}
