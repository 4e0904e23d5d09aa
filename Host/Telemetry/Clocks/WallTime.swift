import Glibc

/// A point in the time of day: nanoseconds since 1970-01-01T00:00:00Z, without leap seconds (POSIX). It may jump when
/// the clock is set; measure durations with `MonotonicTime`.
package struct WallTime: Sendable, Hashable, Comparable, CustomStringConvertible {
    package var nanoseconds: Int64

    package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    package static func now() -> WallTime {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return WallTime(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    package static func < (left: WallTime, right: WallTime) -> Bool { left.nanoseconds < right.nanoseconds }

    /// RFC 3339 in UTC with milliseconds (cut, not rounded): `2026-11-21T00:25:41.123Z`.
    package var rfc3339: String {
        var line = LogLine()
        line.rfc3339(self)
        return String(decoding: line.bytes, as: UTF8.self)
    }

    package var description: String { rfc3339 }

    /// The date and the time of day in UTC.
    struct Civil {
        var year: Int
        var month: Int
        var day: Int
        var hour: Int
        var minute: Int
        var second: Int
        var millisecond: Int
    }

    /// Days to civil date by eras of 400 years, as in Howard Hinnant's "chrono-Compatible Low-Level Date Algorithms".
    var civil: Civil {
        func floorDivide(_ a: Int, _ b: Int) -> (Int, Int) {
            let (quotient, remainder) = a.quotientAndRemainder(dividingBy: b)
            return remainder < 0 ? (quotient - 1, remainder + b) : (quotient, remainder)
        }
        let (milliseconds, _) = floorDivide(Int(nanoseconds), 1_000_000)
        let (seconds, millisecond) = floorDivide(milliseconds, 1000)
        let (days, time) = floorDivide(seconds, 86_400)
        let (era, dayOfEra) = floorDivide(days + 719_468, 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shifted = (5 * dayOfYear + 2) / 153
        let month = shifted < 10 ? shifted + 3 : shifted - 9
        return Civil(
            year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
            day: dayOfYear - (153 * shifted + 2) / 5 + 1,
            hour: time / 3600, minute: time / 60 % 60, second: time % 60, millisecond: millisecond)
    }
}

extension LogLine {
    mutating func rfc3339(_ time: WallTime) {
        let civil = time.civil
        padded(civil.year, 4)
        byte("-")
        padded(civil.month, 2)
        byte("-")
        padded(civil.day, 2)
        byte("T")
        timeOfDay(civil)
    }

    mutating func timeOfDay(_ civil: WallTime.Civil) {
        padded(civil.hour, 2)
        byte(":")
        padded(civil.minute, 2)
        byte(":")
        padded(civil.second, 2)
        byte(".")
        padded(civil.millisecond, 3)
        byte("Z")
    }
}
