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
        guard let ticket else { return }
        self.ticket = nil
        action = nil
        timers.wheel.remove(ticket)
    }
}

/// The deadlines of one loop, driven by one timer of the loop's own while there are any.
final class LoopTimers {
    fileprivate var wheel: DeadlineWheel<LoopTimer>
    private let loop: any EventLoop
    private var isTicking = false

    init(loop: any EventLoop) {
        self.loop = loop
        wheel = DeadlineWheel(now: .now())
    }

    func add(_ deadline: NIODeadline, _ action: @escaping () -> Void) -> LoopTimer {
        if !isTicking, wheel.count == 0 { wheel.skip(to: .now()) }
        let timer = LoopTimer(self, action: action)
        timer.ticket = wheel.insert(timer, deadline: deadline)
        tick()
        return timer
    }

    private func tick() {
        guard !isTicking, wheel.count > 0 else { return }
        isTicking = true
        loop.assumeIsolated().scheduleTask(deadline: wheel.nextTick) {
            self.isTicking = false
            let expired = self.wheel.expire(now: .now())
            for timer in expired {
                timer.ticket = nil
                let action = timer.action
                timer.action = nil
                action?()
            }
            self.tick()
        }
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
