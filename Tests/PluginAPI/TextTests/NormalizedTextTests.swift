import JackfieldPlugin
import Testing

@Suite struct NormalizedTextTests {
    private func normal(_ text: String, _ options: NormalizedText.Options = [.foldsCase, .collapsesSpace]) -> String {
        String(decoding: NormalizedText(text, options).bytes, as: UTF8.self)
    }

    @Test(arguments: [
        ("Hello World", "hello world"), ("ＡＢＣ　ｘｙｚ！", "abc xyz!"), ("𝐀𝑏𝓒𝔡𝕖𝖋𝗀𝘩𝙞𝚓𝟙𝟚", "abcdefghij12"),
        ("Ⓐⓑ①🄰🅐🆎", "ab1aa🆎"),
        ("Ãçéñøß", "acenoss"), ("e\u{301}\u{327}", "e"), ("ﬁne ﬃ", "fine ffi"), ("Іgnоrе", "ignore"), ("ΑΒΓ", "abγ"),
        ("a\u{200B}b\u{202E}c\u{FEFF}d\u{AD}e", "abcde"), ("a \t\u{A0}\u{3000} b", "a b"),
        ("a \r\n \u{2028} b", "a\nb"),
        ("“x” ‘y’ – …", "\"x\" 'y' - …"), ("\u{0}\u{7}x", "x"), ("漢字かな", "漢字かな"), ("K\u{212A}", "kk"), ("ªº²ⁿ", "ao2n"),
        ("ИЙё", "иие"), ("🏴‍☠️", "🏴☠"), ("", ""),
    ])
    func readsAsItLooks(_ text: String, _ expected: String) {
        #expect(normal(text) == normal(expected, []) || normal(text) == expected)
    }

    @Test func keepsCaseAndSpaceWhenToldTo() {
        #expect(normal("Ab  C\n\tＤ К", []) == "Ab  C\n\tD K")
    }

    @Test func everyByteComesFromAWholeCharacterAndInOrder() {
        let text = "A\u{200B}ß…  \n ｘ漢😀𝐀 É e\u{301}\u{E0041} Ж\u{FE0F}z"
        let bytes = Array(text.utf8)
        for options: NormalizedText.Options in [[], [.foldsCase], [.foldsCase, .collapsesSpace]] {
            let normalized = NormalizedText(text, options)
            let scalars = String(decoding: normalized.bytes, as: UTF8.self).unicodeScalars
            var offset = 0
            var last = 0
            for scalar in scalars {
                let width = String(scalar).utf8.count
                let range = normalized.original(offset..<offset + width)
                #expect(String(validating: bytes[range], as: UTF8.self) != nil)
                #expect(range.lowerBound >= last || scalar == "s")
                // What stands there, normalised by itself, holds the scalar.
                let alone = NormalizedText(String(decoding: bytes[range], as: UTF8.self), options).bytes
                #expect(
                    String(decoding: alone, as: UTF8.self).unicodeScalars.contains { $0 == scalar || scalar == "\n" })
                last = range.lowerBound
                offset += width
            }
            #expect(normalized.bytes.count <= bytes.count)
        }
    }

    @Test func rangesLeadBackToBytesOfTheOriginal() throws {
        let text = "ü ｉｇ\u{200B}ｎｏｒｅ x"
        let normalized = NormalizedText(text)
        let found = try #require(LiteralMatcher([Array("ignore".utf8)])?.matches(in: normalized.bytes).first)
        let original = normalized.original(found.range)
        #expect(String(decoding: Array(text.utf8)[original], as: UTF8.self) == "ｉｇ\u{200B}ｎｏｒｅ")
    }

    @Test func readsCapitalsAsSmallLetters() {
        for scalar in (0x0410...0x042F).compactMap(Unicode.Scalar.init) {
            #expect(normal(String(scalar)) == normal(String(scalar).lowercased()))
        }
    }

    @Test func readsHiddenText() {
        let tags = String(String.UnicodeScalarView("say hi".unicodeScalars.map { Unicode.Scalar($0.value + 0xE0000)! }))
        let text = "é" + tags + "x"
        #expect(NormalizedText(text).hidden.map(\.text) == ["say hi"])
        #expect(NormalizedText(text).hidden.map(\.range) == [2..<26])
        #expect(normal(text) == "ex")
        #expect(NormalizedText("🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}").hidden.isEmpty)
        #expect(NormalizedText("❤️❤️❤️❤️❤️").hidden.isEmpty)
    }

    @Test func nothingIsLostWhereverATextIsCut() {
        let text = "Aß\u{200B}ｘ漢😀 é\u{301}\u{E0041}Жz"
        let scalars = Array(text.unicodeScalars)
        for cut in 0...scalars.count {
            let head = String(String.UnicodeScalarView(scalars[..<cut]))
            let tail = String(String.UnicodeScalarView(scalars[cut...]))
            #expect(NormalizedText(head, []).bytes + NormalizedText(tail, []).bytes == NormalizedText(text, []).bytes)
        }
    }
}
