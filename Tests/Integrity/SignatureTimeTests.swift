import Testing

@testable import Integrity

@Suite("A second in UTC")
struct SignatureTimeTests {
    @Test(
        "is written and read as RFC 3339 does",
        arguments: [
            (0, "1970-01-01T00:00:00Z"), (951_782_400, "2000-02-29T00:00:00Z"), (1_795_253_400, "2026-11-21T09:30:00Z"),
            (253_402_300_799, "9999-12-31T23:59:59Z"),
        ] as [(Int64, String)])
    func texts(seconds: Int64, text: String) throws {
        #expect(try #require(SignatureTime(seconds: seconds)).description == text)
        #expect(SignatureTime(text)?.seconds == seconds)
    }

    @Test(
        "is nothing else",
        arguments: [
            "", "2026-11-21", "2026-11-21T09:30:00", "2026-11-21T09:30:00.5Z", "2026-11-21T09:30:00+01:00",
            "2026-11-21t09:30:00Z", "2026-02-30T00:00:00Z", "2026-13-01T00:00:00Z", "2026-11-21T24:00:00Z",
            "2026-11-21T09:30:60Z", "1969-12-31T23:59:59Z", "2026-1１-21T09:30:00Z", "20x6-11-21T09:30:00Z",
        ])
    func strict(text: String) {
        #expect(SignatureTime(text) == nil)
    }

    @Test("does not run over")
    func bounds() throws {
        #expect(SignatureTime(seconds: -1) == nil && SignatureTime(seconds: 253_402_300_800) == nil)
        let last = try #require(SignatureTime(seconds: 253_402_300_799))
        #expect(last.adding(seconds: 1) == nil && last.adding(seconds: .max) == nil)
        #expect(last.adding(seconds: -1)?.seconds == 253_402_300_798)
    }
}
