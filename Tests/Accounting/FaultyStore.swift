import Storage
import Synchronization

/// A store that works until a test says otherwise, and counts what it is asked.
final class FaultyStore: Store {
    struct Faults {
        var reads = false
        var writes = false
    }

    let faults = Mutex(Faults())
    let readCount = Mutex(0)
    private let inner: InMemoryStore
    private static let error = StoreError(.failed, "the disk is gone")

    init(clock: StoreClock) { inner = InMemoryStore(clock: clock) }

    func fail(reads: Bool = false, writes: Bool = false) {
        faults.withLock { $0 = Faults(reads: reads, writes: writes) }
    }

    private func reading() throws(StoreError) {
        readCount.withLock { $0 += 1 }
        if faults.withLock(\.reads) { throw Self.error }
    }

    private func writing() throws(StoreError) {
        if faults.withLock(\.writes) { throw Self.error }
    }

    func read(_ key: RecordKey, in collection: Storage.Collection) async throws(StoreError) -> Record? {
        try reading()
        return try await inner.read(key, in: collection)
    }

    func write(
        _ value: [UInt8], at key: RecordKey, in collection: Storage.Collection, when condition: WriteCondition,
        expiry: Duration?
    ) async throws(StoreError) -> RecordVersion {
        try writing()
        return try await inner.write(value, at: key, in: collection, when: condition, expiry: expiry)
    }

    func delete(
        _ key: RecordKey, in collection: Storage.Collection, version: RecordVersion?
    ) async throws(StoreError) -> Bool {
        try writing()
        return try await inner.delete(key, in: collection, version: version)
    }

    func scan(
        _ collection: Storage.Collection, prefix: String, after: RecordKey?, limit: Int
    ) async throws(StoreError) -> RecordPage {
        try reading()
        return try await inner.scan(collection, prefix: prefix, after: after, limit: limit)
    }

    func add(
        _ amount: Int64, to key: RecordKey, in collection: Storage.Collection, expiry: Duration?
    ) async throws(StoreError) -> Int64 {
        try writing()
        return try await inner.add(amount, to: key, in: collection, expiry: expiry)
    }

    func counter(_ key: RecordKey, in collection: Storage.Collection) async throws(StoreError) -> Int64 {
        try reading()
        return try await inner.counter(key, in: collection)
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
