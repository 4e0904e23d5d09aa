import Glibc

/// A second of the time of day, in UTC: when something was signed, and until when that counts.
package struct SignatureTime: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// Since 1970-01-01T00:00:00Z, without leap seconds; years 1970 to 9999.
    package let seconds: Int64

    package static let range: ClosedRange<Int64> = 0...253_402_300_799

    /// Nil outside of `range`.
    package init?(seconds: Int64) {
        guard Self.range.contains(seconds) else { return nil }
        self.seconds = seconds
    }

    package static func now() -> SignatureTime {
        SignatureTime(seconds: Int64(time(nil))) ?? SignatureTime(seconds: 0)!
    }

    /// Exactly `2026-11-21T09:30:00Z` (RFC 3339 in UTC, whole seconds): one text for each second.
    package init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 20 else { return nil }
        for (at, mark) in [(4, "-"), (7, "-"), (10, "T"), (13, ":"), (16, ":"), (19, "Z")]
        where bytes[at] != mark.utf8.first! {
            return nil
        }
        func number(_ range: Range<Int>) -> Int? {
            let digits = bytes[range]
            guard digits.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
            return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        }
        guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
            let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19)
        else { return nil }
        var parts = tm()
        parts.tm_year = Int32(year - 1900)
        parts.tm_mon = Int32(month - 1)
        parts.tm_mday = Int32(day)
        parts.tm_hour = Int32(hour)
        parts.tm_min = Int32(minute)
        parts.tm_sec = Int32(second)
        self.init(seconds: Int64(timegm(&parts)))
        // timegm(3) takes the 31st of February for a day in March; such a text is no time.
        guard description == text else { return nil }
    }

    package var description: String {
        var time = time_t(seconds)
        var parts = tm()
        gmtime_r(&time, &parts)
        func padded(_ value: Int32, _ width: Int) -> String {
            let digits = String(value)
            return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
        }
        let day = "\(padded(parts.tm_year + 1900, 4))-\(padded(parts.tm_mon + 1, 2))-\(padded(parts.tm_mday, 2))"
        return "\(day)T\(padded(parts.tm_hour, 2)):\(padded(parts.tm_min, 2)):\(padded(parts.tm_sec, 2))Z"
    }

    package static func < (left: SignatureTime, right: SignatureTime) -> Bool { left.seconds < right.seconds }

    /// Nil outside of `range`.
    package func adding(seconds more: Int64) -> SignatureTime? {
        let (sum, overflow) = seconds.addingReportingOverflow(more)
        return overflow ? nil : SignatureTime(seconds: sum)
    }
}
