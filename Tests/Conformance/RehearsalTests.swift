import Conformance
import JackfieldJSON
import Testing

@Suite("The rehearsal")
struct RehearsalTests {
    @Test(
        "an address fits a pattern in which * stands for any text",
        arguments: [
            ("https://a.example/v1/x", "https://a.example/v1/*", true), ("https://a.example/v1/x", "*", true),
            ("https://a.example/v1/x", "*/v1/*", true), ("https://a.example/v1/x", "*/x", true),
            ("https://a.example/v1/x", "https://a.example/v1/x", true),
            ("https://a.example/v1/x", "https://*/v2/*", false),
            ("https://a.example/v1/x", "https://a.example/v1", false), ("aa", "a*a*a", false), ("aba", "a*b*a", true),
        ])
    func patterns(url: String, pattern: String, fits: Bool) throws {
        let rehearsal = try Rehearsal(["http": [["url": .string(pattern), "body": "yes"]]])
        #expect((rehearsal.answer(to: "GET", url) != nil) == fits)
    }

    @Test("the first answer that fits counts, and the method with it")
    func order() throws {
        let rehearsal = try Rehearsal([
            "http": [
                ["method": "POST", "url": "*", "status": 201, "chunks": ["a", "b"]], ["url": "*", "body": ["k": "v"]],
            ]
        ])
        #expect(rehearsal.answer(to: "POST", "http://a/")?.status == 201)
        #expect(rehearsal.answer(to: "POST", "http://a/")?.chunks == [[0x61], [0x62]])
        #expect(rehearsal.answer(to: "GET", "http://a/")?.chunks == [Array("{\"k\":\"v\"}".utf8)])
    }

    @Test("bytes that are no text are written as base64")
    func base64() throws {
        let rehearsal = try Rehearsal(["http": [["url": "*", "chunks": ["a", ["base64": "AP+/ gA=="]]]]])
        #expect(rehearsal.answer(to: "GET", "http://a/")?.chunks == [[0x61], [0x00, 0xFF, 0xBF, 0x80]])
        #expect(throws: Rehearsal.Mistake.self) { try Rehearsal(["http": [["url": "*", "body": ["base64": "?"]]]]) }
    }

    @Test("what means nothing is refused with its name")
    func unknown() {
        let mistake = #expect(throws: Rehearsal.Mistake.self) { try Rehearsal(["secretz": .object([:])]) }
        #expect(mistake?.description.contains("`secretz`") == true)
    }
}
