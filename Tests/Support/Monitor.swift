#if canImport(Glibc)
    import Glibc
#endif

/// A value behind a lock on whose change threads can wait, with a deadline.
package final class Monitor<State>: @unchecked Sendable {
    // Both live at fixed addresses, since the C library refers to them by address.
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let condition: UnsafeMutablePointer<pthread_cond_t>
    private var state: State

    package init(_ state: sending State) {
        self.state = state
        mutex = .allocate(capacity: 1)
        condition = .allocate(capacity: 1)
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
        condition.deallocate()
        mutex.deallocate()
    }

    /// Read or change the value. Whoever waits looks again afterwards.
    package func withLock<Result>(_ body: (inout State) throws -> Result) rethrows -> Result {
        pthread_mutex_lock(mutex)
        defer {
            pthread_cond_broadcast(condition)
            pthread_mutex_unlock(mutex)
        }
        return try body(&state)
    }

    /// Wait until `body` gives something, and give that. Throws a sentence with `what` when the time is up.
    package func wait<Result>(
        for what: @autoclosure () -> String, within duration: Duration = .generous, _ body: (inout State) -> Result?
    ) throws -> Result {
        if let result = wait(by: Deadline.after(duration), body) { return result }
        // Without the lock: the sentence may tell of what it guards.
        throw TestFailure("waited \(duration) in vain for \(what())")
    }

    private func wait<Result>(by deadline: Deadline, _ body: (inout State) -> Result?) -> Result? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while true {
            if let result = body(&state) { return result }
            var until = deadline.timespec
            if pthread_cond_timedwait(condition, mutex, &until) == ETIMEDOUT { return body(&state) }
        }
    }
}

/// Something that happens once: a thread waits for it, another lets it happen.
package final class Gate: Sendable {
    private let isOpened = Monitor(false)

    package init() {}

    package func open() { isOpened.withLock { $0 = true } }
    package var isOpen: Bool { isOpened.withLock { $0 } }

    package func wait(within duration: Duration = .generous) throws {
        _ = try isOpened.wait(for: "a gate to open", within: duration) { $0 ? true : nil }
    }
}

/// A thread of the test's own, so that what blocks never holds one of the runtime's few.
package func onThread(_ body: @escaping @Sendable () -> Void) {
    final class Box {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var thread = pthread_t()
    let box = Unmanaged.passRetained(Box(body))
    let status = pthread_create(
        &thread, nil,
        { argument in
            Unmanaged<Box>.fromOpaque(argument!).takeRetainedValue().body()
            return nil
        }, box.toOpaque())
    precondition(status == 0, "pthread_create: \(status)")
    pthread_detach(thread)
}

private struct ParallelProgress<Value: Sendable>: Sendable {
    var next = 0
    var results: [Int: Result<Value, any Error>] = [:]
}

/// Run the body `count` times, on at most `width` threads at once, and give the results in order. The first error is
/// thrown once all have ended.
package func inParallel<Result: Sendable>(
    _ count: Int, width: Int = 64, within duration: Duration = .seconds(120),
    _ body: @escaping @Sendable (Int) throws -> Result
) throws -> [Result] {
    let progress = Monitor(ParallelProgress<Result>())
    for _ in 0..<min(width, count) {
        onThread {
            while let index = progress.withLock({ state -> Int? in
                guard state.next < count else { return nil }
                state.next += 1
                return state.next - 1
            }) {
                let result = Swift.Result { try body(index) }
                progress.withLock { $0.results[index] = result }
            }
        }
    }
    let results = try progress.wait(for: "\(count) parallel runs", within: duration) {
        $0.results.count == count ? $0.results : nil
    }
    return try (0..<count).map { try results[$0]!.get() }
}
