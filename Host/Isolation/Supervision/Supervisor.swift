import Glibc
import Loading
import Synchronization

/// The one thread of the host that starts runners and waits for what they do: their ends, their standard error, and the
/// times at which something is due.
///
/// Runners are started by this thread and no other, because the kernel sends a parent-death signal when the thread that
/// started a process ends (prctl(2), PR_SET_PDEATHSIG), and this one ends with the host.
package final class Supervisor: @unchecked Sendable {
    typealias Job = @Sendable () -> Void

    /// Two ends of a pipe: a byte in it wakes the thread.
    private let wake: (read: Int32, write: Int32)
    private let jobs = Mutex<(waiting: [Job], isStopped: Bool)>(([], false))
    private let ended = Latch()

    // Confined to the thread.
    private var watched: [Int32: () -> Void] = [:]
    private var timers: [(at: Int64, job: Job)] = []

    package init() {
        var ends: [Int32] = [-1, -1]
        precondition(pipe(&ends) == 0, "no descriptors are left for a pipe")
        for end in ends {
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
        }
        wake = (ends[0], ends[1])
        var thread: pthread_t = 0
        pthread_create(
            &thread, nil,
            { pointer in
                Unmanaged<Supervisor>.fromOpaque(pointer!).takeRetainedValue().run()
                return nil
            }, Unmanaged.passRetained(self).toOpaque())
        pthread_detach(thread)
    }

    deinit {
        close(wake.read)
        close(wake.write)
    }

    /// End the thread, and wait until it has, five seconds at most: nothing comes from it afterwards. What is still to be done is not done.
    /// Every runner must have ended. From any other thread.
    package func stop() {
        jobs.withLock { $0.isStopped = true }
        signalWake()
        // One that is held up, by a log that nobody reads, must not hold up the end of the host.
        guard ended.wait(until: MonotonicClock.now() + 5_000_000_000) else { return }
        // For the next one who stops it.
        ended.post()
    }

    /// Do something on the thread, soon. From any thread.
    func perform(_ job: @escaping Job) {
        jobs.withLock { $0.waiting.append(job) }
        signalWake()
    }

    /// Do something on the thread at a time of CLOCK_MONOTONIC, in nanoseconds. From any thread.
    func at(_ time: Int64, _ job: @escaping Job) {
        perform { self.timers.append((time, job)) }
    }

    /// On the thread: call `ready` there whenever the descriptor can be read, or has ended.
    func watch(_ descriptor: Int32, _ ready: @escaping () -> Void) { watched[descriptor] = ready }

    /// On the thread, before the descriptor is closed.
    func forget(_ descriptor: Int32) { watched[descriptor] = nil }

    private func signalWake() {
        var byte: UInt8 = 1
        // A full pipe wakes as well.
        _ = write(wake.write, &byte, 1)
    }

    private func run() {
        defer { ended.post() }
        while true {
            var events = ([wake.read] + watched.keys).map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
            let count = poll(&events, nfds_t(events.count), untilNextTimer)
            if count > 0 {
                if events[0].revents != 0 { drainWake() }
                for event in events.dropFirst() where event.revents != 0 { watched[event.fd]?() }
            }
            let (waiting, isStopped) = jobs.withLock { jobs in
                defer { jobs.waiting = [] }
                return jobs
            }
            if isStopped { return }
            for job in waiting { job() }
            fireTimers()
        }
    }

    private func drainWake() {
        withUnsafeTemporaryAllocation(byteCount: 256, alignment: 1) { _ = read(wake.read, $0.baseAddress, $0.count) }
    }

    /// Milliseconds, rounded up; -1: there is none.
    private var untilNextTimer: Int32 {
        guard let next = timers.map(\.at).min() else { return -1 }
        return Int32(clamping: max(0, next - MonotonicClock.now() + 999_999) / 1_000_000)
    }

    private func fireTimers() {
        let now = MonotonicClock.now()
        let due = timers.filter { $0.at <= now }
        guard !due.isEmpty else { return }
        timers.removeAll { $0.at <= now }
        for timer in due.sorted(by: { $0.at < $1.at }) { timer.job() }
    }
}
