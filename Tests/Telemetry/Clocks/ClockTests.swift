import Glibc
import Telemetry
import Testing

@Suite struct ClockTests {
    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (4_107_542_399_999, "2100-02-28T23:59:59.999Z"), (4_107_542_400_000, "2100-03-01T00:00:00.000Z"),
            (1_735_689_599_001, "2024-12-31T23:59:59.001Z"), (9_214_646_400_000, "2262-01-01T00:00:00.000Z"),
        ] as [(Int64, String)])
    func timesAreWrittenAsRFC3339(milliseconds: Int64, text: String) {
        // Microseconds are cut off, never rounded up into the next second.
        let rest: Int64 = milliseconds < 0 ? 0 : 999_999
        #expect(WallTime(nanoseconds: milliseconds * 1_000_000 + rest).rfc3339 == text)
    }

    @Test func everyDayOfFourHundredYearsAgreesWithTheSystem() {
        for day in stride(from: -40_000, to: 106_000, by: 1) {
            var seconds = day * 86_400 + 45_296
            var parts = tm()
            gmtime_r(&seconds, &parts)
            func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
            let expected =
                "\(parts.tm_year + 1900)-\(two(parts.tm_mon + 1))-\(two(parts.tm_mday))T12:34:56.000Z"
            let text = WallTime(nanoseconds: Int64(seconds) * 1_000_000_000).rfc3339
            if text != expected {
                #expect(text == expected)
                return
            }
        }
    }

    @Test func theWallClockIsTheSystems() {
        let before = time(nil)
        let now = WallTime.now().nanoseconds / 1_000_000_000
        #expect(now >= before - 1 && now <= time(nil) + 1)
    }

    @Test func monotonicTimeNeverGoesBack() {
        var last = MonotonicTime.now()
        for _ in 0..<10_000 {
            let now = MonotonicTime.now()
            #expect(now >= last)
            last = now
        }
        #expect(last.elapsed >= 0)
    }

    @Test func deadlinesAddUpAndSaturate() {
        let start = MonotonicTime(nanoseconds: 1_000)
        #expect((start + .milliseconds(2)).nanoseconds == 2_001_000)
        #expect((start + .milliseconds(2)) - start == 2_000_000)
        #expect((start + .seconds(Int64.max)).nanoseconds == .max)
        #expect(Duration.seconds(-1).wholeNanoseconds == -1_000_000_000)
        #expect(MonotonicTime(nanoseconds: 1_500_000_001).timespec.tv_nsec == 500_000_001)
    }
}
