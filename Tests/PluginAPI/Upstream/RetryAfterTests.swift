import JackfieldPlugin
import JackfieldVocabulary
import Testing

struct RetryAfterTests {
    private func wait(_ headers: (name: String, value: String)..., now: Int64 = 0) -> Int64? {
        RetryAfter.nanoseconds(HTTPHead(status: 429, headers: headers), now: now)
    }

    @Test func readsSecondsMillisecondsAndDates() {
        #expect(wait(("retry-after", "2")) == 2_000_000_000)
        #expect(wait(("retry-after", "0.5")) == 500_000_000)
        #expect(wait(("retry-after", "9"), ("retry-after-ms", "20")) == 20_000_000)
        #expect(wait(("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT"), now: 784_111_770) == 7_000_000_000)
        #expect(wait(("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT"), now: 784_111_800) == 0)
    }

    @Test(arguments: [
        "-1", "soon", "", "nan", "Sun, 06 Nov 1994", "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 06 Nov 1994 25:49:37 GMT",
    ])
    func leavesOutWhatIsNoTime(_ text: String) { #expect(wait(("retry-after", text)) == nil) }

    @Test func believesNoWaitLongerThanADay() {
        #expect(wait(("retry-after", "1e300")) == 86_400_000_000_000)
        #expect(wait(("retry-after", "inf")) == 86_400_000_000_000)
    }

    @Test(arguments: [
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0 as Int64), ("Thu, 29 Feb 2024 12:00:00 GMT", 1_709_208_000),
        ("Wed, 31 Dec 2025 23:59:59 GMT", 1_767_225_599), ("Tue, 01 Mar 2000 00:00:00 GMT", 951_868_800),
    ])
    func countsDaysAsTheCalendarDoes(_ date: String, _ seconds: Int64) {
        #expect(RetryAfter.seconds(ofDate: date) == seconds)
    }
}
