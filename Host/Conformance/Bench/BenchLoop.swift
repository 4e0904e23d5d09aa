/// The event loop of a bench: what is posted runs on the check's own thread, while the check waits for something.
///
/// A plugin that does not block hears everything here, as it would on an event loop of the host.
final class BenchLoop: @unchecked Sendable {
    private let lock: BenchLock
    private var ready: [() -> Void] = []
    private var first = 0
    private var timers: [(time: Int64, body: () -> Void)] = []

    init(lock: BenchLock) { self.lock = lock }

    /// From any thread.
    func post(_ body: @escaping () -> Void) { lock.change { ready.append(body) } }

    /// From any thread: run at a time in nanoseconds of CLOCK_MONOTONIC.
    func post(at time: Int64, _ body: @escaping () -> Void) { lock.change { timers.append((time, body)) } }

    /// Run what is posted until the condition holds.
    ///
    /// - Parameter limit: nanoseconds to wait at most.
    /// - Returns: whether the condition held.
    func run(limit: Int64, until condition: () -> Bool) -> Bool {
        let end = BenchClock.now() + limit
        while true {
            let version = lock.version
            if condition() { return true }
            if let body = next() {
                body()
                continue
            }
            let now = BenchClock.now()
            if now >= end { return condition() }
            let due = lock.read { timers.map(\.time).min() } ?? end
            // Some conditions hang on other locks: they are looked at again every few milliseconds.
            lock.wait(since: version, until: min(due, end, now + 5 * BenchClock.millisecond))
        }
    }

    private func next() -> (() -> Void)? {
        let now = BenchClock.now()
        return lock.read {
            let due = timers.filter { $0.time <= now }.sorted { $0.time < $1.time }
            if !due.isEmpty {
                timers.removeAll { $0.time <= now }
                ready += due.map(\.body)
            }
            guard first < ready.count else {
                ready.removeAll(keepingCapacity: true)
                first = 0
                return nil
            }
            defer { first += 1 }
            return ready[first]
        }
    }

    var isIdle: Bool { lock.read { first >= ready.count && timers.isEmpty } }
}
