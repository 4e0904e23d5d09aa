import Synchronization

/// One request that waits for a slot at an upstream. Woken once, from any thread.
final class AdmissionWaiter: Sendable {
    enum Outcome: Sendable {
        /// It holds a slot.
        case admitted
        /// Its deadline passed.
        case shed
        case cancelled
    }

    private enum State {
        case idle
        case waiting(UnsafeContinuation<Outcome, Never>)
        case woken(Outcome)
    }
    private let state = Mutex(State.idle)

    /// - Parameter withdraw: called when the task is cancelled: takes the waiter out of the queue; false if it was woken
    ///   already.
    func wait(withdraw: @Sendable () -> Bool) async -> Outcome {
        await withTaskCancellationHandler {
            await withUnsafeContinuation { continuation in
                let outcome: Outcome? = state.withLock { state in
                    if case .woken(let outcome) = state { return outcome }
                    state = .waiting(continuation)
                    return nil
                }
                if let outcome { continuation.resume(returning: outcome) }
            }
        } onCancel: {
            if withdraw() { resume(.cancelled) }
        }
    }

    func resume(_ outcome: Outcome) {
        let continuation: UnsafeContinuation<Outcome, Never>? = state.withLock { state in
            defer { state = .woken(outcome) }
            if case .waiting(let continuation) = state { return continuation }
            return nil
        }
        continuation?.resume(returning: outcome)
    }
}
