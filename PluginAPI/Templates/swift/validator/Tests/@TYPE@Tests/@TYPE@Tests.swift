import JackfieldJSON
import JackfieldTesting
import JackfieldVocabulary
import Testing

@testable import @TYPE@Plugin

@Suite("@ID@")
struct @TYPE@Tests {
    private func verdict(
        _ text: String, isFinal: Bool = true, config: JSON = ["words": ["secret", "top secret"]]
    ) throws -> Validator.Verdict {
        let segment = Validator.Segment(role: "user", text: text)
        return try TestHost(@TYPE@.definition, config: config)
            .check(Validator.Subject(direction: .input, segments: [segment], isFinal: isFinal))
    }

    @Test("lets through what holds no word")
    func allowed() throws {
        let verdict = try verdict("Nothing of note.")
        #expect(verdict == Validator.Verdict(action: .allow, settled: [16]))
    }

    @Test("redacts the longest word at a place, in any case")
    func redacted() throws {
        let verdict = try verdict("A Top SECRET, a secret.")
        #expect(verdict.action == .redact)
        #expect(verdict.findings.map(\.range) == [2..<12, 16..<22])
        #expect(verdict.findings.map(\.rule) == ["@SNAKE@.word", "@SNAKE@.word"])
        #expect(verdict.rewrites == [0: "A [redacted], a [redacted]."])
    }

    @Test("flags and blocks without a new text", arguments: [Validator.Action.flag, .block])
    func measures(action: Validator.Action) throws {
        let verdict = try verdict("a secret", config: ["words": ["secret"], "action": .string(action.label)])
        #expect(verdict.action == action)
        #expect(verdict.rewrites.isEmpty)
        #expect(verdict.settled == [8])
    }

    @Test("holds back what might become a word, on a character's boundary")
    func stream() throws {
        let verdict = try verdict("é sec", isFinal: false, config: ["words": ["secret"]])
        #expect(verdict == Validator.Verdict(action: .allow, settled: [0]))
        #expect(try self.verdict("secret sec", isFinal: false, config: ["words": ["secret"]]).settled == [6])
    }

    @Test("finds the same wherever a stream is cut", arguments: 0...30)
    func cuts(at cut: Int) throws {
        let text = Array("Top secret, seTOP secretsecret".utf8)
        let search = WordSearch(["secret", "top secret"])
        let whole = search.find(in: text, isFinal: true).found
        let (first, settled) = search.find(in: Array(text.prefix(cut)), isFinal: false)
        let rest = search.find(in: Array(text.dropFirst(settled)), isFinal: true).found
        #expect(first + rest.map { $0.lowerBound + settled..<$0.upperBound + settled } == whole)
    }

    @Test("says which setting is wrong")
    func mistake() {
        let error = #expect(throws: CallError.self) {
            try TestHost(@TYPE@.definition, config: ["action": "drop"])
        }
        #expect(error?.message == #"config.action is "drop"; it must be one of "redact", "flag", "block""#)
    }
}
