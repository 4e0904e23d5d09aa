import JackfieldJSON
import Testing

@Suite struct JSONTests {
    @Test(arguments: [
        "null", "true", "false", "0", "-1", "1.5e-7", "12345678901234567890", #""""#, #""a""#, "[]", "{}",
        #"{"b":1,"a":[null,{"c":"d"}]}"#, #""\u0001\n\t\"\\ä€😀""#,
    ])
    func whatIsWrittenIsWhatWasRead(text: String) throws {
        let value = try JSON(parsing: text)
        #expect(try JSON(parsing: value.text) == value)
        // Digits and the order of keys survive.
        if !text.contains("\\u") { #expect(value.text == text) }
    }

    @Test func escapesAreDecoded() throws {
        #expect(try JSON(parsing: #""\u00e4\ud83d\ude00\/\b\f""#) == .string("ä😀/\u{8}\u{c}"))
        // A lone surrogate cannot be a character.
        #expect(try JSON(parsing: #""\ud83dx""#) == .string("\u{fffd}x"))
        #expect(try JSON(parsing: #""\ud83d\u0041""#) == .string("\u{fffd}A"))
    }

    @Test(arguments: [
        ("", 0), ("{", 1), ("[1,]", 3), (#"{"a" 1}"#, 5), (#"{"a":1,"a":2}"#, 7), ("01", 0), ("1.", 1), ("-", 1),
        ("tru", 0),
        ("\"a", 2), ("\"\u{1}\"", 1), (#""\x""#, 2), (#""\u12g4""#, 2), ("1 2", 2), ("nul", 0), ("[1 2]", 3),
        ("{1:2}", 1),
    ])
    func whatIsNotJSONIsRefusedWithItsPlace(text: String, offset: Int) {
        let error = #expect(throws: JSONError.self) { try JSON(parsing: text) }
        #expect(error?.offset == offset)
    }

    @Test func depthIsBounded() throws {
        let deep = String(repeating: "[", count: 200) + String(repeating: "]", count: 200)
        #expect(throws: JSONError.self) { try JSON(parsing: deep) }
        #expect(throws: Never.self) { try JSON(parsing: deep, depth: 200) }
        // Depth counts what is open at once, not what was ever opened.
        #expect(throws: Never.self) {
            try JSON(parsing: "[" + String(repeating: "[],{},", count: 500) + "1]", depth: 2)
        }
    }

    @Test func bytesThatAreNotUTF8AreRefused() {
        #expect(throws: JSONError.self) { try JSON(parsing: [0x22, 0xff, 0x22]) }
        #expect(throws: JSONError.self) { try JSON(parsing: [0x22, 0x5c, 0x6e, 0xc0, 0x80, 0x22]) }
    }

    @Test func manyKeysAreCheckedForDuplicatesToo() {
        let many = (0..<40).map { "\"k\($0)\":1" }.joined(separator: ",")
        #expect(throws: Never.self) { try JSON(parsing: "{\(many)}") }
        #expect(throws: JSONError.self) { try JSON(parsing: "{\(many),\"k20\":1}") }
    }

    @Test func integersAreRecognisedInEveryNotation() {
        #expect(JSON.number("1e3").int == 1000)
        #expect(JSON.number("2.0").int == 2)
        #expect(JSON.number("2.5").int == nil)
        #expect(JSON.number("1e400").int == nil)
        #expect(JSON(Double.infinity) == .null)
        #expect(JSON(3.0).text == "3")
    }

    @Test func aWriterPutsCommasWhereTheyBelong() {
        var writer = JSONWriter()
        writer.beginObject()
        writer.key("a")
        writer.beginArray()
        writer.int(1)
        writer.string("x")
        writer.beginObject()
        writer.endObject()
        writer.endArray()
        writer.key("b" as String)
        writer.null()
        writer.endObject()
        #expect(String(decoding: writer.bytes, as: UTF8.self) == #"{"a":[1,"x",{}],"b":null}"#)
    }

    @Test(arguments: [0, 3, 15, 16, 17, 40])
    func settingManyMembersIsSettingThemOneByOne(first: Int) {
        let pairs = (0..<60).map { number -> (String, JSON) in ("key \(number * 7 % 50)", JSON(number)) }
        var expected = JSONObject()
        for (key, value) in pairs { expected[key] = value }
        #expect(JSONObject(pairs) == expected)
        var object = JSONObject(Array(pairs[..<first]))
        object.set(JSONObject(Array(pairs[first...])).members)
        #expect(object == expected)
    }

    /// The smallest whole number has no positive counterpart: taking its absolute value stops the process.
    @Test(arguments: [-0x1p63, 0x1p63, -0x1p53, 0x1p53, -0x1p62]) func numbersAtTheEdgesOfIntegersAreWritten(
        value: Double
    ) {
        #expect(JSON(value).double == value)
    }
}
