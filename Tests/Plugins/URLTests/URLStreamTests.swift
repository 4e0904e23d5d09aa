import JackfieldVocabulary
import Testing

@testable import URL

@Suite("URLs in a text that comes in pieces")
struct URLStreamTests {
    /// As the host does it: what was not settled comes again, with what came since.
    private func stream(_ pieces: [String]) -> (passed: String, findings: [String], held: Int) {
        var passed = ""
        var findings: [String] = []
        var pending = ""
        var held = 0
        for (index, piece) in pieces.enumerated() {
            pending += piece
            let verdict = redacting.check(subject(pending, isFinal: index == pieces.count - 1))
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

    @Test("what is let through is the redaction of the whole", arguments: Sample.all, [1, 2, 7])
    func pieces(_ sample: Sample, _ size: Int) {
        let (passed, findings, _) = stream(pieces(sample.text, size))
        #expect(passed == sample.redacted)
        #expect(findings == [sample.rule.id])
    }

    @Test("nothing slips through wherever the text is cut", arguments: Sample.all)
    func everyCut(_ sample: Sample) {
        for cut in 1..<sample.text.unicodeScalars.count {
            let (passed, _, _) = stream(pieces(sample.text, sample.text.unicodeScalars.count, first: cut))
            #expect(passed == sample.redacted, "cut at \(cut)")
        }
    }

    @Test("any mixture gives the same in pieces as whole")
    func mixtures() {
        var random = Generator(state: 42)
        let texts = Sample.all.map(\.text) + innocent
        for _ in 0..<1000 {
            let text = (0..<Int.random(in: 1...12, using: &random)).map { _ in
                (random.next() % 4 == 0 ? texts : fragments).randomElement(using: &random)!
            }.joined()
            let whole = redacting.check(subject(text))
            let size = [1, 2, 3, 5, 17, 64].randomElement(using: &random)!
            let (passed, findings, _) = stream(pieces(text, size))
            #expect(passed == whole.rewrites[0] ?? text, "\(size): \(text)")
            #expect(findings == whole.findings.map(\.rule), "\(size): \(text)")
        }
    }

    @Test("no more than a word of ordinary text is held back")
    func held() {
        let text = String(repeating: "The answer: this has many parts, and \"all\" of them matter (a lot). ", count: 20)
        #expect(stream(pieces(text, 1)).held <= 8)
        let chinese = String(repeating: "这个问题有许多方面，都很重要。", count: 20)
        #expect(stream(pieces(chinese, 1)).held <= 3)
        let json = String(repeating: "{\"a\":[1,2,3],\"name\":\"value\"},", count: 20)
        #expect(stream(pieces(json, 1)).held <= 16)
        let numbers = String(repeating: "1,2,3;4!", count: 50)
        #expect(stream(pieces(numbers, 1)).held <= 2)
    }

    @Test("a word that never ends is let go of")
    func endless() {
        for unit in ["AbCdEfGh", "a:b&c%41"] {
            let text = String(repeating: unit, count: 4000)
            let (passed, _, held) = stream(pieces(text, 1000))
            #expect(passed == text)
            #expect(held <= URLScanner.maxHeld)
        }
    }

    @Test("a URL after a word that never ends is found all the same")
    func afterEndless() {
        // Each length puts another place of the URL where text is let go of.
        for padding in Swift.stride(from: 28_000, to: 28_600, by: 37) {
            let text = String(repeating: "a:", count: padding / 2) + ",http://127.0.0.1/x end"
            let (passed, findings, _) = stream(pieces(text, 1777))
            #expect(findings == ["url.private-address"])
            #expect(passed.hasSuffix(",[removed:private-address] end"))
        }
    }

    @Test("a URL that stands where text would be let go of is kept whole")
    func acrossTheBound() {
        for padding in Swift.stride(from: 11_000, to: 14_000, by: 370) {
            let url = ",http://127.0.0.1/\(String(repeating: "b", count: 9000))"
            let (passed, _, _) = stream(pieces(String(repeating: "a:", count: padding / 2) + url + " end", 1777))
            #expect(passed.hasSuffix("a:,[removed:private-address] end"))
        }
    }

    @Test("a URL that is to be taken out and does not end is blocked")
    func open() {
        var text = "see http://127.0.0.1/"
        while text.utf8.count < 15 << 10 { text += "long/" }
        let held = redacting.check(subject(text, isFinal: false))
        #expect(held.action == .allow)
        #expect(held.settled == [4])
        text += String(repeating: "long/", count: 1000)
        let verdict = redacting.check(subject(text, isFinal: false))
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
