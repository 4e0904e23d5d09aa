import Dispatch
import GRDB
import Synchronization

/// The embedded engine: SQLite in WAL mode through GRDB (https://www.sqlite.org/wal.html).
///
/// What it promises: a write that has returned survives the death of this process at any moment. It is in the
/// write-ahead log, but not yet forced to the disk (`synchronous = NORMAL`): when the machine loses power or its kernel
/// dies, the last writes can be lost, whole transactions from the end; the database stays consistent. `close` forces
/// all of it.
///
/// One writer on a queue of its own takes the writes of many callers in one transaction; a few connections read beside
/// it. Other processes on the same machine may use the file at the same time; on a network file system nobody may.
package final class SQLiteStore: Store {
    private enum Closing {
        case open
        case closing([CheckedContinuation<Void, Never>])
        case closed
    }

    package let path: String
    private let clock: StoreClock
    private let database: any DatabaseWriter
    private let writes: GroupCommit
    private let closing = Mutex(Closing.open)

    /// Opens the database; makes its folder (mode 0700), file (0600) and tables when there are none. Readers are opened
    /// at their first use. Blocks the thread for some milliseconds, or for the busy timeout when another process is
    /// just making the same file: call it at the start, not on an event loop.
    /// - Parameter path: A file, or `:memory:` for a database that ends with this object.
    /// - Throws: `cannotOpen`, `readOnly`, `full`, `notADatabase`, `newerSchema`, `damaged`, `busy`, `invalidArgument`.
    package init(
        path: String, settings: SQLiteSettings = SQLiteSettings(), clock: StoreClock = .system
    ) throws(StoreError) {
        let isInMemory = path == ":memory:"
        // SQLite reads a path that starts with "file:" as a URI with options.
        guard !path.isEmpty, !path.utf8.contains(0), !path.utf8.starts(with: "file:".utf8) else {
            throw StoreError(.invalidArgument, "\"\(path)\" is not the path of a database file")
        }
        guard settings.readers >= 1, settings.groupSize >= 1, settings.maximumWaitingWrites >= 1 else {
            throw StoreError(.invalidArgument, "readers, group size and waiting writes of a database are at least 1")
        }
        if !isInMemory { try DatabaseFile.prepare(path) }
        do {
            let configuration = Self.configuration(path: path, settings: settings)
            if isInMemory {
                database = try DatabaseQueue(named: nil, configuration: configuration)
            } else {
                database = try DatabasePool(path: path, configuration: configuration)
            }
            try database.writeWithoutTransaction { db in
                try SQLiteSchema.migrate(db)
                if let maximum = settings.maximumBytes {
                    let pageSize = try Int64.fetchOne(db, sql: "PRAGMA page_size") ?? 4096
                    try db.execute(sql: "PRAGMA max_page_count = \(max(1, maximum / pageSize))")
                }
            }
        } catch {
            throw StoreError(engine: error, path: path)
        }
        self.path = path
        self.clock = clock
        let sweeping = ExpirySweep(clock: clock, interval: settings.sweepInterval)
        writes = GroupCommit(database, path: path, settings: settings) { sweeping.runIfDue($0) }
    }

    private static func configuration(path: String, settings: SQLiteSettings) -> Configuration {
        var configuration = Configuration()
        configuration.label = "store"
        configuration.busyMode = .timeout(settings.busyTimeout / .seconds(1))
        configuration.maximumReaderCount = settings.readers
        configuration.prepareDatabase { db in
            try SQLiteSchema.check(db, path: path)
            // Values of deleted keys and sessions are wiped where it costs no extra input and output; views and
            // triggers that somebody put into the file cannot call functions with effects; after a checkpoint the log
            // keeps at most 64 MB.
            try db.execute(
                sql: """
                    PRAGMA synchronous = NORMAL;
                    PRAGMA secure_delete = FAST;
                    PRAGMA trusted_schema = OFF;
                    PRAGMA journal_size_limit = 67108864;
                    """)
        }
        return configuration
    }

    // MARK: Records

    package func read(_ key: RecordKey, in collection: Collection) async throws(StoreError) -> Record? {
        let now = clock.now()
        return try await reading { db in try RecordTable.read(key, collection, now: now, db) }
    }

    @discardableResult
    package func write(
        _ value: [UInt8], at key: RecordKey, in collection: Collection, when condition: WriteCondition,
        expiry: Duration?
    ) async throws(StoreError) -> RecordVersion {
        try StoreLimits.checkValue(value.count, "\(collection)/\(key)")
        let clock = clock
        return try await writes.perform { db, group in
            let now = clock.now()
            let deadline = try StoreLimits.deadline(expiry, now: now)
            return try RecordTable.write(
                value, key, collection, condition, deadline: deadline, now: now, db, &group)
        }
    }

    @discardableResult
    package func delete(
        _ key: RecordKey, in collection: Collection, version: RecordVersion?
    ) async throws(StoreError) -> Bool {
        let clock = clock
        return try await writes.perform { db, _ in
            try RecordTable.delete(key, collection, version, now: clock.now(), db)
        }
    }

    package func scan(
        _ collection: Collection, prefix: String, after: RecordKey?, limit: Int
    ) async throws(StoreError) -> RecordPage {
        try StoreLimits.checkPage(limit)
        let now = clock.now()
        return try await reading { db in try RecordTable.scan(collection, prefix, after, limit, now: now, db) }
    }

    // MARK: Counters

    @discardableResult
    package func add(
        _ amount: Int64, to key: RecordKey, in collection: Collection, expiry: Duration?
    ) async throws(StoreError) -> Int64 {
        let clock = clock
        return try await writes.perform { db, _ in
            let now = clock.now()
            let deadline = try StoreLimits.deadline(expiry, now: now)
            return try CounterTable.add(amount, key, collection, deadline: deadline, now: now, db)
        }
    }

    package func counter(_ key: RecordKey, in collection: Collection) async throws(StoreError) -> Int64 {
        let now = clock.now()
        return try await reading { db in try CounterTable.read(key, collection, now: now, db) }
    }

    // MARK: Logs

    @discardableResult
    package func append(_ values: [[UInt8]], to log: LogName) async throws(StoreError) -> LogPosition {
        try StoreLimits.checkAppend(values, to: log)
        let clock = clock
        return try await writes.perform { db, _ in try LogTable.append(values, log, now: clock.now(), db) }
    }

    package func entries(
        of log: LogName, after position: LogPosition, limit: Int
    ) async throws(StoreError) -> [LogEntry] {
        try StoreLimits.checkPage(limit)
        return try await reading { db in try LogTable.entries(log, after: position, limit, db) }
    }

    package func end(of log: LogName) async throws(StoreError) -> LogPosition {
        try await reading { db in try LogTable.end(log, db) }
    }

    @discardableResult
    package func trim(_ log: LogName, _ trim: LogTrim) async throws(StoreError) -> Int {
        if case .keepingLast(let count) = trim { _ = try LogTrim.checkKept(count) }
        let now = clock.now()
        let last = try await reading { db in try LogTable.lastToTrim(log, trim, now: now, db) }
        return try await inSteps(of: StoreLimits.pageCount) { db, limit in
            try LogTable.remove(log, through: last, limit: limit, db)
        }
    }

    // MARK: Upkeep

    @discardableResult
    package func sweep() async throws(StoreError) -> Int {
        let now = clock.now()
        return try await inSteps(of: ExpirySweep.step) { db, _ in try ExpirySweep.remove(now: now, db) }
    }

    package func check() async throws(StoreError) {
        let written = try await writes.perform { db, _ in
            try Int64.fetchOne(db, sql: "UPDATE state SET checks = checks + 1 WHERE id = 1 RETURNING checks")
        }
        let read = try await reading { db in try Int64.fetchOne(db, sql: "SELECT checks FROM state WHERE id = 1") }
        guard let written, let read, read >= written else {
            throw StoreError(
                .damaged, "the database \(path) does not give back what was written: restore it from a copy")
        }
    }

    package func close() async {
        await withCheckedContinuation { continuation in
            let isFirst: Bool? = closing.withLock { closing in
                switch closing {
                case .open:
                    closing = .closing([continuation])
                    return true
                case .closing(let waiting):
                    closing = .closing(waiting + [continuation])
                    return false
                case .closed: return nil
                }
            }
            guard let isFirst else { return continuation.resume() }
            // Closing waits for readers, so it gets a thread of its own kind, neither the caller's nor the writer's.
            if isFirst { writes.close { DispatchQueue.global().async { self.finishClosing() } } }
        }
    }

    private func finishClosing() {
        // What cannot be moved into the database now stays in its log, and is read from there at the next start.
        try? database.writeWithoutTransaction { db in
            if database is DatabasePool { try db.checkpoint(.truncate) }
        }
        try? database.close()
        let waiting = closing.withLock { closing in
            guard case .closing(let waiting) = closing else { return [] as [CheckedContinuation<Void, Never>] }
            closing = .closed
            return waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    private func reading<T: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> T
    ) async throws(StoreError) -> T {
        guard case .open = closing.withLock({ $0 }) else { throw .closed }
        let path = path
        let result: Result<T, StoreError> = await withCheckedContinuation { continuation in
            database.asyncRead { access in
                do {
                    continuation.resume(returning: .success(try body(access.get())))
                } catch {
                    continuation.resume(returning: .failure(StoreError(engine: error, path: path)))
                }
            }
        }
        return try result.get()
    }

    /// Repeats a write until it finds less than a step's worth to do.
    private func inSteps(
        of limit: Int, _ body: @escaping @Sendable (Database, Int) throws -> Int
    ) async throws(StoreError) -> Int {
        var total = 0
        while true {
            let removed = try await writes.perform { db, _ in try body(db, limit) }
            total += removed
            if removed < limit { return total }
        }
    }
}
