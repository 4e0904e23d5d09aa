public import JackfieldVocabulary
import CJackfield
import Synchronization

/// A call that the host started: what a handler needs to know and may do while it runs.
///
/// Emitting and everything that goes to the host may be done from any task of the handler.
public struct Call<Event: CallEvent>: Sendable {
    let core: IncomingCall

    /// Nanoseconds of CLOCK_MONOTONIC, or 0 for none.
    public var deadline: Int64 { core.deadline }

    /// Who asks, and how the request is known in logs.
    public var context: CallContext { core.context }

    /// The one who asked no longer wants the answer. Handlers that only wait need not look: what they wait for throws.
    public var isCancelled: Bool { core.isCancelled }

    /// Deliver an event; waits while the one who reads is slower.
    ///
    /// - Throws: `cancelled` when nobody wants it any more.
    public func emit(_ event: Event) async throws(CallError) {
        let (number, payload) = event.encoded()
        try await core.emit(number, payload)
    }
}

/// What stands behind a `Call`, whatever its events.
final class IncomingCall: Sendable {
    let instance: PluginInstance
    let handle: UInt64
    let deadline: Int64
    private let contextPayload: [UInt8]

    private struct State {
        var isCancelled = false
        var task: Task<Void, Never>?
        var waiter: UnsafeContinuation<Void, Never>?
        var canGoOn = false
    }
    private let state = Mutex(State())

    init(instance: PluginInstance, handle: UInt64, deadline: Int64, context: [UInt8]) {
        self.instance = instance
        self.handle = handle
        self.deadline = deadline
        contextPayload = context
    }

    var context: CallContext {
        contextPayload.withUnsafeBytes { CallContext(PayloadReader(checked: $0)) }
    }

    var isCancelled: Bool { state.withLock { $0.isCancelled } }

    func emit(_ event: UInt32, _ payload: [UInt8]) async throws(CallError) {
        while true {
            state.withLock { $0.canGoOn = false }
            switch instance.host.emit(handle, event, payload) {
            case JACKFIELD_OK: return
            case JACKFIELD_WOULD_BLOCK: await waitForResume()
            default: throw CallError(.cancelled, "the answer is no longer wanted")
            }
            if isCancelled { throw CallError(.cancelled, "the answer is no longer wanted") }
        }
    }

    private func waitForResume() async {
        await withUnsafeContinuation { (continuation: UnsafeContinuation<Void, Never>) in
            let goOn = state.withLock { state in
                if state.canGoOn || state.isCancelled { return true }
                state.waiter = continuation
                return false
            }
            if goOn { continuation.resume() }
        }
    }

    func resumed() {
        let waiter = state.withLock { state in
            state.canGoOn = true
            return state.waiter.take()
        }
        waiter?.resume()
    }

    func cancel() {
        let (task, waiter) = state.withLock { state in
            state.isCancelled = true
            return (state.task, state.waiter.take())
        }
        task?.cancel()
        waiter?.resume()
    }

    /// Run a handler as a task on the thread that the host gave, and finish the call with what comes of it.
    func run(_ handler: @escaping @Sendable () async throws -> [UInt8]) {
        instance.add(self)
        let task = Task(executorPreference: CallExecutor()) {
            let outcome: Result<[UInt8], CallError>
            do {
                outcome = .success(try await handler())
            } catch {
                outcome = .failure(CallError(handler: error))
            }
            self.instance.remove(incoming: self.handle)
            self.instance.host.finish(self.handle, outcome)
        }
        let isCancelled = state.withLock { state in
            state.task = task
            return state.isCancelled
        }
        if isCancelled { task.cancel() }
    }
}

extension CallError {
    /// What a handler threw, in the terms of the ABI.
    init(handler error: any Error) {
        switch error {
        case let error as CallError: self = error
        case is CancellationError: self.init(.cancelled, "the handler was cancelled")
        default: self.init(.internal, "the handler failed: \(error)")
        }
    }
}
