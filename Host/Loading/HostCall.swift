import CJackfield
package import EventLoops
import Glibc
package import JackfieldVocabulary
import Synchronization

/// On whose behalf and within which bounds a call is made. Nested calls inherit it.
///
/// A class, because it is handed to every call of a request: one reference instead of a dozen.
package final class CallScope: Sendable {
    /// The loop of the request.
    package let executor: LoopExecutor
    package let context: CallContext
    /// The context as a payload, made once for the request.
    let contextPayload: [UInt8]
    /// Nanoseconds of CLOCK_MONOTONIC, or 0 for none.
    package let deadline: Int64

    package init(executor: LoopExecutor, context: CallContext, deadline: Int64) {
        self.executor = executor
        self.context = context
        contextPayload = context.payload()
        self.deadline = deadline
    }

    private init(_ scope: CallScope, _ deadline: Int64) {
        executor = scope.executor
        context = scope.context
        contextPayload = scope.contextPayload
        self.deadline = deadline
    }

    /// The same with a deadline that is not later than the one it has.
    package func limited(to deadline: Int64) -> CallScope {
        guard deadline > 0, self.deadline == 0 || deadline < self.deadline else { return self }
        return CallScope(self, deadline)
    }
}

/// A call that the host made on a plugin. Events and the result are read by one task.
package final class HostCall: Sendable {
    package let scope: CallScope
    let plugin: RunningPlugin
    let contract: MethodContract
    package let mailbox = CallMailbox()

    private struct State {
        var handle: jackfield_call = 0
        var children: [ServiceCall] = []
    }
    private let state = Mutex(State())

    init(plugin: RunningPlugin, contract: MethodContract, scope: CallScope) {
        self.plugin = plugin
        self.contract = contract
        self.scope = scope
    }

    var handle: jackfield_call {
        get { state.withLock { $0.handle } }
        set { state.withLock { $0.handle = newValue } }
    }

    private let started = MonotonicClock.now()

    func settle(_ end: Result<[UInt8], CallError>) {
        mailbox.settle(end)
        let code: CallError.Code? = if case .failure(let error) = end { error.code } else { nil }
        plugin.meter.finished(code, nanoseconds: MonotonicClock.now() - started)
    }

    /// What is there without waiting.
    package func poll() -> CallMailbox.Event? { mailbox.poll() }

    /// The next event, or nil when the plugin finished without an error.
    package func next() async throws(CallError) -> CallMailbox.Event? {
        try await mailbox.next(
            resume: { plugin.resume(self) }, cancel: { self.abort(CallError(.cancelled, "the request was cancelled")) })
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
        settle(.failure(error))
        plugin.cancel(self)
        cancelChildren()
    }

    func add(child: ServiceCall) { state.withLock { $0.children.append(child) } }

    func remove(child: ServiceCall) {
        state.withLock { state in
            if let at = state.children.firstIndex(where: { $0 === child }) { state.children.remove(at: at) }
        }
    }

    func cancelChildren() {
        let children = state.withLock { state in
            defer { state.children = [] }
            return state.children
        }
        for child in children { child.abandon() }
    }
}

/// Nanoseconds of CLOCK_MONOTONIC, the clock of the ABI's deadlines.
enum MonotonicClock {
    static func now() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
