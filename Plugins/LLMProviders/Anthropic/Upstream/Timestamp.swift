/// A point in time as Anthropic writes it: RFC 3339, section 5.6, "2026-02-04T00:00:00Z".
enum Timestamp {
    /// Seconds since 1970, fractions left out; nil for what is no such time.
    static func seconds(_ text: String) -> Int64? {
        let bytes = Array(text.utf8)
        func number(_ range: Range<Int>) -> Int64? {
            guard range.upperBound <= bytes.count, bytes[range].allSatisfy({ (0x30...0x39).contains($0) }) else {
                return nil
            }
            return bytes[range].reduce(0) { $0 * 10 + Int64($1 - 0x30) }
        }
        func isMark(_ at: Int, _ mark: Unicode.Scalar) -> Bool { at < bytes.count && bytes[at] == UInt8(ascii: mark) }
        guard let year = number(0..<4), isMark(4, "-"), let month = number(5..<7), isMark(7, "-"),
            let day = number(8..<10), bytes.count > 10, bytes[10] | 0x20 == UInt8(ascii: "t"),
            let hour = number(11..<13), isMark(13, ":"), let minute = number(14..<16), isMark(16, ":"),
            let second = number(17..<19), (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60,
            second <= 60
        else { return nil }
        var at = 19
        if isMark(at, ".") {
            at += 1
            while at < bytes.count, (0x30...0x39).contains(bytes[at]) { at += 1 }
        }
        guard let offset = offset(bytes[at...], number) else { return nil }
        return days(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second - offset
    }

    /// What follows the time of day: "Z" or "+02:00", in seconds east of Greenwich.
    private static func offset(_ zone: ArraySlice<UInt8>, _ number: (Range<Int>) -> Int64?) -> Int64? {
        guard let first = zone.first else { return nil }
        if zone.count == 1 { return first | 0x20 == UInt8(ascii: "z") ? 0 : nil }
        let at = zone.startIndex
        guard zone.count == 6, zone[at + 3] == UInt8(ascii: ":"), let hours = number(at + 1..<at + 3),
            let minutes = number(at + 4..<at + 6)
        else { return nil }
        switch first {
        case UInt8(ascii: "+"): return hours * 3600 + minutes * 60
        case UInt8(ascii: "-"): return -(hours * 3600 + minutes * 60)
        default: return nil
        }
    }

    /// Days from 1 January 1970 in the Gregorian calendar, counted over whole years and the months before this one.
    private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let before: [Int64] = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let last = year - 1
        let leapDays = last / 4 - last / 100 + last / 400 - 477
        return (year - 1970) * 365 + leapDays + before[Int(month) - 1] + (isLeap && month > 2 ? 1 : 0) + day - 1
    }
}
