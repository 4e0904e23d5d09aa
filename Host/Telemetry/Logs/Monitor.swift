import Glibc

/// State behind a lock on which threads can wait for a condition: the classic monitor, for `Mutex` has no condition.
///
/// Unchecked, because the state is reached through a pointer: every access is inside the lock. A pointer, because while
/// one thread waits others change the state, which no exclusive access may span.
final class Monitor<State: Sendable>: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private let state = UnsafeMutablePointer<State>.allocate(capacity: 1)

    init(_ initial: State) {
        state.initialize(to: initial)
        pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(condition, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        state.deinitialize(count: 1)
        state.deallocate()
        condition.deallocate()
        mutex.deallocate()
    }

    /// Runs the body inside the lock; the body neither waits nor logs.
    func withLock<Result>(_ body: (inout State) -> Result) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body(&state.pointee)
    }

    /// Waits until the predicate is false or the deadline has passed, then runs the body inside the lock.
    func withLock<Result>(
        waitingWhile predicate: (borrowing State) -> Bool, until deadline: MonotonicTime?,
        _ body: (inout State) -> Result
    ) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while predicate(state.pointee) {
            guard let deadline else {
                pthread_cond_wait(condition, mutex)
                continue
            }
            var time = deadline.timespec
            if pthread_cond_timedwait(condition, mutex, &time) == ETIMEDOUT { break }
        }
        return body(&state.pointee)
    }

    /// Wakes all who wait, to look at the state again. Costs no system call when nobody waits.
    func wakeAll() { pthread_cond_broadcast(condition) }
}
