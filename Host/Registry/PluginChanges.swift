package import EventLoops
import Synchronization

/// Counts the changes of where a plugin stands (its status, and with `isolation: process` its process), and lets tasks
/// wait for the next one. Whoever reads the count first, then looks, then waits for more than that count, misses nothing.
package final class PluginChanges: Sendable {
    private struct State {
        var count: UInt64 = 0
        var waiters: [ObjectIdentifier: Waiter] = [:]
    }
    private let state = Mutex(State())

    package var count: UInt64 { state.withLock { $0.count } }

    /// From any thread.
    func note() {
        let waiters = state.withLock { state in
            state.count += 1
            defer { state.waiters = [:] }
            return Array(state.waiters.values)
        }
        for waiter in waiters { waiter.wake(true) }
    }

    /// Wait until there were more than `count` changes. From a task of the executor.
    ///
    /// - Parameter deadline: nanoseconds of CLOCK_MONOTONIC.
    /// - Returns: false if the deadline passed before, or the task was cancelled.
    package func next(after count: UInt64, by deadline: Int64, on executor: LoopExecutor) async -> Bool {
        let waiter = Waiter()
        let isOver = state.withLock { state in
            if state.count > count { return true }
            state.waiters[ObjectIdentifier(waiter)] = waiter
            return false
        }
        if isOver { return true }
        let timer = executor.at(deadline) { [self] in leave(waiter) }
        defer { timer.cancel() }
        return await withTaskCancellationHandler {
            await withUnsafeContinuation { waiter.wait($0) }
        } onCancel: {
            leave(waiter)
        }
    }

    private func leave(_ waiter: Waiter) {
        state.withLock { _ = $0.waiters.removeValue(forKey: ObjectIdentifier(waiter)) }
        waiter.wake(false)
    }

    /// Woken once, by a change, the deadline or cancellation.
    private final class Waiter: Sendable {
        private enum State {
            case idle
            case waiting(UnsafeContinuation<Bool, Never>)
            case woken(Bool)
        }
        private let state = Mutex(State.idle)

        func wait(_ continuation: UnsafeContinuation<Bool, Never>) {
            let outcome: Bool? = state.withLock { state in
                if case .woken(let outcome) = state { return outcome }
                state = .waiting(continuation)
                return nil
            }
            if let outcome { continuation.resume(returning: outcome) }
        }

        func wake(_ outcome: Bool) {
            let continuation: UnsafeContinuation<Bool, Never>? = state.withLock { state in
                switch state {
                case .woken: return nil
                case .idle:
                    state = .woken(outcome)
                    return nil
                case .waiting(let continuation):
                    state = .woken(outcome)
                    return continuation
                }
            }
            continuation?.resume(returning: outcome)
        }
    }
}
