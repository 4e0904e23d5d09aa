import FoundationEssentials
import GRDB

/// Logs in SQL. Every function runs inside a transaction of its caller.
enum LogTable {
    static func append(_ values: [[UInt8]], _ log: LogName, now: Int64, _ db: Database) throws -> LogPosition {
        var position = try end(log, db).number
        // Several statements: all of them or none, while other writes of the transaction stay.
        try db.inSavepoint {
            let insert = try db.cachedStatement(
                sql: "INSERT INTO entry (log, position, time, value) VALUES (?, ?, ?, coalesce(?, x''))")
            for value in values {
                position += 1
                try insert.execute(arguments: [log.text, position, now, Data(value)])
            }
            let statement = try db.cachedStatement(
                sql: "INSERT INTO log (name, last) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET last = excluded.last")
            try statement.execute(arguments: [log.text, position])
            return .commit
        }
        return LogPosition(position)
    }

    static func entries(
        _ log: LogName, after position: LogPosition, _ limit: Int, _ db: Database
    ) throws -> [LogEntry] {
        let statement = try db.cachedStatement(
            sql: "SELECT position, time, value FROM entry WHERE log = ? AND position > ? ORDER BY position")
        let rows = try Row.fetchCursor(statement, arguments: [log.text, position.number])
        var page = Page<LogEntry>(limit: limit)
        while let row = try rows.next() {
            let count = try row.withUnsafeData(atIndex: 2) { $0?.count ?? 0 }
            let hasRoom = try page.add(
                LogEntry(
                    position: LogPosition(row[0]), timeMilliseconds: row[1], value: try RecordTable.bytes(row, 2)),
                bytes: count)
            if !hasRoom { break }
        }
        return page.items
    }

    static func end(_ log: LogName, _ db: Database) throws -> LogPosition {
        let statement = try db.cachedStatement(sql: "SELECT last FROM log WHERE name = ?")
        return try Int64.fetchOne(statement, arguments: [log.text]).map { LogPosition($0) } ?? .start
    }

    /// The last position that a trim takes away.
    static func lastToTrim(_ log: LogName, _ trim: LogTrim, now: Int64, _ db: Database) throws -> LogPosition {
        switch trim {
        case .through(let position): return position
        case .keepingLast(let count):
            let (last, overflow) = try end(log, db).number.subtractingReportingOverflow(Int64(count))
            return overflow ? .start : LogPosition(last)
        case .olderThan(let age):
            let statement = try db.cachedStatement(
                sql: "SELECT position FROM entry WHERE log = ? AND time >= ? ORDER BY position LIMIT 1")
            let cutoff = try StoreLimits.cutoff(age, now: now)
            let firstKept = try Int64.fetchOne(statement, arguments: [log.text, cutoff])
            return try firstKept.map { LogPosition($0 - 1) } ?? end(log, db)
        }
    }

    /// One step of a trim: the first `limit` entries up to `last`.
    static func remove(_ log: LogName, through last: LogPosition, limit: Int, _ db: Database) throws -> Int {
        let statement = try db.cachedStatement(
            sql: """
                DELETE FROM entry WHERE log = ?1 AND position IN
                (SELECT position FROM entry WHERE log = ?1 AND position <= ?2 ORDER BY position LIMIT ?3)
                """)
        try statement.execute(arguments: [log.text, last.number, limit])
        return db.changesCount
    }
}
