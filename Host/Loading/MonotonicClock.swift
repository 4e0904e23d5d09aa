import Glibc

/// Nanoseconds of CLOCK_MONOTONIC, the clock of the ABI's deadlines. Loading stands below Telemetry, which has the type.
package enum MonotonicClock {
    package static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
