import CJackfield
import JackfieldVocabulary
import Synchronization

/// A live instance behind the `instance` of the C functions: its handlers, the host, and the calls in both directions.
final class PluginInstance: Sendable {
    let definition: PluginDefinition
    let dispatcher: any RoleDispatcher
    let host: HostSide
    /// The revision that the host gives, in the order of `definition.services`; 0 for none.
    let granted: [UInt32]
    /// The methods of each role, by number: looking them up by name in every call would cost more than most calls.
    let methods: [[MethodContract?]]
    /// For each service of revision 1 where it stands in `definition.services`, and its methods.
    let services: [Service: (index: Int, methods: [MethodContract?])]

    /// Calls that the host started and that are not finished.
    private let incoming = Mutex<[jackfield_call: IncomingCall]>([:])
    /// Calls that the plugin started and that are not finished.
    private let outgoing = Mutex<[jackfield_call: OutgoingCall]>([:])
    private let lastCall = Atomic<UInt64>(0)
    let isClosed = Atomic<Bool>(false)

    init(definition: PluginDefinition, dispatcher: any RoleDispatcher, host: HostSide, granted: [UInt32]) {
        self.definition = definition
        self.dispatcher = dispatcher
        self.host = host
        self.granted = granted
        methods = definition.roles.map { MethodContract.all($0.id, revision: $0.revision) }
        services = Dictionary(
            definition.services.enumerated().map { index, use in
                (use.service, (index, MethodContract.all(use.service.rawValue, revision: 1)))
            }, uniquingKeysWith: { first, _ in first })
    }

    func add(_ call: IncomingCall) { incoming.withLock { $0[call.handle] = call } }
    func remove(incoming handle: jackfield_call) { incoming.withLock { _ = $0.removeValue(forKey: handle) } }
    func incoming(_ handle: jackfield_call) -> IncomingCall? { incoming.withLock { $0[handle] } }

    func add(_ call: OutgoingCall) { outgoing.withLock { $0[call.handle] = call } }
    func remove(outgoing handle: jackfield_call) { outgoing.withLock { _ = $0.removeValue(forKey: handle) } }
    func outgoing(_ handle: jackfield_call) -> OutgoingCall? { outgoing.withLock { $0[handle] } }

    func nextHandle() -> jackfield_call { lastCall.wrappingAdd(1, ordering: .relaxed).newValue }

    /// Every call in flight is dead: wake whatever waits.
    func close() {
        isClosed.store(true, ordering: .sequentiallyConsistent)
        let waiting = outgoing.withLock { calls in
            defer { calls = [:] }
            return Array(calls.values)
        }
        let running = incoming.withLock { calls in
            defer { calls = [:] }
            return Array(calls.values)
        }
        for call in waiting { call.fail(CallError(.cancelled, "the plugin was closed")) }
        for call in running { call.cancel() }
    }
}

/// The host's function table. It lives until `destroy` returned, and its functions may be called from any thread.
struct HostSide: @unchecked Sendable {
    let table: UnsafePointer<jackfield_side>

    func start(_ start: inout jackfield_start) -> Int32 { table.pointee.start(table.pointee.instance, &start) }

    func emit(_ call: jackfield_call, _ event: UInt32, _ payload: [UInt8]) -> Int32 {
        payload.withUnsafeBytes { table.pointee.emit(table.pointee.instance, call, event, jackfield_view($0)) }
    }

    func finish(_ call: jackfield_call, _ outcome: Result<[UInt8], CallError>) {
        outcome.withEnd { _ = table.pointee.finish(table.pointee.instance, call, &$0) }
    }

    func cancel(_ call: jackfield_call) { _ = table.pointee.cancel(table.pointee.instance, call) }
    func resume(_ call: jackfield_call) { _ = table.pointee.resume(table.pointee.instance, call) }
}
