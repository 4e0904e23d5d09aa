package import CJackfield
import EventLoops
import ExceptionBarrier
import Glibc
package import JackfieldVocabulary
import NIOCore
import Synchronization

/// A live instance of a plugin: the calls in both directions, the services it was given, and the side that it is reached
/// by, which is replaced where the process that it lives in is.
package final class RunningPlugin: HostSide {
    /// What the rest of the host wants to know of an instance's life; functions may be called from any thread.
    package protocol Observer: Sendable {
        /// The plugin broke the ABI: malformed payloads, dead handles, services that it did not declare.
        func fault(plugin: String, _ sentence: String, requestID: String?)
        /// Where the plugin's finished calls are counted.
        func meter(plugin: String, role: String) -> any CallMeter
    }

    /// Counts the calls of one plugin.
    package protocol CallMeter: Sendable {
        /// - Parameter code: nil if the call was answered.
        func finished(_ code: CallError.Code?, nanoseconds: Int64)
    }

    /// The instance's id in the manifest.
    package let id: String
    /// Of the library.
    package let path: String
    package let descriptor: PluginDescriptor
    let calls = CallTable()
    let observer: any Observer
    let meter: any CallMeter

    private let link: HostLink
    private let services: [(any HostService)?]
    /// The methods of each role and of each service, by number.
    private let contracts: [[MethodContract?]]
    private let serviceContracts: [[MethodContract?]]
    private let executors: LoopExecutors
    private let serviceCalls = Mutex<(live: [jackfield_call: ServiceCall], requestBytes: Int)>(([:], 0))
    private let nextLoop = Atomic<UInt64>(0)

    /// Where the instance is, or why it is nowhere now.
    private let side: Mutex<Result<any PluginSide, CallError>>
    /// The next instance, which is not open yet.
    private let coming = Mutex<(any PluginSide)?>(nil)

    /// Bytes of one event and of one result: embeddings are the largest results there are.
    private static let largestEvent: UInt64 = 16 << 20
    private static let largestResult: UInt64 = 64 << 20

    private enum Stage: Int { case created, open, closed, destroyed }
    private let stage = Mutex(Stage.created)

    /// Make the instance of `image`; not yet open.
    init(
        id: String, path: String, image: any PluginImage, config: [UInt8], services: [(any HostService)?],
        executors: LoopExecutors, observer: any Observer
    ) throws(LoadError) {
        self.id = id
        self.path = path
        descriptor = image.descriptor
        self.services = services
        self.executors = executors
        self.observer = observer
        meter = observer.meter(plugin: id, role: descriptor.roles[0].id)
        contracts = descriptor.roles.map { MethodContract.all($0.id, revision: $0.revision) }
        serviceContracts = descriptor.services.map { MethodContract.all($0.id, revision: $0.revision) }
        link = HostLink()
        side = Mutex(
            .success(
                try image.create(
                    InstanceSetup(
                        id: id, config: config, granted: services.map { $0?.revision ?? 0 }, host: link))))
        link.target = self
    }

    private var now: Result<any PluginSide, CallError> { side.withLock { $0 } }

    // MARK: Calls of the host

    /// Start a call. Every failure, also an early one, is read from the call. On the scope's loop.
    package func start(role: Int = 0, method: Int32, request: [UInt8], scope: CallScope) -> HostCall {
        guard contracts[role].indices.contains(Int(method)), let contract = contracts[role][Int(method)] else {
            preconditionFailure("the host calls a method \(method) that \(descriptor.roles[role]) does not have")
        }
        func failed(_ error: CallError) -> HostCall {
            let call = HostCall(handle: 0, plugin: self, side: nil, role: role, contract: contract, scope: scope)
            call.settle(.failure(error), by: .unsent)
            return call
        }
        let side: any PluginSide
        switch now {
        case .success(let here): side = here
        case .failure(let error): return failed(error)
        }
        let made = calls.insert {
            HostCall(handle: $0, plugin: self, side: side, role: role, contract: contract, scope: scope)
        }
        guard let call = made else {
            return failed(CallError(.unavailable, "the plugin \(id) has been stopped", retry: true))
        }
        begin(
            call,
            CallStart(
                call: call.handle, interface: UInt32(role), method: UInt32(method), deadline: scope.deadline,
                context: scope.contextPayload, request: request))
        if scope.executor.loop.inEventLoop {
            call.watch()
        } else {
            scope.executor.loop.execute { call.watch() }
        }
        return call
    }

    private func begin(_ call: HostCall, _ start: CallStart) {
        switch call.side?.start(start) {
        case .taken, nil:
            // A cancel may have overtaken the start.
            if case .aborted = calls[call.handle] { call.side?.cancel(call.handle) }
        case .refused(let status): refused(call.handle, status: status)
        case .failed(let error):
            guard case .live = calls.finish(call.handle) else { return }
            call.settle(.failure(error), by: .unsent)
            call.endChildren(isAbort: true)
        }
    }

    package func refused(_ handle: jackfield_call, status: Int32) {
        guard case .live(let call) = calls.finish(handle) else { return }
        let did = status == BARRIER_THREW ? "let a C++ exception out of" : "refused"
        let sentence = "the plugin \(id) \(did) \(descriptor.roles[call.role]) \(call.contract.name)"
        if status == BARRIER_THREW { observer.fault(plugin: id, sentence, requestID: call.scope.context.requestID) }
        call.settle(.failure(CallError(CallError.Code(rawValue: status) ?? .internal, sentence)))
        call.endChildren(isAbort: true)
    }

    package func isOwed(_ handle: jackfield_call) -> Bool {
        if case .aborted = calls[handle] { true } else { false }
    }

    package func skipped(_ handle: jackfield_call) { _ = calls.finish(handle) }

    package func broke(_ sentence: String) { observer.fault(plugin: id, sentence, requestID: nil) }

    // MARK: What the plugin says of the host's calls; from any thread

    package func emitted(_ handle: jackfield_call, event: UInt32, payload: jackfield_view) -> Int32 {
        let call: HostCall
        switch calls[handle] {
        case .live(let live): call = live
        case .aborted: return JACKFIELD_CANCELLED
        case .stale: return JACKFIELD_STALE
        }
        // What no payload can be is malformed; what is merely too large is a bound of this host.
        guard payload.size <= Self.largestEvent || payload.size > UInt64(JACKFIELD_PAYLOAD_MAX) else {
            let sentence =
                "the plugin \(id) emitted an event of \(payload.size) bytes; \(Self.largestEvent) are allowed"
            call.abort(CallError(.exhausted, sentence))
            return JACKFIELD_CANCELLED
        }
        if let fault = call.contract.fault(event: event, payload) {
            let sentence = "the plugin \(id) emitted a malformed event: \(fault)"
            observer.fault(plugin: id, sentence, requestID: call.scope.context.requestID)
            call.abort(CallError(.internal, sentence))
            return JACKFIELD_INVALID_ARGUMENT
        }
        guard call.contract.knows(event: event) else { return JACKFIELD_OK }
        switch call.mailbox.deliver(event: event, payload: payload.bytes) {
        case .taken: return JACKFIELD_OK
        case .full: return JACKFIELD_WOULD_BLOCK
        case .ended: return JACKFIELD_STALE
        }
    }

    package func finished(_ handle: jackfield_call, _ end: jackfield_end) -> Int32 {
        let call: HostCall
        switch calls.finish(handle) {
        case .live(let live): call = live
        case .aborted: return JACKFIELD_OK
        case .stale:
            observer.fault(plugin: id, "the plugin \(id) finished a call that it had finished before", requestID: nil)
            return JACKFIELD_STALE
        }
        if end.code != JACKFIELD_OK {
            var error = CallError(end)
            if error.code == .cancelled {
                // The host did not cancel, or the call would be aborted: nobody but the plugin gave up.
                error = CallError(.internal, "the plugin \(id) gave up by itself: \(error.message)", retry: error.retry)
            }
            call.settle(.failure(error))
        } else if end.result.size > Self.largestResult, end.result.size <= UInt64(JACKFIELD_PAYLOAD_MAX) {
            let sentence = "the plugin \(id) returned \(end.result.size) bytes; \(Self.largestResult) are allowed"
            call.settle(.failure(CallError(.exhausted, sentence)))
        } else if let fault = call.contract.fault(result: end.result) {
            let sentence = "the plugin \(id) returned a malformed result: \(fault)"
            observer.fault(plugin: id, sentence, requestID: call.scope.context.requestID)
            call.settle(.failure(CallError(.internal, sentence)))
        } else {
            call.settle(.success(Array(end.result.bytes)))
        }
        call.endChildren(isAbort: false)
        return JACKFIELD_OK
    }

    // MARK: Calls of the plugin; from any thread

    package func started(_ start: jackfield_start) -> Int32 {
        guard stage.withLock({ $0 == .open }) else { return JACKFIELD_UNAVAILABLE }
        let index = Int(start.interface)
        guard index < descriptor.services.count else {
            observer.fault(plugin: id, "the plugin \(id) called a service that it did not declare", requestID: nil)
            return JACKFIELD_INVALID_ARGUMENT
        }
        guard let service = services[index] else { return JACKFIELD_UNSUPPORTED }
        let methods = serviceContracts[index]
        guard Int(start.method) < methods.count, let contract = methods[Int(start.method)] else {
            return JACKFIELD_UNSUPPORTED
        }
        var parent: HostCall?
        if start.parent != 0 {
            // Where the call is over, nobody wants what would be done on its behalf.
            guard case .live(let live) = calls[start.parent] else { return JACKFIELD_CANCELLED }
            parent = live
        }
        if let fault = contract.fault(request: start.request) {
            observer.fault(
                plugin: id, "the plugin \(id) sent \(descriptor.services[index]) a malformed request: \(fault)",
                requestID: parent?.scope.context.requestID)
            return JACKFIELD_INVALID_ARGUMENT
        }
        guard let side = coming.withLock({ $0 }) ?? (try? now.get()) else { return JACKFIELD_UNAVAILABLE }
        let scope = (parent?.scope ?? ownScope()).limited(to: start.deadline)
        let call = ServiceCall(
            plugin: self, parent: parent, method: start.method, contract: contract,
            request: Array(start.request.bytes), scope: scope, handle: start.call, side: parent?.side ?? side)
        let isNew: Bool? = serviceCalls.withLock { calls in
            if calls.live[start.call] != nil { return false }
            let bytes = calls.requestBytes + call.request.count
            if calls.live.count >= Self.callLimit || bytes > Self.requestLimit { return nil }
            calls.live[start.call] = call
            calls.requestBytes = bytes
            return true
        }
        guard let isNew else { return JACKFIELD_EXHAUSTED }
        guard isNew else {
            observer.fault(
                plugin: id, "the plugin \(id) used one name for two calls to \(descriptor.services[index])",
                requestID: parent?.scope.context.requestID)
            return JACKFIELD_INVALID_ARGUMENT
        }
        guard parent?.add(child: call) ?? true else {
            remove(service: call)
            return JACKFIELD_CANCELLED
        }
        service.start(call)
        return JACKFIELD_OK
    }

    /// How many calls a plugin may have under way on the host: one that never waits for an answer fills no memory.
    package static let callLimit = 4096
    /// And how many bytes their requests may have together.
    private static let requestLimit = 128 << 20

    /// Nanoseconds that a call may take which a plugin makes on nobody's behalf.
    private static let ownLimit: Int64 = 300_000_000_000

    /// The bounds of a call that the plugin makes on its own account.
    private func ownScope() -> CallScope {
        let number = nextLoop.wrappingAdd(1, ordering: .relaxed).newValue
        return CallScope(
            executor: executors.any(number), context: CallContext(requestID: "plugin-\(id)-\(number)"),
            deadline: MonotonicClock.now() + Self.ownLimit)
    }

    package func cancelled(_ handle: jackfield_call) -> Int32 {
        guard let call = serviceCalls.withLock({ $0.live[handle] }) else { return JACKFIELD_STALE }
        call.cancelled()
        return JACKFIELD_OK
    }

    package func resumed(_ handle: jackfield_call) -> Int32 {
        guard let call = serviceCalls.withLock({ $0.live[handle] }) else { return JACKFIELD_STALE }
        call.resumed()
        return JACKFIELD_OK
    }

    func remove(service call: ServiceCall) {
        serviceCalls.withLock { calls in
            // Another instance may have come meanwhile, and use the name again.
            guard calls.live[call.handle] === call else { return }
            calls.live[call.handle] = nil
            calls.requestBytes -= call.request.count
        }
    }

    /// Calls that are not finished: of the host on the plugin, and of the plugin on the host.
    package var liveCalls: (incoming: Int, outgoing: Int, abandoned: Int) {
        (calls.count, serviceCalls.withLock { $0.live.count }, calls.abandoned)
    }

    // MARK: Where the instance is

    /// The instance is gone, with all that it had not finished.
    ///
    /// - Parameter error: the answer of its calls, and of new ones until there is another instance.
    package func lose(_ error: CallError) {
        side.withLock { $0 = .failure(error) }
        coming.withLock { $0 = nil }
        for call in calls.forget() {
            call.settle(.failure(error), by: .lost)
            call.endChildren(isAbort: true)
        }
        let orphans = serviceCalls.withLock { calls in
            defer { calls = ([:], 0) }
            return Array(calls.live.values)
        }
        for call in orphans { call.abandon(isAbort: true) }
    }

    /// Another instance is about to take the place of the one that was lost: it may use the host's services already.
    package func prepare(_ side: any PluginSide) { coming.withLock { $0 = side } }

    /// Another instance takes the place of the one that was lost; it is open.
    package func gain(_ side: any PluginSide) {
        self.side.withLock { $0 = .success(side) }
        coming.withLock { $0 = nil }
    }

    // MARK: Lifecycle. [control]: never two of these at once.

    /// - Throws: `openFailed` with the plugin's own sentence, or that it did not return.
    package func open() throws(LoadError) {
        stage.withLock { $0 = .open }
        do {
            if case .success(let side) = now { try side.open() }
        } catch {
            // While it is inside `open`, no other lifecycle function may be called: it is left behind.
            stage.withLock { $0 = error.code == .stuck ? .closed : .created }
            throw error
        }
    }

    /// Drain, close and destroy, in bounded time: a plugin whose functions or handlers do not return until the deadline is
    /// left behind as it is, since nothing may be taken away from under them.
    ///
    /// - Parameter deadline: nanoseconds of CLOCK_MONOTONIC; at least half a second is given in any case.
    /// - Returns: what it was left behind for; nil if it gave everything back.
    @discardableResult
    package func stop(deadline: Int64) -> String? {
        let isFirst = stage.withLock { stage in
            defer { stage = .closed }
            return stage == .created || stage == .open
        }
        guard isFirst else { return nil }
        let limit = max(deadline, MonotonicClock.now() + 500_000_000)
        let side = try? now.get()
        if let stuck = side?.drain(deadline: deadline, limit: limit) { return stuck }
        for call in calls.close() { call.abort(CallError(.unavailable, "the plugin \(id) was stopped", retry: true)) }
        for call in serviceCalls.withLock({ Array($0.live.values) }) { call.abandon(isAbort: true) }
        if let stuck = side?.end(limit: limit) { return stuck }
        link.target = nil
        return nil
    }
}
