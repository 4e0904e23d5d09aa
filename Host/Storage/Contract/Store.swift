/// What the host keeps, and all that an engine must be able to do: records with versions, counters and logs.
///
/// Every function may be called from any task, also one that is pinned to an event loop: nothing waits on the caller's
/// thread, and the caller goes on where its executor is. When a write returns, it is done, and every read that starts
/// afterwards sees it. Writes are not undone by cancelling the task: once handed in, they happen. Expired things are
/// not seen, whether swept or not. All throw `StoreError`; besides the codes named, each can throw the engine's own
/// (`busy`, `full`, `readOnly`, `damaged`, `failed`), `overloaded` on writes, and `closed`.
package protocol Store: Sendable {
    /// The record, or nil when there is none.
    func read(_ key: RecordKey, in collection: Collection) async throws(StoreError) -> Record?

    /// Puts a value in place of what is there, when the condition holds at that moment (compare and swap).
    /// - Parameters:
    ///   - value: At most `StoreLimits.valueBytes`.
    ///   - expiry: Time to live from now; nil: for ever. A write replaces the expiry of the write before.
    /// - Returns: The record's new version.
    /// - Throws: `conflict`, `tooLarge`, `invalidArgument`.
    @discardableResult
    func write(
        _ value: [UInt8], at key: RecordKey, in collection: Collection, when condition: WriteCondition,
        expiry: Duration?
    ) async throws(StoreError) -> RecordVersion

    /// - Parameter version: When given, only the record at that version is deleted.
    /// - Returns: Whether there was a record.
    /// - Throws: `conflict` when `version` is given and is not the record's.
    @discardableResult
    func delete(_ key: RecordKey, in collection: Collection, version: RecordVersion?) async throws(StoreError) -> Bool

    /// Records whose keys begin with `prefix`, in the order of the keys' bytes. Pages are not one snapshot: a record
    /// written between two pages is seen if its key lies behind the cursor.
    /// - Parameters:
    ///   - prefix: Compared by UTF-8 bytes; empty for all.
    ///   - after: The cursor: `next` of the page before, or nil for the first page.
    ///   - limit: 1 to `StoreLimits.pageCount`. A page can be shorter though more follow (`StoreLimits.pageBytes`).
    /// - Throws: `invalidArgument`.
    func scan(
        _ collection: Collection, prefix: String, after: RecordKey?, limit: Int
    ) async throws(StoreError) -> RecordPage

    /// Adds to a counter, which is 0 before its first use and after its expiry. Counters and records do not share keys.
    /// - Parameters:
    ///   - amount: May be negative.
    ///   - expiry: Time to live, from the call that makes the counter on: later calls do not prolong it. So a counter
    ///     with an expiry counts within a fixed window.
    /// - Returns: The sum.
    /// - Throws: `invalidArgument`, also when the sum leaves 64 bits; the counter is then as before.
    @discardableResult
    func add(
        _ amount: Int64, to key: RecordKey, in collection: Collection, expiry: Duration?
    ) async throws(StoreError) -> Int64

    /// The counter's sum; 0 when there is none.
    func counter(_ key: RecordKey, in collection: Collection) async throws(StoreError) -> Int64

    /// Puts entries at the end of a log, all or none, next to each other in the given order.
    /// - Parameter values: 1 to `StoreLimits.pageCount`, together at most `StoreLimits.valueBytes`.
    /// - Returns: The position of the last one.
    /// - Throws: `tooLarge`, `invalidArgument`.
    @discardableResult
    func append(_ values: [[UInt8]], to log: LogName) async throws(StoreError) -> LogPosition

    /// Entries behind a position, in order. A consumer keeps the position of its last entry as a record of its own.
    /// - Parameter limit: As in `scan`.
    /// - Throws: `invalidArgument`.
    func entries(of log: LogName, after position: LogPosition, limit: Int) async throws(StoreError) -> [LogEntry]

    /// The position of the entry appended last, also when it was trimmed; `start` when there never was one.
    func end(of log: LogName) async throws(StoreError) -> LogPosition

    /// Removes entries from the beginning of a log, in small steps between which other writes go on.
    /// - Returns: How many went.
    /// - Throws: `invalidArgument`.
    @discardableResult
    func trim(_ log: LogName, _ trim: LogTrim) async throws(StoreError) -> Int

    /// Removes what has expired, in small steps. Engines also do so by themselves in the course of writes.
    /// - Returns: How many records and counters went.
    @discardableResult
    func sweep() async throws(StoreError) -> Int

    /// Writes and reads back, for a health report. Throws the reason when either does not work.
    func check() async throws(StoreError)

    /// Ends the store: writes that were handed in are finished and made durable, later calls throw `closed`. May be
    /// called more than once; each call returns when the store is closed.
    func close() async
}

extension Store {
    /// Reads, changes and writes a record until no other writer came between. Every conflict means that another writer
    /// succeeded, so somebody always gets on.
    /// - Parameter change: From the record, or nil, to the new value. It may be called many times.
    /// - Throws: `conflict` when the task is cancelled while another writer came between; what `change` throws.
    @discardableResult
    package func update(
        _ key: RecordKey, in collection: Collection, expiry: Duration? = nil,
        _ change: @Sendable (Record?) throws(StoreError) -> [UInt8]
    ) async throws(StoreError) -> RecordVersion {
        while true {
            let record = try await read(key, in: collection)
            let value = try change(record)
            do throws(StoreError) {
                return try await write(
                    value, at: key, in: collection, when: record.map { .version($0.version) } ?? .absent,
                    expiry: expiry)
            } catch {
                if error.code != .conflict || Task.isCancelled { throw error }
            }
        }
    }
}
