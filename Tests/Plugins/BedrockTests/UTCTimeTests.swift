import Testing

@testable import Bedrock

struct UTCTimeTests {
    @Test(arguments: [
        (0, "19700101T000000Z"), (1_440_938_160, "20150830T123600Z"), (951_782_400, "20000229T000000Z"),
        (4_102_444_799, "20991231T235959Z"), (-1, "19691231T235959Z"),
    ])
    func writesTheStampOfASignature(_ seconds: Int64, _ stamp: String) {
        #expect(UTCTime(seconds: seconds).stamp == stamp)
        #expect(UTCTime(seconds: seconds).day == stamp.prefix(8))
    }

    @Test(arguments: [
        ("2015-08-30T12:36:00Z", 1_440_938_160), ("2015-08-30t12:36:00.123z", 1_440_938_160),
        ("2015-08-30T14:36:00+02:00", 1_440_938_160), ("2015-08-30T07:06:00-05:30", 1_440_938_160),
        ("1970-01-01T00:00:00Z", 0), ("2000-02-29T00:00:00Z", 951_782_400),
    ])
    func readsTheEndOfCredentials(_ text: String, _ seconds: Int64) {
        #expect(UTCTime(rfc3339: text) == UTCTime(seconds: seconds))
    }

    @Test(arguments: [
        "", "2015-08-30", "2015-08-30T12:36:00", "2015-13-30T12:36:00Z", "2015-08-30T24:36:00Z",
        "2015-08-30T12:36:00Zx", "2015-08-30T12:36:00+2:00", "20150830T123600Z",
    ])
    func readsNothingIntoWhatIsNoTime(_ text: String) { #expect(UTCTime(rfc3339: text) == nil) }
}
