import CJackfield
import EventLoops
import Glibc
package import JackfieldVocabulary
import NIOCore
import Synchronization

/// A call that the host made on a plugin. Events and the result are read by one task; the scope's deadline ends it.
package final class HostCall: Sendable {
    package let scope: CallScope
    let handle: jackfield_call
    let plugin: RunningPlugin
    /// The instance that was asked; nil: none was there.
    let side: (any PluginSide)?
    /// Index into the plugin's roles.
    let role: Int
    let contract: MethodContract
    package let mailbox: CallMailbox

    private struct State {
        var children: [ServiceCall] = []
        var hasEnded = false
        var ending: CallEnding?
    }
    private let state = Mutex(State())
    private let started = MonotonicClock.now()
    /// Confined to the scope's loop.
    private nonisolated(unsafe) var timer: LoopTimer?

    init(
        handle: jackfield_call, plugin: RunningPlugin, side: (any PluginSide)?, role: Int, contract: MethodContract,
        scope: CallScope
    ) {
        self.handle = handle
        self.plugin = plugin
        self.side = side
        self.role = role
        self.contract = contract
        self.scope = scope
        mailbox = CallMailbox(isCredited: side?.isCredited ?? false)
    }

    /// See to it that the call ends at its deadline, if it has not ended yet. On the scope's loop.
    func watch() {
        guard scope.deadline > 0, !mailbox.hasEnded else { return }
        timer = scope.executor.at(scope.deadline) { [self] in
            timer = nil
            abort(CallError(.deadline, "the plugin \(plugin.id) did not answer in time"))
        }
    }

    let release = CallRelease()

    /// Whose doing its end was; nil while it goes on.
    package var ending: CallEnding? { state.withLock { $0.ending } }

    /// Run `body` once, on any thread, when the plugin is through with the call: with an abort this may come after its
    /// end, and it comes in any case, since a plugin that does not finish what was given up is ended.
    package func whenReleased(_ body: @escaping @Sendable () -> Void) { release.whenReleased(body) }

    func settle(_ end: Result<[UInt8], CallError>, by ending: CallEnding = .finished) {
        state.withLock { state in
            if state.ending == nil { state.ending = ending }
        }
        mailbox.settle(end)
        // What was aborted the plugin still has: the table of calls says when it is through.
        if ending != .aborted { release.release() }
        let code: CallError.Code? = if case .failure(let error) = end { error.code } else { nil }
        plugin.meter.finished(code, nanoseconds: MonotonicClock.now() - started)
        if scope.executor.loop.inEventLoop {
            timer?.cancel()
            timer = nil
        } else if scope.deadline > 0 {
            scope.executor.loop.execute { [self] in
                timer?.cancel()
                timer = nil
            }
        }
    }

    /// What is there without waiting.
    package func poll() -> CallMailbox.Event? { mailbox.poll(resume: { side?.resume(handle, bytes: $0) }) }

    /// The next event, or nil when the plugin finished without an error.
    package func next() async throws(CallError) -> CallMailbox.Event? {
        try await mailbox.next(
            resume: { side?.resume(handle, bytes: $0) },
            cancel: { self.abort(CallError(.cancelled, "the request was cancelled")) })
    }

    /// Leave the events that are still to come, and return the result.
    package func result() async throws(CallError) -> [UInt8] {
        while try await next() != nil {}
        return try mailbox.end?.get() ?? []
    }

    /// End the call from the host's side: what it brings later is not heard, the plugin is told to stop, nested calls are
    /// cancelled.
    package func abort(_ error: CallError) {
        guard plugin.calls.abort(handle) else { return }
        settle(.failure(error), by: .aborted)
        side?.cancel(handle)
        endChildren(isAbort: true)
    }

    /// False if the call has ended, so that the child must end too.
    func add(child: ServiceCall) -> Bool {
        state.withLock { state in
            if state.hasEnded { return false }
            state.children.append(child)
            return true
        }
    }

    func remove(child: ServiceCall) {
        state.withLock { state in
            if let at = state.children.firstIndex(where: { $0 === child }) { state.children.remove(at: at) }
        }
    }

    /// What was started on behalf of this call has nobody left who waits for it.
    func endChildren(isAbort: Bool) {
        let children = state.withLock { state in
            state.hasEnded = true
            defer { state.children = [] }
            return state.children
        }
        for child in children { child.abandon(isAbort: isAbort) }
    }
}
