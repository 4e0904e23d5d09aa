import Testing

@testable import Anthropic

struct TimestampTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("2026-02-04T00:00:00Z", 1_770_163_200), ("2000-02-29T12:30:15Z", 951_827_415),
        ("2024-03-01T00:00:00.123456Z", 1_709_251_200), ("2024-03-01T02:00:00+02:00", 1_709_251_200),
        ("2024-02-29t22:30:00-01:30", 1_709_251_200), ("2100-03-01T00:00:00Z", 4_107_542_400),
    ])
    func readsATime(_ text: String, _ seconds: Int64) { #expect(Timestamp.seconds(text) == seconds) }

    @Test(arguments: [
        "", "2024", "2024-03-01", "2024-03-01T00:00:00", "2024-13-01T00:00:00Z", "2024-03-01T25:00:00Z",
        "2024-03-01 T0:00:00Z", "2024-03-01T00:00:00+2", "2024-03-01T00:00:00+02x00", "20240301T000000Z",
        "2024-03-01T00:00:00é",
    ])
    func refusesWhatIsNone(_ text: String) { #expect(Timestamp.seconds(text) == nil) }
}
