import CJackfield
import ExceptionBarrier
import JackfieldVocabulary
import Synchronization

/// The function table that an instance filled in at `create`.
struct PluginSide: @unchecked Sendable {
    /// Lives as long as the process: a plugin may be called while it is being stopped.
    let table: UnsafePointer<jackfield_side>

    let gate = PluginGate()

    var instance: UnsafeMutableRawPointer? { table.pointee.instance }

    /// - Throws: `badDescriptor` if a function is missing.
    init(_ table: jackfield_side, plugin id: String) throws(LoadError) {
        guard table.size >= UInt32(MemoryLayout<jackfield_side>.size) else {
            throw LoadError(
                .badDescriptor,
                "\(id): create filled in a side of \(table.size) bytes; it has \(MemoryLayout<jackfield_side>.size)")
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
    }

    /// `BARRIER_THREW` if the plugin let a C++ exception out.
    func start(_ start: inout jackfield_start) -> Int32 {
        guard gate.enter() else { return JACKFIELD_UNAVAILABLE }
        defer { gate.leave() }
        return barrier_start(table, &start)
    }

    func emit(_ call: jackfield_call, _ event: UInt32, _ payload: [UInt8]) -> CallMailbox.Admission {
        guard gate.enter() else { return .ended }
        defer { gate.leave() }
        return switch payload.withUnsafeBytes({ barrier_emit(table, call, event, jackfield_view($0)) }) {
        case JACKFIELD_OK: .taken
        case JACKFIELD_WOULD_BLOCK: .full
        default: .ended
        }
    }

    func finish(_ call: jackfield_call, _ outcome: Result<[UInt8], CallError>) {
        guard gate.enter() else { return }
        defer { gate.leave() }
        outcome.withEnd { _ = barrier_finish(table, call, &$0) }
    }

    func cancel(_ call: jackfield_call) {
        guard gate.enter() else { return }
        defer { gate.leave() }
        _ = barrier_cancel(table, call)
    }

    func resume(_ call: jackfield_call) {
        guard gate.enter() else { return }
        defer { gate.leave() }
        _ = barrier_resume(table, call)
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
