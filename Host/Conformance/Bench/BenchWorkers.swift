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

    func submit(_ body: @escaping () -> Void) {
        let mustGrow = lock.change { () -> Bool in
            waiting.append(body)
            return idle < waiting.count && threads.count < limit
        }
        if mustGrow { threads.append(BenchThread { [self] in work() }) }
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
        lock.change { isStopped = true }
        for thread in threads { thread.join() }
        threads = []
        lock.change { isStopped = false }
    }
}
