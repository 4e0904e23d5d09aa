import Glibc

/// The threads on which a plugin that may block is called: at most as many at a time as it declares.
final class BenchWorkers: @unchecked Sendable {
    private let limit: Int
    private let lock = BenchLock()
    private var threads: [BenchThread] = []
    private var waiting: [() -> Void] = []
    private var idle = 0
    private var isStopped = false

    init(limit: Int) { self.limit = limit }

    /// From any thread.
    func submit(_ body: @escaping () -> Void) {
        lock.change {
            waiting.append(body)
            if idle < waiting.count, threads.count < limit { threads.append(BenchThread { [self] in work() }) }
        }
    }

    private func work() {
        while true {
            // Looking is no change: it must wake nobody, or two idle workers wake each other for ever.
            let version = lock.version
            let (body, stop) = lock.read { () -> ((() -> Void)?, Bool) in
                (waiting.isEmpty ? nil : waiting.removeFirst(), isStopped)
            }
            if let body {
                body()
            } else if stop {
                return
            } else {
                lock.read { idle += 1 }
                lock.wait(since: version, until: BenchClock.now() + 3600 * BenchClock.second)
                lock.read { idle -= 1 }
            }
        }
    }

    /// Wait until all that was submitted is done, and end the threads.
    func stop() {
        let ended = lock.change { () -> [BenchThread] in
            isStopped = true
            defer { threads = [] }
            return threads
        }
        for thread in ended { thread.join() }
        lock.change { isStopped = false }
    }
}
