import CJackfield
import EventLoops
package import JackfieldVocabulary
import Synchronization

/// An async method of a service at work on one call: a task on the loop of the call's scope.
package final class ServiceTask: ServiceWork {
    private let call: ServiceCall
    private let state = Mutex(State())

    private struct State {
        var task: Task<Void, Never>?
        var isCancelled = false
        /// The deadline of this event has passed while it waited for room.
        var isLate = false
        /// The plugin has made room since the last `emit` that found none.
        var hasRoom = false
        var waiter: UnsafeContinuation<Void, Never>?
    }

    fileprivate init(_ call: ServiceCall) { self.call = call }

    /// Deliver an event to the plugin, waiting while it has no room. From the task itself.
    ///
    /// - Parameter limit: nanoseconds of CLOCK_MONOTONIC until which it waits at most; nil, or later than that: the
    ///   deadline of the call. An event for which there is room is delivered even after it.
    /// - Throws: `cancelled` when the plugin wants no more; `deadline` when it made no room until then.
    package func send(event: UInt32, payload: [UInt8], by limit: Int64? = nil) async throws(CallError) {
        let own = call.scope.deadline
        let deadline = limit.map { own > 0 ? min($0, own) : $0 } ?? own
        state.withLock { $0.isLate = false }
        while true {
            // Forgotten before the attempt, so that room that is made right after it is not missed.
            state.withLock { $0.hasRoom = false }
            switch call.emit(event: event, payload: payload) {
            case .taken: return
            case .ended: throw CallError(.cancelled, "the plugin wants no more events")
            case .full: await waitForRoom(until: deadline)
            }
            let (isCancelled, isLate) = state.withLock { ($0.isCancelled, $0.isLate) }
            if isCancelled { throw CallError(.cancelled, "the call was cancelled") }
            if isLate { throw CallError(.deadline, "the plugin took no more events until the deadline of its call") }
        }
    }

    /// A call that the plugin made on its own account is ended by nobody else, and may hold a place that others wait for.
    ///
    /// - Parameter deadline: 0 for none.
    private func waitForRoom(until deadline: Int64) async {
        let timer = deadline > 0 ? call.scope.executor.at(deadline) { [self] in giveUp() } : nil
        defer { timer?.cancel() }
        await withUnsafeContinuation { (continuation: UnsafeContinuation<Void, Never>) in
            let mayGoOn = state.withLock { state in
                if state.hasRoom || state.isCancelled { return true }
                state.waiter = continuation
                return false
            }
            if mayGoOn { continuation.resume() }
        }
    }

    private func giveUp() {
        let waiter = state.withLock { state in
            state.isLate = true
            return state.waiter.take()
        }
        waiter?.resume()
    }

    fileprivate func run(_ task: Task<Void, Never>) {
        let isCancelled = state.withLock { state in
            state.task = task
            return state.isCancelled
        }
        if isCancelled { task.cancel() }
    }

    package func resumed() {
        let waiter = state.withLock { state in
            state.hasRoom = true
            return state.waiter.take()
        }
        waiter?.resume()
    }

    package func cancelled() {
        let (task, waiter) = state.withLock { state in
            state.isCancelled = true
            return (state.task, state.waiter.take())
        }
        task?.cancel()
        waiter?.resume()
    }
}

extension ServiceCall {
    /// Answer the call with what an async method brings: events through the task, and at the end a result or an error.
    package func serve(_ body: @escaping @Sendable (ServiceTask) async throws -> [UInt8]) {
        let work = ServiceTask(self)
        attach(work)
        work.run(
            scope.executor.run { [self] in
                do {
                    finish(.success(try await body(work)))
                } catch let error as CallError {
                    fail(error)
                } catch {
                    fail(CallError(.internal, "\(error)"))
                }
            })
    }
}
