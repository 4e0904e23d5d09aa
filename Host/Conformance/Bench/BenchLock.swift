import Glibc

/// One lock and one condition for all that a bench knows: what changes wakes whoever waits.
///
/// The lock is never held while code of the plugin runs, so that a plugin may call the host from anywhere.
final class BenchLock: @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>
    /// Grows with every change; under the lock.
    private var changes: UInt64 = 0

    init() {
        mutex = .allocate(capacity: 1)
        condition = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
        let attributes = UnsafeMutablePointer<pthread_condattr_t>.allocate(capacity: 1)
        pthread_condattr_init(attributes)
        pthread_condattr_setclock(attributes, CLOCK_MONOTONIC)
        pthread_cond_init(condition, attributes)
        pthread_condattr_destroy(attributes)
        attributes.deallocate()
    }

    deinit {
        pthread_mutex_destroy(mutex)
        pthread_cond_destroy(condition)
        mutex.deallocate()
        condition.deallocate()
    }

    /// Look at what the lock guards.
    func read<Answer>(_ body: () throws -> Answer) rethrows -> Answer {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return try body()
    }

    /// Change what the lock guards, and wake those who wait.
    func change<Answer>(_ body: () throws -> Answer) rethrows -> Answer {
        pthread_mutex_lock(mutex)
        defer {
            changes &+= 1
            pthread_cond_broadcast(condition)
            pthread_mutex_unlock(mutex)
        }
        return try body()
    }

    /// How often something has changed.
    var version: UInt64 { read { changes } }

    /// Wait until something has changed since `version`, or until a time (nanoseconds of CLOCK_MONOTONIC).
    func wait(since version: UInt64, until time: Int64) {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        var when = timespec(tv_sec: Int(time / BenchClock.second), tv_nsec: Int(time % BenchClock.second))
        while changes == version {
            if pthread_cond_timedwait(condition, mutex, &when) != 0 { return }
        }
    }
}
