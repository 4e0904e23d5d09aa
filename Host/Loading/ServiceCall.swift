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
    private let strand: Strand?

    private struct State {
        var isFinished = false
        var isCancelled = false
        var work: (any ServiceWork)?
        /// For a plugin on worker threads: what waits on the strand.
        var queuedBytes = 0
        var isFull = false
    }
    private static let bound = 256 * 1024
    private let state = Mutex(State())

    init(
        plugin: RunningPlugin, parent: HostCall?, method: UInt32, contract: MethodContract, request: [UInt8],
        scope: CallScope, handle: jackfield_call, strand: Strand?
    ) {
        self.plugin = plugin
        self.parent = parent
        self.method = method
        self.contract = contract
        self.request = request
        self.scope = scope
        self.handle = handle
        self.strand = strand
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
        guard let strand else {
            return state.withLock({ $0.isFinished }) ? .ended : plugin.side.emit(handle, event, payload)
        }
        let admission: CallMailbox.Admission = state.withLock { state in
            if state.isFinished { return .ended }
            if state.queuedBytes > Self.bound {
                state.isFull = true
                return .full
            }
            state.queuedBytes += payload.count
            return .taken
        }
        if admission == .taken { strand.post { [self] in push(event: event, payload: payload, strand) } }
        return admission
    }

    /// On the strand. Holding it back while the plugin is full holds up nobody else: it belongs to this call.
    private func push(event: UInt32, payload: [UInt8], _ strand: Strand) {
        if plugin.side.emit(handle, event, payload) == .full {
            strand.holdBack { [self] in push(event: event, payload: payload, strand) }
            return
        }
        let work: (any ServiceWork)? = state.withLock { state in
            state.queuedBytes -= payload.count
            guard state.isFull, state.queuedBytes <= Self.bound / 2 else { return nil }
            state.isFull = false
            return state.work
        }
        work?.resumed()
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
        if let strand {
            strand.post { [self] in plugin.side.finish(handle, outcome) }
        } else {
            plugin.side.finish(handle, outcome)
        }
    }

    package func finish<Answer: Payload>(_ answer: Answer) { finish(.success(answer.payload())) }
    package func fail(_ error: CallError) { finish(.failure(error)) }

    /// The plugin said that it takes events again.
    func resumed() {
        // With a strand, whoever emits is resumed when the strand's queue has room again.
        if let strand { strand.goOn() } else { state.withLock { $0.work }?.resumed() }
    }

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
        // What is still queued has no reader; a plugin that is held back would never hear of the end behind it.
        strand?.drop()
        let loop = scope.executor.loop
        if strand != nil || loop.inEventLoop {
            fail(CallError(.cancelled, why))
        } else {
            // Calls into a plugin for one call come one after the other, and its others come on this loop.
            loop.execute { [self] in fail(CallError(.cancelled, why)) }
        }
    }
}
