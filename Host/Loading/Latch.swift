import Glibc

/// What one thread waits for and another one tells. Counts: each `post` lets one `wait` through.
package final class Latch: @unchecked Sendable {
    private let semaphore = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    package init() { sem_init(semaphore, 0, 0) }

    deinit {
        sem_destroy(semaphore)
        semaphore.deallocate()
    }

    /// From any thread.
    package func post() { sem_post(semaphore) }

    package func wait() {
        while sem_wait(semaphore) != 0 {}
    }

    /// - Parameter limit: nanoseconds of CLOCK_MONOTONIC.
    /// - Returns: false if there was none by then.
    package func wait(until limit: Int64) -> Bool {
        // sem_timedwait(3) has the clock of the wall: a step of that clock moves the limit by as much.
        var until = timespec()
        clock_gettime(CLOCK_REALTIME, &until)
        // A year is for ever, and leaves room to add.
        let left = min(max(0, limit - MonotonicClock.now()), 31_536_000_000_000_000)
        let end = Int64(until.tv_nsec) + left
        until.tv_sec += Int(end / 1_000_000_000)
        until.tv_nsec = Int(end % 1_000_000_000)
        while sem_timedwait(semaphore, &until) != 0 {
            if errno != EINTR { return false }
        }
        return true
    }
}
