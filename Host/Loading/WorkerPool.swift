import Glibc
import Synchronization

/// Threads for plugins that may block, so that they never run on an event loop. At most `limit` at a time; a thread that
/// had nothing to do for ten seconds ends.
final class WorkerPool: @unchecked Sendable {
    typealias Job = @Sendable () -> Void

    private let limit: Int
    private let waiting: Int
    // A condition variable is needed, since threads wait for work with a time limit.
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let wake = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    // Guarded by `mutex`.
    private var jobs: [Job] = []
    private var threads = 0
    private var idle = 0
    private var working = 0

    /// - Parameter waiting: jobs that may wait for a thread.
    init(limit: Int, waiting: Int = .max) {
        self.limit = limit
        self.waiting = waiting
        pthread_mutex_init(mutex, nil)
        let attributes = UnsafeMutablePointer<pthread_condattr_t>.allocate(capacity: 1)
        defer { attributes.deallocate() }
        pthread_condattr_init(attributes)
        pthread_condattr_setclock(attributes, CLOCK_MONOTONIC)
        pthread_cond_init(wake, attributes)
        pthread_condattr_destroy(attributes)
    }

    deinit {
        // No thread is left: each one keeps the pool alive.
        pthread_cond_destroy(wake)
        pthread_mutex_destroy(mutex)
        wake.deallocate()
        mutex.deallocate()
    }

    /// Nothing waits and nobody works.
    var isIdle: Bool {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return jobs.isEmpty && working == 0
    }

    /// - Returns: false if more than `waiting` jobs wait for a thread: the job was not taken.
    @discardableResult
    func submit(_ job: @escaping Job) -> Bool {
        pthread_mutex_lock(mutex)
        if jobs.count >= waiting {
            pthread_mutex_unlock(mutex)
            return false
        }
        jobs.append(job)
        let mustStart = idle < jobs.count && threads < limit
        if mustStart { threads += 1 }
        pthread_cond_signal(wake)
        pthread_mutex_unlock(mutex)
        if mustStart, !startThread() {
            pthread_mutex_lock(mutex)
            threads -= 1
            pthread_mutex_unlock(mutex)
        }
        return true
    }

    private func startThread() -> Bool {
        var thread: pthread_t = 0
        // Memory that pthread fills in: which module owns these types' initialisers depends on what else is built.
        let attributes = UnsafeMutablePointer<pthread_attr_t>.allocate(capacity: 1)
        pthread_attr_init(attributes)
        pthread_attr_setdetachstate(attributes, Int32(PTHREAD_CREATE_DETACHED))
        pthread_attr_setstacksize(attributes, 1 << 20)
        defer {
            pthread_attr_destroy(attributes)
            attributes.deallocate()
        }
        let pool = Unmanaged.passRetained(self)
        let status = pthread_create(
            &thread, attributes,
            { pointer in
                Unmanaged<WorkerPool>.fromOpaque(pointer!).takeRetainedValue().work()
                return nil
            }, pool.toOpaque())
        if status != 0 { pool.release() }
        return status == 0
    }

    private func work() {
        while let job = next() {
            job()
            pthread_mutex_lock(mutex)
            working -= 1
            pthread_mutex_unlock(mutex)
        }
    }

    private func next() -> Job? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        var until = timespec()
        clock_gettime(CLOCK_MONOTONIC, &until)
        until.tv_sec += 10
        while jobs.isEmpty {
            idle += 1
            let status = pthread_cond_timedwait(wake, mutex, &until)
            idle -= 1
            if status == ETIMEDOUT, jobs.isEmpty {
                threads -= 1
                return nil
            }
        }
        working += 1
        return jobs.removeFirst()
    }
}

/// A queue whose jobs run one after the other, on whichever thread of the pool is free.
final class Strand: Sendable {
    typealias Job = @Sendable () -> Void

    private struct State {
        var jobs: [Job] = []
        var isRunning = false
        /// Waiting for the plugin to take events again; `isAllowed` if it said so before anyone waited.
        var isHeldBack = false
        var isAllowed = false
    }
    private let state = Mutex(State())
    private let pool: WorkerPool

    init(pool: WorkerPool) { self.pool = pool }

    func post(_ job: @escaping Job) {
        let mustRun = state.withLock { state in
            state.jobs.append(job)
            if state.isRunning || state.isHeldBack { return false }
            state.isRunning = true
            return true
        }
        if mustRun { pool.submit { self.run() } }
    }

    /// Called by a job: put a job before all others and run nothing until `goOn`.
    func holdBack(_ job: @escaping Job) {
        state.withLock { state in
            state.jobs.insert(job, at: 0)
            if state.isAllowed { state.isAllowed = false } else { state.isHeldBack = true }
        }
    }

    /// Forget what waits: nobody is there for it any more.
    func drop() {
        state.withLock { state in
            state.jobs = []
            state.isHeldBack = false
            state.isAllowed = false
        }
    }

    func goOn() {
        let mustRun = state.withLock { state in
            guard state.isHeldBack else {
                state.isAllowed = true
                return false
            }
            state.isHeldBack = false
            if state.isRunning || state.jobs.isEmpty { return false }
            state.isRunning = true
            return true
        }
        if mustRun { pool.submit { self.run() } }
    }

    private func run() {
        while true {
            let job: Job? = state.withLock { state in
                if state.isHeldBack || state.jobs.isEmpty {
                    state.isRunning = false
                    return nil
                }
                return state.jobs.removeFirst()
            }
            guard let job else { return }
            job()
        }
    }
}
