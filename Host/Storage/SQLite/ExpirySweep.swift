import GRDB
import Synchronization

/// Takes expired rows out of the file, a bounded step at a time, so that no write waits long behind it.
final class ExpirySweep: Sendable {
    /// Rows of each table in one step.
    static let step = 500

    private let clock: StoreClock
    private let intervalMilliseconds: Int64
    private let nextAtMilliseconds: Mutex<Int64>

    init(clock: StoreClock, interval: Duration) {
        self.clock = clock
        intervalMilliseconds = interval.components.seconds * 1000
        nextAtMilliseconds = Mutex(clock.now() + intervalMilliseconds)
    }

    /// After a group of writes: one step, when the interval has passed, and another after the next group when this one
    /// was full. A failure is left to the next write or check, which meets the same cause and has a caller to tell.
    func runIfDue(_ db: Database) {
        let now = clock.now()
        guard nextAtMilliseconds.withLock({ $0 <= now }) else { return }
        var removed = 0
        try? db.inTransaction(.immediate) {
            removed = try Self.remove(now: now, db)
            return .commit
        }
        let isDone = removed < Self.step
        nextAtMilliseconds.withLock { $0 = isDone ? now + intervalMilliseconds : now }
    }

    /// One step inside the caller's transaction.
    static func remove(now: Int64, _ db: Database) throws -> Int {
        let records = try db.cachedStatement(
            sql: """
                DELETE FROM record WHERE rowid IN
                (SELECT rowid FROM record WHERE expires IS NOT NULL AND expires <= ? ORDER BY expires LIMIT ?)
                """)
        try records.execute(arguments: [now, step])
        var removed = db.changesCount
        let counters = try db.cachedStatement(
            sql: """
                DELETE FROM counter WHERE (collection, key) IN
                (SELECT collection, key FROM counter WHERE expires IS NOT NULL AND expires <= ?
                 ORDER BY expires LIMIT ?)
                """)
        try counters.execute(arguments: [now, step])
        removed += db.changesCount
        return removed
    }
}
