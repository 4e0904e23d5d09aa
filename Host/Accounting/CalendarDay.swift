/// A day of the Gregorian calendar in UTC, counted from 1970-01-01, which is 0.
package struct CalendarDay: Sendable, Hashable, Comparable, Strideable {
    package let number: Int64

    package init(number: Int64) { self.number = number }

    /// - Parameter nanoseconds: Since 1970.
    package init(containing nanoseconds: Int64) {
        self.init(number: (nanoseconds - nanoseconds.modulo(Self.length)) / Self.length)
    }

    /// - Parameters:
    ///   - month: 1 to 12.
    ///   - day: From 1. One behind the month's last lies in the next month.
    package init(year: Int64, month: Int64, day: Int64 = 1) {
        // The year is made to begin in March, so that the leap day is its last; 400 such years always have as many
        // days. The method is that of Howard Hinnant, "chrono-compatible low-level date algorithms".
        let shifted = month <= 2 ? year - 1 : year
        let era = (shifted - shifted.modulo(400)) / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        self.init(number: era * 146_097 + dayOfEra - 719_468)
    }

    package var civil: (year: Int64, month: Int64, day: Int64) {
        let shifted = number + 719_468
        let era = (shifted - shifted.modulo(146_097)) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    /// The nanosecond at which it begins.
    package var start: Int64 { number * Self.length }

    package func advanced(by days: Int64) -> CalendarDay { CalendarDay(number: number + days) }
    package func distance(to other: CalendarDay) -> Int64 { other.number - number }

    static let length: Int64 = 86_400_000_000_000
}

extension CalendarDay: CustomStringConvertible, LosslessStringConvertible {
    /// "2026-11-21" (RFC 3339, full-date). Its order is that of the days, from the year 0 to 9999.
    package var description: String {
        let (year, month, day) = civil
        return "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))"
    }

    /// Nil for anything that is not a day of the calendar in the form "2026-11-21".
    package init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.map(\.count) == [4, 2, 2], text.utf8.allSatisfy({ $0 != UInt8(ascii: "+") }),
            let year = Int64(Substring(parts[0])), let month = Int64(Substring(parts[1])),
            let day = Int64(Substring(parts[2])), 1...12 ~= month, day >= 1
        else { return nil }
        self.init(year: year, month: month, day: day)
        // The 30th of February has become a day of March.
        guard civil.month == month else { return nil }
    }

    static func padded(_ number: Int64, _ places: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, places - digits.utf8.count)) + digits
    }
}

/// A point in time for people: "2026-11-21T03:25:59Z" (RFC 3339). What is below a second is left out.
func timestamp(_ nanoseconds: Int64) -> String {
    let day = CalendarDay(containing: nanoseconds)
    let seconds = (nanoseconds - day.start) / 1_000_000_000
    let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { CalendarDay.padded($0, 2) }
    return "\(day)T\(clock.joined(separator: ":"))Z"
}
