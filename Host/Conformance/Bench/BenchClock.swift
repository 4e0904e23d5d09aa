import Glibc

/// Nanoseconds of CLOCK_MONOTONIC, the clock of the ABI's deadlines.
package enum BenchClock {
    package static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    package static let second: Int64 = 1_000_000_000
    package static let millisecond: Int64 = 1_000_000
}
