import CJackfield
import JackfieldVocabulary

/// The function table that an instance filled in at `create`.
struct PluginSide: @unchecked Sendable {
    let table: jackfield_side

    /// - Throws: `badDescriptor` if a function is missing.
    init(_ table: jackfield_side, plugin id: String) throws(LoadError) {
        guard table.size >= UInt32(MemoryLayout<jackfield_side>.size) else {
            throw LoadError(.badDescriptor, "\(id): create filled in a side of \(table.size) bytes; it has \(MemoryLayout<jackfield_side>.size)")
        }
        let isComplete = withUnsafeBytes(of: table) { bytes in
            ([\.start, \.emit, \.finish, \.cancel, \.resume] as [PartialKeyPath<jackfield_side>]).allSatisfy {
                bytes.load(fromByteOffset: MemoryLayout<jackfield_side>.offset(of: $0)!, as: UInt.self) != 0
            }
        }
        guard isComplete else { throw LoadError(.badDescriptor, "\(id): create left a function of its side null") }
        self.table = table
    }

    func start(_ start: inout jackfield_start) -> Int32 { table.start(table.instance, &start) }

    func emit(_ call: jackfield_call, _ event: UInt32, _ payload: [UInt8]) -> CallMailbox.Admission {
        switch payload.withUnsafeBytes({ table.emit(table.instance, call, event, jackfield_view($0)) }) {
        case JACKFIELD_OK: .taken
        case JACKFIELD_WOULD_BLOCK: .full
        default: .ended
        }
    }

    func finish(_ call: jackfield_call, _ outcome: Result<[UInt8], CallError>) {
        outcome.withEnd { _ = table.finish(table.instance, call, &$0) }
    }

    func cancel(_ call: jackfield_call) { _ = table.cancel(table.instance, call) }
    func resume(_ call: jackfield_call) { _ = table.resume(table.instance, call) }
}
