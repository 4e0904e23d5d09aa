import CJackfield
import EventLoops
import NIOCore
package import JackfieldVocabulary
import Synchronization

/// A service of the host, by its number in the plugin's descriptor.
///
/// `start` is called on the plugin's thread, whichever that is. It must not block; it goes on with `call` from any thread.
package protocol HostService: Sendable {
    /// "jackfield.http"
    var id: String { get }
    var revision: UInt32 { get }
    func start(_ call: ServiceCall)
}

/// What works on a call of a plugin, and hears of it from any thread.
package protocol ServiceWork: AnyObject, Sendable {
    /// The plugin, or the end of the parent, cancelled the call: stop. The call itself is finished by the one who tells.
    func cancelled()
    /// The plugin has finished what the call was for, and wants no more of it: it may be ended in an orderly way.
    func released()
    /// An `emit` that answered `.full` may be tried again.
    func resumed()
}

extension ServiceWork {
    package func released() { cancelled() }
}

/// A call that a plugin made on a service of the host.
package final class ServiceCall: Sendable {
    package let plugin: RunningPlugin
    /// The call of the host during which this one was made; nil: the plugin calls on its own account.
    package let parent: HostCall?
    package let method: UInt32
    /// Checked against the method's contract.
    package let request: [UInt8]
    /// The plugin's bounds: the parent's, or its own.
    package let scope: CallScope
    let handle: jackfield_call
    let contract: MethodContract
    /// The instance that called.
    private let side: any PluginSide

    private struct State {
        var isFinished = false
        var isCancelled = false
        var work: (any ServiceWork)?
    }
    private let state = Mutex(State())

    init(
        plugin: RunningPlugin, parent: HostCall?, method: UInt32, contract: MethodContract, request: [UInt8],
        scope: CallScope, handle: jackfield_call, side: any PluginSide
    ) {
        self.plugin = plugin
        self.parent = parent
        self.method = method
        self.contract = contract
        self.request = request
        self.scope = scope
        self.handle = handle
        self.side = side
    }

    /// Decode the request.
    package func request<Request: Payload>(_ type: Request.Type) -> Request {
        request.withUnsafeBytes { Request(PayloadReader(checked: $0)) }
    }

    /// Name who works on the call. Held until the call is finished; told at once if the call was cancelled already.
    package func attach(_ work: any ServiceWork) {
        let isCancelled = state.withLock { state in
            if !state.isCancelled, !state.isFinished { state.work = work }
            return state.isCancelled
        }
        if isCancelled { work.cancelled() }
    }

    package var isCancelled: Bool { state.withLock { $0.isCancelled } }

    /// Deliver an event to the plugin. Calls for one ServiceCall come one after the other. After `.full` the event was
    /// not taken: wait for `ServiceWork.resumed`, then deliver it again.
    package func emit(event: UInt32, payload: [UInt8]) -> CallMailbox.Admission {
        state.withLock({ $0.isFinished }) ? .ended : side.emit(handle, event, payload)
    }

    /// Finish the call; only the first time counts.
    package func finish(_ outcome: Result<[UInt8], CallError>) {
        let isFirst = state.withLock { state in
            defer {
                state.isFinished = true
                state.work = nil
            }
            return !state.isFinished
        }
        guard isFirst else { return }
        plugin.remove(service: self)
        parent?.remove(child: self)
        side.finish(handle, outcome)
    }

    package func finish<Answer: Payload>(_ answer: Answer) { finish(.success(answer.payload())) }
    package func fail(_ error: CallError) { finish(.failure(error)) }

    /// The plugin said that it takes events again.
    func resumed() { state.withLock { $0.work }?.resumed() }

    /// The plugin cancels: stop the work, then finish.
    func cancelled() { stop("the plugin cancelled the call", isRelease: false) }

    /// The parent has ended, so nobody waits for this.
    ///
    /// - Parameter isAbort: it was ended from outside: stop at once. Otherwise the plugin has what it wanted.
    func abandon(isAbort: Bool) { stop("the call that this one was made for has ended", isRelease: !isAbort) }

    private func stop(_ why: String, isRelease: Bool) {
        let work = state.withLock { state in
            state.isCancelled = true
            return state.work.take()
        }
        if isRelease { work?.released() } else { work?.cancelled() }
        let loop = scope.executor.loop
        if side.hasOwnThreads || loop.inEventLoop {
            fail(CallError(.cancelled, why))
        } else {
            // Calls into a plugin for one call come one after the other, and its others come on this loop.
            loop.execute { [self] in fail(CallError(.cancelled, why)) }
        }
    }
}
