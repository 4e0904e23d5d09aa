import JackfieldVocabulary
import Testing

@testable import Secrets

@Suite struct SecretsStreamTests {
    let validator: SecretsValidator = {
        var config = SecretsConfig()
        config.personalData = true
        return SecretsValidator(config)
    }()

    /// As the host does it: what was not settled comes again, with what came since.
    private func stream(_ pieces: [String]) -> (passed: String, findings: [String], held: Int) {
        var passed = ""
        var findings: [String] = []
        var pending = ""
        var held = 0
        for (index, piece) in pieces.enumerated() {
            pending += piece
            let verdict = validator.check(subject(pending, isFinal: index == pieces.count - 1))
            let settled = Int(verdict.settled[0])
            let cut = pending.utf8.index(pending.startIndex, offsetBy: settled)
            passed += verdict.rewrites[0] ?? String(pending[..<cut])
            findings += verdict.findings.map(\.rule)
            pending = String(pending[cut...])
            held = max(held, pending.utf8.count)
        }
        #expect(pending == "")
        return (passed, findings, held)
    }

    private func pieces(_ text: String, _ size: Int, first: Int = 0) -> [String] {
        let scalars = Array(text.unicodeScalars)
        let starts = [0] + Array(Swift.stride(from: first == 0 ? size : first, to: scalars.count, by: size))
        return starts.indices.map { index in
            let end = index + 1 < starts.count ? starts[index + 1] : scalars.count
            var piece = String.UnicodeScalarView()
            piece.append(contentsOf: scalars[starts[index]..<end])
            return String(piece)
        }
    }

    @Test(arguments: Sample.all + Sample.personal, [1, 2, 7])
    func whatIsLetThroughIsTheRedactionOfTheWhole(_ sample: Sample, _ size: Int) {
        let (passed, findings, _) = stream(pieces(sample.text, size))
        #expect(passed == sample.redacted)
        #expect(findings == [sample.rule.id])
    }

    @Test(arguments: Sample.all + Sample.personal)
    func nothingSlipsThroughWhereverTheTextIsCut(_ sample: Sample) {
        for cut in 1..<sample.text.unicodeScalars.count {
            let (passed, findings, _) = stream(pieces(sample.text, sample.text.unicodeScalars.count, first: cut))
            #expect(passed == sample.redacted, "cut at \(cut)")
            #expect(findings == [sample.rule.id], "cut at \(cut)")
        }
    }

    @Test func anyMixtureGivesTheSameInPiecesAsWhole() {
        var random = Generator(state: 42)
        let parts =
            (Sample.all + Sample.personal).map(\.text) + innocent + [
                "漢字、", " ", "\n", "\"", ",", "=", "é\u{301}", "A\u{200B}", "-",
            ]
        for _ in 0..<300 {
            let text = (0..<6).map { _ in parts.randomElement(using: &random)! }.joined(
                separator: ["", " ", ", "].randomElement(using: &random)!)
            let whole = validator.check(subject(text))
            let size = [1, 2, 3, 5, 17, 64].randomElement(using: &random)!
            #expect(stream(pieces(text, size)).passed == whole.rewrites[0] ?? text, "\(size): \(text)")
        }
    }

    @Test func holdsBackNoMoreThanAWordOfOrdinaryText() {
        let text = String(repeating: "The answer to this has many parts, and \"all\" of them matter. ", count: 20)
        let (passed, _, held) = stream(pieces(text, 1))
        #expect(passed == text)
        #expect(held <= 8)
        let chinese = String(repeating: "这个问题有许多方面，都很重要。", count: 20)
        #expect(stream(pieces(chinese, 1)).held <= 3)
        let json = String(repeating: "{\"a\":[1,2,3],\"name\":\"value\"},", count: 20)
        #expect(stream(pieces(json, 1)).held <= 8)
    }

    @Test func letsGoOfAWordThatNeverEnds() {
        let text = String(repeating: "AbCdEfGh", count: 20_000)
        let (passed, _, held) = stream(pieces(text, 1000))
        #expect(passed == text)
        #expect(held <= SecretScanner.maxHeld)
    }

    @Test func blocksAPrivateKeyThatDoesNotEnd() {
        var text = "-----BEGIN PRIVATE \("KEY")-----\n"
        #expect(validator.check(subject(text, isFinal: false)).settled == [0])
        while text.utf8.count < 15 << 10 { text += Sample.body(64) + "\n" }
        let held = validator.check(subject(text, isFinal: false))
        #expect(held.action == .allow)
        #expect(held.settled == [0])
        text += String(repeating: Sample.body(64) + "\n", count: 40)
        let verdict = validator.check(subject(text, isFinal: false))
        #expect(verdict.action == .block)
        #expect(verdict.findings.map(\.action) == [.block])
    }
}

/// A generator that gives the same numbers in each run (SplitMix64).
struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}
