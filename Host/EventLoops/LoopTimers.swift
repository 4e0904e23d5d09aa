import NIOCore
import Synchronization

/// One deadline on a loop. Confined to it.
package final class LoopTimer {
    fileprivate var action: (() -> Void)?
    fileprivate var ticket: DeadlineWheel<LoopTimer>.Ticket?
    fileprivate unowned let timers: LoopTimers

    fileprivate init(_ timers: LoopTimers, action: @escaping () -> Void) {
        self.timers = timers
        self.action = action
    }

    /// Legal at any time, also twice and after the timer fired.
    package func cancel() {
        action = nil
        guard let ticket else { return }
        self.ticket = nil
        timers.driver.remove(ticket)
    }
}

/// The timers of one loop.
final class LoopTimers {
    fileprivate let driver: DeadlineDriver<LoopTimer>

    init(loop: any EventLoop) {
        driver = DeadlineDriver(loop: loop) { timers in
            // All of them first: what one does may cancel another.
            for timer in timers { timer.ticket = nil }
            for timer in timers {
                let action = timer.action
                timer.action = nil
                action?()
            }
        }
    }

    func add(_ deadline: NIODeadline, _ action: @escaping () -> Void) -> LoopTimer {
        let timer = LoopTimer(self, action: action)
        timer.ticket = driver.insert(timer, deadline: deadline)
        return timer
    }
}

extension LoopExecutor {
    /// Run an action on the loop at a time of CLOCK_MONOTONIC, in nanoseconds; up to 8 ms late, never early.
    ///
    /// Cheap to set and to cancel, since most deadlines are never reached. To be called on the loop.
    package func at(_ nanoseconds: Int64, _ action: @escaping () -> Void) -> LoopTimer {
        loop.preconditionInEventLoop()
        return timers.add(.uptimeNanoseconds(UInt64(max(0, nanoseconds)))) { [self] in perform(action) }
    }

    /// Wait on the loop. To be called from a task of this executor.
    ///
    /// - Throws: `CancellationError`, at once, when the task is cancelled.
    package func sleep(until nanoseconds: Int64) async throws {
        let sleeper = Sleeper()
        await withTaskCancellationHandler {
            await withUnsafeContinuation { (continuation: UnsafeContinuation<Void, Never>) in
                guard sleeper.wait(continuation) else { return continuation.resume() }
                // On the loop, since the task is.
                sleeper.onLoop = at(nanoseconds) { sleeper.wake() }
            }
        } onCancel: {
            sleeper.wake()
        }
        sleeper.onLoop?.cancel()
        try Task.checkCancellation()
    }
}

/// A continuation that is resumed once, by the timer or by cancellation.
private final class Sleeper: @unchecked Sendable {
    private enum State {
        case idle
        case waiting(UnsafeContinuation<Void, Never>)
        case woken
    }
    private let state = Mutex(State.idle)
    /// Confined to the loop.
    var onLoop: LoopTimer?

    /// False if it was woken already.
    func wait(_ continuation: UnsafeContinuation<Void, Never>) -> Bool {
        state.withLock { state in
            if case .woken = state { return false }
            state = .waiting(continuation)
            return true
        }
    }

    func wake() {
        let continuation: UnsafeContinuation<Void, Never>? = state.withLock { state in
            defer { state = .woken }
            if case .waiting(let continuation) = state { return continuation }
            return nil
        }
        continuation?.resume()
    }
}
