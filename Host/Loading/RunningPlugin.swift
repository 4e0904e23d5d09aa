import CJackfield
import EventLoops
import ExceptionBarrier
import Glibc
package import JackfieldVocabulary
import NIOCore
import Synchronization

/// A live instance of a plugin in this process: its functions, the calls in both directions, the services it was given.
package final class RunningPlugin: Sendable {
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
    package let descriptor: PluginDescriptor
    package let path: String
    let calls = CallTable()
    /// What `destroy` needs, and what calls go to.
    let side: PluginSide
    let observer: any Observer
    let meter: any CallMeter

    private let library: LoadedLibrary
    private let hostSide: HostSideTable
    private let services: [(any HostService)?]
    /// The methods of each role and of each service, by number.
    private let contracts: [[MethodContract?]]
    private let serviceContracts: [[MethodContract?]]
    private let executors: LoopExecutors
    private let workers: WorkerPool?
    private let deliveries: WorkerPool?
    private let serviceCalls = Mutex<[jackfield_call: ServiceCall]>([:])
    private let nextLoop = Atomic<UInt64>(0)

    /// Bytes of one event and of one result: embeddings are the largest results there are.
    private static let largestEvent: UInt64 = 16 << 20
    private static let largestResult: UInt64 = 64 << 20

    private enum Stage: Int { case created, open, closed, destroyed }
    private let stage = Mutex(Stage.created)

    init(
        id: String, library: LoadedLibrary, descriptor: PluginDescriptor, config: [UInt8],
        services: [(any HostService)?],
        executors: LoopExecutors, observer: any Observer
    ) throws(LoadError) {
        self.id = id
        self.library = library
        self.descriptor = descriptor
        self.services = services
        self.executors = executors
        self.observer = observer
        meter = observer.meter(plugin: id, role: descriptor.roles[0].id)
        path = library.path
        workers = descriptor.concurrency.map { WorkerPool(limit: $0, waiting: 64 * $0) }
        deliveries = descriptor.concurrency.map { WorkerPool(limit: $0) }
        contracts = descriptor.roles.map { MethodContract.all($0.id, revision: $0.revision) }
        serviceContracts = descriptor.services.map { MethodContract.all($0.id, revision: $0.revision) }
        hostSide = HostSideTable()
        side = try library.create(
            id: id, config: config, host: hostSide, granted: services.map { $0?.revision ?? 0 })
        hostSide.plugin = self
    }

    // MARK: Calls of the host

    /// Start a call. Every failure, also an early one, is read from the call.
    ///
    /// For a plugin that does not block: on the scope's loop.
    package func start(role: Int = 0, method: Int32, request: [UInt8], scope: CallScope) -> HostCall {
        guard contracts[role].indices.contains(Int(method)), let contract = contracts[role][Int(method)] else {
            preconditionFailure("the host calls a method \(method) that \(descriptor.roles[role]) does not have")
        }
        func make(_ handle: jackfield_call) -> HostCall {
            HostCall(handle: handle, plugin: self, contract: contract, request: request, scope: scope)
        }
        guard let call = calls.insert(make) else {
            let call = make(0)
            call.settle(.failure(CallError(.unavailable, "the plugin \(id) has been stopped", retry: true)))
            return call
        }
        if let workers {
            if !workers.submit({ self.begin(call, role: role, method: method) }), case .live = calls.finish(call.handle)
            {
                call.settle(.failure(CallError(.exhausted, "too many calls wait for the plugin \(id)", retry: true)))
                return call
            }
        } else {
            begin(call, role: role, method: method)
        }
        if call.scope.executor.loop.inEventLoop {
            call.watch()
        } else {
            call.scope.executor.loop.execute { call.watch() }
        }
        return call
    }

    private func begin(_ call: HostCall, role: Int, method: Int32) {
        guard let request = call.takeRequest(), !call.mailbox.hasEnded else {
            // It ended while it waited for a thread, and the plugin never heard of it.
            _ = calls.finish(call.handle)
            return
        }
        let status = request.withUnsafeBytes { request in
            call.scope.contextPayload.withUnsafeBytes { context in
                var start = jackfield_start()
                start.size = UInt32(MemoryLayout<jackfield_start>.size)
                start.interface = UInt32(role)
                start.method = UInt32(method)
                start.call = call.handle
                start.deadline = call.scope.deadline
                start.context = jackfield_view(context)
                start.request = jackfield_view(request)
                return side.start(&start)
            }
        }
        if status == JACKFIELD_OK {
            // A cancel may have overtaken the start.
            if case .aborted = calls[call.handle] { side.cancel(call.handle) }
            return
        }
        guard case .live = calls.finish(call.handle) else { return }
        let did = status == BARRIER_THREW ? "let a C++ exception out of" : "refused"
        let sentence = "the plugin \(id) \(did) \(descriptor.roles[role]) \(call.contract.name)"
        if status == BARRIER_THREW { observer.fault(plugin: id, sentence, requestID: call.scope.context.requestID) }
        call.settle(.failure(CallError(CallError.Code(rawValue: status) ?? .internal, sentence)))
        call.endChildren(isAbort: true)
    }

    func cancel(_ call: HostCall) { toPlugin { self.side.cancel(call.handle) } }
    func resume(_ call: HostCall) { toPlugin { self.side.resume(call.handle) } }

    /// Functions that may be called from any thread, but never from a loop if the plugin may block.
    private func toPlugin(_ body: @escaping @Sendable () -> Void) {
        if let deliveries { deliveries.submit(body) } else { body() }
    }

    // MARK: What the plugin says of the host's calls; from any thread

    func emitted(_ handle: jackfield_call, event: UInt32, payload: jackfield_view) -> Int32 {
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

    func finished(_ handle: jackfield_call, _ end: jackfield_end) -> Int32 {
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

    func started(_ start: jackfield_start) -> Int32 {
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
        let scope = (parent?.scope ?? ownScope()).limited(to: start.deadline)
        let call = ServiceCall(
            plugin: self, parent: parent, method: start.method, contract: contract,
            request: Array(start.request.bytes), scope: scope, handle: start.call,
            strand: deliveries.map { Strand(pool: $0) })
        let isNew = serviceCalls.withLock { calls in
            if calls[start.call] != nil { return false }
            calls[start.call] = call
            return true
        }
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

    /// Nanoseconds that a call may take which a plugin makes on nobody's behalf.
    private static let ownLimit: Int64 = 300_000_000_000

    /// The bounds of a call that the plugin makes on its own account.
    private func ownScope() -> CallScope {
        let number = nextLoop.wrappingAdd(1, ordering: .relaxed).newValue
        return CallScope(
            executor: executors.any(number), context: CallContext(requestID: "plugin-\(id)-\(number)"),
            deadline: MonotonicClock.now() + Self.ownLimit)
    }

    func cancelled(_ handle: jackfield_call) -> Int32 {
        guard let call = serviceCalls.withLock({ $0[handle] }) else { return JACKFIELD_STALE }
        call.cancelled()
        return JACKFIELD_OK
    }

    func resumed(_ handle: jackfield_call) -> Int32 {
        guard let call = serviceCalls.withLock({ $0[handle] }) else { return JACKFIELD_STALE }
        call.resumed()
        return JACKFIELD_OK
    }

    func remove(service call: ServiceCall) { serviceCalls.withLock { _ = $0.removeValue(forKey: call.handle) } }

    /// Calls that are not finished: of the host on the plugin, and of the plugin on the host.
    package var liveCalls: (incoming: Int, outgoing: Int, abandoned: Int) {
        (calls.count, serviceCalls.withLock { $0.count }, calls.abandoned)
    }

    // MARK: Lifecycle. [control]: never two of these at once.

    /// - Throws: `openFailed` with the plugin's own sentence, or that it did not return.
    package func open() throws(LoadError) {
        stage.withLock { $0 = .open }
        do {
            try library.open(side, id: id)
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
        let least = MonotonicClock.now() + 500_000_000
        let plugin = library
        let side = side
        func within(_ function: String, _ body: @escaping @Sendable () -> Int32) -> String? {
            let left = max(deadline, least) - MonotonicClock.now()
            return LifecycleThread.run(limit: left, body) == nil ? "\(function) did not return" : nil
        }
        if let stuck = within("drain", { barrier_drain(plugin.plugin, side.instance, deadline) }) { return stuck }
        for call in calls.close() { call.abort(CallError(.unavailable, "the plugin \(id) was stopped", retry: true)) }
        for call in serviceCalls.withLock({ Array($0.values) }) { call.abandon(isAbort: true) }
        // What was queued for its threads is told first; then nothing goes in any more, and what is inside comes out.
        guard waitUntil(max(deadline, least), { self.deliveries?.isIdle ?? true }) else {
            return "a delivery did not return"
        }
        side.gate.close()
        guard waitUntil(max(deadline, least), { side.gate.isEmpty }) else { return "a handler did not return" }
        if let stuck = within("close", { barrier_close(plugin.plugin, side.instance) }) { return stuck }
        if let stuck = within("destroy", { barrier_destroy(plugin.plugin, side.instance) }) { return stuck }
        hostSide.plugin = nil
        return nil
    }

    private func waitUntil(_ deadline: Int64, _ condition: () -> Bool) -> Bool {
        while !condition() {
            if MonotonicClock.now() >= deadline { return false }
            usleep(1000)
        }
        return true
    }
}
