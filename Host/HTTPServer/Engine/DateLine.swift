import Glibc
import Telemetry

/// The `date` header line, made once a second (RFC 9110, sections 5.6.7 and 6.6.1).
struct DateLine {
    private(set) var bytes: [UInt8] = []
    private var validUntil = MonotonicTime(nanoseconds: 0)

    /// To be called before `bytes` is used.
    mutating func update(_ now: MonotonicTime) {
        if now < validUntil { return }
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        let left = 1_000_000_000 - Int64(time.tv_nsec)
        validUntil = MonotonicTime(nanoseconds: now.nanoseconds + left)
        bytes = Self.line(unixSeconds: time.tv_sec)
    }

    static func line(unixSeconds: Int) -> [UInt8] {
        var seconds = unixSeconds
        var civil = tm()
        gmtime_r(&seconds, &civil)
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let date =
            "\(days[Int(civil.tm_wday)]), \(two(civil.tm_mday)) \(months[Int(civil.tm_mon)]) \(civil.tm_year + 1900)"
        return Array("date: \(date) \(two(civil.tm_hour)):\(two(civil.tm_min)):\(two(civil.tm_sec)) GMT\r\n".utf8)
    }
}
