public import JackfieldVocabulary

/// How long an upstream asks to be left alone.
public enum RetryAfter {
    /// A longer wait is no wait but an outage: it is not believed to the second.
    private static let longest: Double = 24 * 3600

    /// `retry-after-ms` (OpenAI), else `retry-after`: seconds, or a date (RFC 9110, section 10.2.3).
    ///
    /// - Parameter now: seconds since 1970.
    public static func nanoseconds(_ head: HTTPHead, now: Int64) -> Int64? {
        if let text = head.header("retry-after-ms"), let milliseconds = Double(text), milliseconds >= 0 {
            return Int64(min(milliseconds / 1000, longest) * 1e9)
        }
        guard let text = head.header("retry-after") else { return nil }
        if let seconds = Double(text) { return seconds >= 0 ? Int64(min(seconds, longest) * 1e9) : nil }
        guard let date = seconds(ofDate: text) else { return nil }
        return Int64(min(Double(max(date - now, 0)), longest) * 1e9)
    }

    /// An IMF-fixdate (RFC 9110, section 5.6.7), "Sun, 06 Nov 1994 08:49:37 GMT", as seconds since 1970. The two
    /// obsolete forms are not read: no upstream sends them.
    public static func seconds(ofDate text: String) -> Int64? {
        let parts = text.split(separator: " ")
        guard parts.count == 6, parts[0].hasSuffix(","), parts[5] == "GMT" else { return nil }
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let clock = parts[4].split(separator: ":").compactMap { Int64($0) }
        guard let day = Int64(parts[1]), (1...31).contains(day), let month = months.firstIndex(of: String(parts[2])),
            let year = Int64(parts[3]), (1970...9999).contains(year), clock.count == 3,
            (0..<24).contains(clock[0]), (0..<60).contains(clock[1]), (0...60).contains(clock[2])
        else { return nil }
        return days(year, Int64(month) + 1, day) * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2]
    }

    /// Days from 1 January 1970, in the Gregorian calendar. Years begin in March here, so that leap days come last.
    private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let year = month <= 2 ? year - 1 : year
        let dayOfYear = (153 * ((month + 9) % 12) + 2) / 5 + day - 1
        return year * 365 + year / 4 - year / 100 + year / 400 + dayOfYear - 719_468
    }
}
