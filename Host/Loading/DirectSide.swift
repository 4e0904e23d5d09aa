package import CJackfield
import ExceptionBarrier
import Glibc
package import JackfieldVocabulary
import Synchronization

/// An instance in this process whose functions are called where the host stands: a call is a function call.
package final class DirectSide: PluginSide, @unchecked Sendable {
    /// Lives as long as the process: a plugin may be called while it is being stopped.
    private let table: UnsafePointer<jackfield_side>
    private let library: LoadedLibrary
    private let id: String
    private let hostTable: HostSideTable
    private let gate = PluginGate()

    package var isCredited: Bool { false }
    package var hasOwnThreads: Bool { false }

    /// - Throws: `badDescriptor` if a function is missing.
    init(_ table: jackfield_side, of library: LoadedLibrary, id: String, host: HostSideTable) throws(LoadError) {
        guard table.size >= UInt32(MemoryLayout<jackfield_side>.size) else {
            throw LoadError(
                .badDescriptor,
                "\(id): create filled in a side of \(table.size) bytes; it has \(MemoryLayout<jackfield_side>.size)")
        }
        guard table.reserved == 0 else {
            throw LoadError(.badDescriptor, "\(id): create filled in a side whose field `reserved` is not 0")
        }
        let isComplete = withUnsafeBytes(of: table) { bytes in
            ([\.start, \.emit, \.finish, \.cancel, \.resume] as [PartialKeyPath<jackfield_side>]).allSatisfy {
                bytes.load(fromByteOffset: MemoryLayout<jackfield_side>.offset(of: $0)!, as: UInt.self) != 0
            }
        }
        guard isComplete else { throw LoadError(.badDescriptor, "\(id): create left a function of its side null") }
        let pointer = UnsafeMutablePointer<jackfield_side>.allocate(capacity: 1)
        pointer.initialize(to: table)
        self.table = UnsafePointer(pointer)
        self.library = library
        self.id = id
        hostTable = host
    }

    package func start(_ call: CallStart) -> CallAcceptance {
        guard gate.enter() else { return .refused(JACKFIELD_UNAVAILABLE) }
        defer { gate.leave() }
        let status = call.request.withUnsafeBytes { request in
            call.context.withUnsafeBytes { context in
                var start = jackfield_start()
                start.size = UInt32(MemoryLayout<jackfield_start>.size)
                start.interface = call.interface
                start.method = call.method
                start.call = call.call
                start.parent = call.parent
                start.deadline = call.deadline
                start.context = jackfield_view(context)
                start.request = jackfield_view(request)
                return barrier_start(table, &start)
            }
        }
        return status == JACKFIELD_OK ? .taken : .refused(status)
    }

    package func emit(_ call: jackfield_call, _ event: UInt32, _ payload: [UInt8]) -> CallMailbox.Admission {
        guard gate.enter() else { return .ended }
        defer { gate.leave() }
        return switch payload.withUnsafeBytes({ barrier_emit(table, call, event, jackfield_view($0)) }) {
        case JACKFIELD_OK: .taken
        case JACKFIELD_WOULD_BLOCK: .full
        default: .ended
        }
    }

    package func finish(_ call: jackfield_call, _ outcome: Result<[UInt8], CallError>) {
        guard gate.enter() else { return }
        defer { gate.leave() }
        outcome.withEnd { _ = barrier_finish(table, call, &$0) }
    }

    package func cancel(_ call: jackfield_call) {
        guard gate.enter() else { return }
        defer { gate.leave() }
        _ = barrier_cancel(table, call)
    }

    package func resume(_ call: jackfield_call, bytes: Int) {
        guard gate.enter() else { return }
        defer { gate.leave() }
        _ = barrier_resume(table, call)
    }

    // MARK: Lifecycle

    private var instance: UnsafeMutableRawPointer? { table.pointee.instance }

    package func open() throws(LoadError) { try library.open(instance: instance, id: id) }

    package func drain(deadline: Int64, limit: Int64) -> String? {
        within("drain", limit) { barrier_drain(self.library.plugin, self.instance, deadline) }
    }

    package func end(limit: Int64) -> String? {
        gate.close()
        while !gate.isEmpty {
            if MonotonicClock.now() >= limit { return "a handler did not return" }
            usleep(1000)
        }
        if let stuck = within("close", limit, { barrier_close(self.library.plugin, self.instance) }) { return stuck }
        if let stuck = within("destroy", limit, { barrier_destroy(self.library.plugin, self.instance) }) {
            return stuck
        }
        hostTable.link.target = nil
        return nil
    }

    private func within(_ function: String, _ limit: Int64, _ body: @escaping @Sendable () -> Int32) -> String? {
        LifecycleThread.run(limit: limit - MonotonicClock.now(), body) == nil ? "\(function) did not return" : nil
    }
}

/// Counts who is inside a plugin's functions, so that it is never destroyed under them.
final class PluginGate: Sendable {
    private static let closed = 1 << 62
    private let inside = Atomic<Int>(0)

    /// False once the gate is closed; otherwise `leave` must follow.
    func enter() -> Bool {
        if inside.wrappingAdd(1, ordering: .acquiring).newValue < Self.closed { return true }
        leave()
        return false
    }

    func leave() { inside.wrappingSubtract(1, ordering: .releasing) }

    func close() { inside.wrappingAdd(Self.closed, ordering: .acquiringAndReleasing) }

    /// Nobody is inside. Of a closed gate, this stays so.
    var isEmpty: Bool { inside.load(ordering: .acquiring) & (Self.closed - 1) == 0 }
}
