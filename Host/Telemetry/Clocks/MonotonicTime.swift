package import Glibc

/// A point in time of `CLOCK_MONOTONIC`, in nanoseconds: the clock of deadlines in the plugin ABI. It never goes
/// backwards and has no relation to the time of day. Any thread; reading it costs no system call.
package struct MonotonicTime: Sendable, Hashable, Comparable {
    /// Nanoseconds since an arbitrary start, at least 0.
    package var nanoseconds: Int64

    package init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    package static func now() -> MonotonicTime {
        var time = Glibc.timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return MonotonicTime(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    package static func < (left: MonotonicTime, right: MonotonicTime) -> Bool { left.nanoseconds < right.nanoseconds }

    /// The point `duration` later. Saturates: a duration too long to count is a deadline that never comes.
    package static func + (left: MonotonicTime, duration: Duration) -> MonotonicTime {
        let (sum, overflow) = left.nanoseconds.addingReportingOverflow(duration.wholeNanoseconds)
        guard overflow else { return MonotonicTime(nanoseconds: sum) }
        return MonotonicTime(nanoseconds: duration < .zero ? 0 : .max)
    }

    /// Nanoseconds from `right` to `left`; negative if `left` is earlier.
    package static func - (left: MonotonicTime, right: MonotonicTime) -> Int64 { left.nanoseconds &- right.nanoseconds }

    /// Nanoseconds since this point.
    package var elapsed: Int64 { MonotonicTime.now() - self }

    /// The same point as `timespec`, for system calls.
    package var timespec: Glibc.timespec {
        Glibc.timespec(tv_sec: Int(nanoseconds / 1_000_000_000), tv_nsec: Int(nanoseconds % 1_000_000_000))
    }
}

extension Duration {
    /// The duration in nanoseconds; what does not fit saturates (292 years).
    package var wholeNanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (whole, tooLong) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, overflow) = whole.addingReportingOverflow(attoseconds / 1_000_000_000)
        return tooLong || overflow ? (seconds < 0 ? .min : .max) : sum
    }
}
