import Storage
import Synchronization

/// A store that stops where a test wants it: a read after it has its value, a scan before it begins.
final class GatedStore: Store {
    private struct State {
        var isHeld = false
        var scansFail = false
        var held: [CheckedContinuation<Void, Never>] = []
    }

    private let inner = InMemoryStore()
    private let state = Mutex(State())

    /// From now on calls stop at the gate.
    func hold() { state.withLock { $0.isHeld = true } }

    func failScans() { state.withLock { $0.scansFail = true } }

    /// Until so many calls stand at the gate. Yields instead of sleeping.
    func untilHeld(_ count: Int = 1) async {
        while state.withLock({ $0.held.count < count }) { await Task.yield() }
    }

    /// Lets go who stands there, and all who come.
    func open() {
        let held = state.withLock { state in
            state.isHeld = false
            defer { state.held = [] }
            return state.held
        }
        for one in held { one.resume() }
    }

    private func pass() async {
        await withCheckedContinuation { continuation in
            let mayPass = state.withLock { state in
                if state.isHeld { state.held.append(continuation) }
                return !state.isHeld
            }
            if mayPass { continuation.resume() }
        }
    }

    func read(_ key: RecordKey, in collection: Storage.Collection) async throws(StoreError) -> Record? {
        let found = try await inner.read(key, in: collection)
        await pass()
        return found
    }
    func scan(
        _ collection: Storage.Collection, prefix: String, after: RecordKey?, limit: Int
    ) async throws(StoreError) -> RecordPage {
        await pass()
        if state.withLock({ $0.scansFail }) { throw StoreError(.failed, "the disk is gone") }
        return try await inner.scan(collection, prefix: prefix, after: after, limit: limit)
    }
    func write(
        _ value: [UInt8], at key: RecordKey, in collection: Storage.Collection, when condition: WriteCondition,
        expiry: Duration?
    ) async throws(StoreError) -> RecordVersion {
        try await inner.write(value, at: key, in: collection, when: condition, expiry: expiry)
    }
    func delete(
        _ key: RecordKey, in collection: Storage.Collection, version: RecordVersion?
    ) async throws(StoreError) -> Bool {
        try await inner.delete(key, in: collection, version: version)
    }
    func add(
        _ amount: Int64, to key: RecordKey, in collection: Storage.Collection, expiry: Duration?
    ) async throws(StoreError) -> Int64 {
        try await inner.add(amount, to: key, in: collection, expiry: expiry)
    }
    func counter(_ key: RecordKey, in collection: Storage.Collection) async throws(StoreError) -> Int64 {
        try await inner.counter(key, in: collection)
    }
    func append(_ values: [[UInt8]], to log: LogName) async throws(StoreError) -> LogPosition {
        try await inner.append(values, to: log)
    }
    func entries(of log: LogName, after position: LogPosition, limit: Int) async throws(StoreError) -> [LogEntry] {
        try await inner.entries(of: log, after: position, limit: limit)
    }
    func end(of log: LogName) async throws(StoreError) -> LogPosition { try await inner.end(of: log) }
    func trim(_ log: LogName, _ trim: LogTrim) async throws(StoreError) -> Int { try await inner.trim(log, trim) }
    func sweep() async throws(StoreError) -> Int { try await inner.sweep() }
    func check() async throws(StoreError) { try await inner.check() }
    func close() async { await inner.close() }
}
