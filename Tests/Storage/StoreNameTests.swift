import Storage
import Testing

@Suite struct StoreNameTests {
    @Test(arguments: ["a", "sessions", "a.b_c-9", String(repeating: "x", count: 64)])
    func goodCollectionsAreTaken(_ text: String) throws {
        #expect(try Storage.Collection(validating: text).text == text)
    }

    @Test(arguments: ["", "Sessions", "a b", "a/b", "é", String(repeating: "x", count: 65)])
    func badCollectionsAreRefusedWithTheRule(_ text: String) {
        let error = #expect(throws: StoreError.self) { try Storage.Collection(validating: text) }
        #expect(error?.code == .invalidArgument)
        #expect(error?.message.contains("1 to 64") == true)
    }

    @Test(arguments: ["", "a\u{0}b", "line\n", "\u{7F}", String(repeating: "é", count: 257)])
    func badKeysAreRefusedAndDoNotSpoilTheSentence(_ text: String) {
        let error = #expect(throws: StoreError.self) { try RecordKey(validating: text) }
        #expect(error?.message.unicodeScalars.contains { $0.value < 32 } == false)
    }

    @Test func keysAreEqualByBytesOnly() throws {
        #expect(try RecordKey(validating: "\u{E9}") != RecordKey(validating: "e\u{301}"))
        #expect(try RecordKey(validating: "\u{FFFD}") < RecordKey(validating: "\u{1F600}"))
    }
}
