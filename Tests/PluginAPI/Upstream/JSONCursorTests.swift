import JackfieldPlugin
import Testing

struct JSONCursorTests {
    private func accepts(_ text: String) -> Bool {
        Array(text.utf8).withUnsafeBufferPointer { bytes in
            var cursor = JSONCursor(bytes)
            return (try? cursor.value()) != nil && (try? cursor.end()) != nil
        }
    }

    private func string(_ json: String) throws -> String? {
        try Array(json.utf8).withUnsafeBufferPointer { bytes in
            var cursor = JSONCursor(bytes)
            return try cursor.value().string
        }
    }

    @Test(arguments: [
        "{}", "[]", " [1 , -0.5e+3, 0] ", #"{"a":{"b":[null,true,false,"x\u00e9\n"]}}"#,
        "\"eight plain bytes and more\"", "0", "-1",
    ])
    func acceptsJSON(_ text: String) { #expect(accepts(text)) }

    @Test(arguments: [
        "", "{", "[1,]", "[,1]", "{\"a\"}", "{\"a\":1,}", "{,\"a\":1}", "[1 2]", "01", "1.", "-", "+1", "1e", "tru",
        "\"a", "\"\\x\"",
        "\"\\u12g4\"", "\"a\u{1}b\"", "{\"a\":1}x", "{a:1}", "[1}", "\"long text with a control \u{7} character\"",
    ])
    func refusesWhatIsNotJSON(_ text: String) { #expect(!accepts(text)) }

    @Test func agreesWithTheParserOnEveryTruncation() {
        let text = #"{"id":"x","list":[1,2.5,{"k":"v\"\u00e9"}],"t":true,"n":null}"#
        for length in 0..<text.utf8.count {
            #expect(!accepts(String(decoding: text.utf8.prefix(length), as: UTF8.self)), "cut at \(length)")
        }
    }

    @Test func refusesNestingWithoutEnd() {
        #expect(accepts(String(repeating: "[", count: 100) + String(repeating: "]", count: 100)))
        #expect(!accepts(String(repeating: "[", count: 100_000)))
    }

    @Test(arguments: [
        (#""plain""#, "plain"), (#""a\"b\\c\/d\b\f\n\r\t""#, "a\"b\\c/d\u{8}\u{c}\n\r\t"), (#""\u00e9\u20ac""#, "é€"),
        (#""\ud83d\ude00!""#, "😀!"), (#""\ud83d""#, "\u{fffd}"), (#""\ud83dx""#, "\u{fffd}x"),
        (#""\ude00""#, "\u{fffd}"),
        (#""\ud83d\u0041""#, "\u{fffd}A"), ("\"日本語\"", "日本語"),
    ])
    func decodesStrings(_ json: String, _ text: String) throws { #expect(try string(json) == text) }

    @Test func findsTheFirstSpecialByteWhereverItStands() throws {
        for length in 0..<24 {
            let plain = String(repeating: "x", count: length)
            #expect(try string("\"\(plain)\"") == plain)
            #expect(try string("\"\(plain)\\n\(plain)\"") == "\(plain)\n\(plain)")
            #expect(!accepts("\"\(plain)\u{1f}\(plain)\""))
        }
    }
}
