import Glibc

/// Where a store takes the time from. Expiry is wall-clock time, since it must hold across restarts and between hosts.
package struct StoreClock: Sendable {
    /// Milliseconds since 1970-01-01T00:00:00Z. Called on any thread.
    package let now: @Sendable () -> Int64

    package init(now: @escaping @Sendable () -> Int64) { self.now = now }

    /// The system's clock (`CLOCK_REALTIME`).
    package static let system = StoreClock {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}
