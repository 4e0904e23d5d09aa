import JackfieldPlugin
import Testing

@Suite struct LiteralMatcherTests {
    private func found(_ literals: [String], _ text: String, folding: (UInt8) -> UInt8 = { $0 }) -> [String] {
        LiteralMatcher(literals.map { Array($0.utf8) }, folding: folding)!.matches(in: Array(text.utf8)).map {
            "\($0.literal)@\($0.range.lowerBound)-\($0.range.upperBound)"
        }
    }

    @Test func findsAllThatOverlap() {
        #expect(found(["he", "she", "his", "hers"], "ushers") == ["1@1-4", "0@2-4", "3@2-6"])
    }

    @Test func findsTheSameLiteralTwiceAndWithinItself() {
        #expect(found(["aa", "aa"], "aaa") == ["0@0-2", "1@0-2", "0@1-3", "1@1-3"])
    }

    @Test func foldsBothSides() {
        #expect(found(["aB"], "xAbx", folding: { (0x41...0x5A).contains($0) ? $0 + 32 : $0 }) == ["0@1-3"])
        #expect(found(["aB"], "xAbx") == [])
    }

    @Test func agreesWithASimpleSearch() {
        let alphabet = ["a", "b", "é", "c"]
        var state: UInt64 = 7
        func next(_ bound: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % bound
        }
        func word(_ length: Int) -> String { (0..<length).map { _ in alphabet[next(4)] }.joined() }
        for _ in 0..<100 {
            let literals = (0..<8).map { _ in word(1 + next(4)) }
            let text = word(60)
            let bytes = Array(text.utf8)
            var expected: [String] = []
            for end in 0...bytes.count {
                for (index, literal) in literals.enumerated() {
                    let start = end - literal.utf8.count
                    if start >= 0, bytes[start..<end].elementsEqual(literal.utf8) {
                        expected.append("\(index)@\(start)-\(end)")
                    }
                }
            }
            #expect(Set(found(literals, text)) == Set(expected))
            #expect(found(literals, text).count == expected.count)
        }
    }

    @Test func ofNothingFindsNothing() {
        #expect(found([], "abc") == [])
        #expect(found([""], "abc") == [])
        #expect(found(["a"], "") == [])
    }

    @Test func refusesMoreThanItCanHold() {
        #expect(LiteralMatcher([[UInt8](repeating: 0x61, count: 70_000)]) == nil)
    }

    @Test(arguments: [("aGk=", "hi"), ("aGk", "hi"), ("aGk_", "hi?"), ("aGk/", "hi?"), ("", "")])
    func readsBase64(_ text: String, _ expected: String) { #expect(Base64.decode(text.utf8) == Array(expected.utf8)) }

    @Test(arguments: ["a", "a=b=", "aG k", "aGk==="])
    func refusesWhatIsNotBase64(_ text: String) { #expect(Base64.decode(text.utf8) == nil) }
}
