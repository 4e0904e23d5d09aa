import FoundationEssentials
import GRDB

/// Records in SQL. Every function runs inside a transaction of its caller.
enum RecordTable {
    static func read(_ key: RecordKey, _ collection: Collection, now: Int64, _ db: Database) throws -> Record? {
        let statement = try db.cachedStatement(
            sql: """
                SELECT version, expires, value FROM record
                WHERE collection = ? AND key = ? AND (expires IS NULL OR expires > ?)
                """)
        let rows = try Row.fetchCursor(statement, arguments: [collection.text, key.text, now])
        guard let row = try rows.next() else { return nil }
        return Record(
            key: key, value: try bytes(row, 2), version: RecordVersion(row[0]), expiresAtMilliseconds: row[1])
    }

    static func write(
        _ value: [UInt8], _ key: RecordKey, _ collection: Collection, _ condition: WriteCondition, deadline: Int64?,
        now: Int64, _ db: Database, _ group: inout WriteGroup
    ) throws -> RecordVersion {
        if condition != .always { try condition.check(try version(key, collection, now, db), key, collection) }
        let version = try group.nextVersion(db)
        // An empty `Data` may have no address, which SQLite would take as NULL.
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO record (collection, key, version, expires, value) VALUES (?, ?, ?, ?, coalesce(?, x''))
                ON CONFLICT (collection, key) DO UPDATE
                SET version = excluded.version, expires = excluded.expires, value = excluded.value
                """)
        try statement.execute(arguments: [collection.text, key.text, version.number, deadline, Data(value)])
        return version
    }

    static func delete(
        _ key: RecordKey, _ collection: Collection, _ version: RecordVersion?, now: Int64, _ db: Database
    ) throws -> Bool {
        let found = try self.version(key, collection, now, db)
        if let version { try WriteCondition.version(version).check(found, key, collection) }
        if found == nil { return false }
        try db.cachedStatement(sql: "DELETE FROM record WHERE collection = ? AND key = ?")
            .execute(arguments: [collection.text, key.text])
        return true
    }

    static func scan(
        _ collection: Collection, _ prefix: String, _ after: RecordKey?, _ limit: Int, now: Int64, _ db: Database
    ) throws -> RecordPage {
        // Keys with one prefix lie together, so that the first without it is the end. One lower bound, the higher of
        // the two: with both, the planner might walk from the lower one over all pages that were read before.
        var (from, comparison) = (prefix, ">=")
        if let after, !after.text.utf8.lexicographicallyPrecedes(prefix.utf8) { (from, comparison) = (after.text, ">") }
        let statement = try db.cachedStatement(
            sql: """
                SELECT key, version, expires, value FROM record
                WHERE collection = ? AND key \(comparison) ? AND (expires IS NULL OR expires > ?) ORDER BY key
                """)
        let rows = try Row.fetchCursor(statement, arguments: [collection.text, from, now])
        var page = Page<Record>(limit: limit)
        while let row = try rows.next() {
            let key: String = row[0]
            guard key.utf8.starts(with: prefix.utf8) else { break }
            let count = try row.withUnsafeData(atIndex: 3) { $0?.count ?? 0 }
            let hasRoom = try page.add(
                Record(
                    key: RecordKey(unchecked: key), value: try bytes(row, 3), version: RecordVersion(row[1]),
                    expiresAtMilliseconds: row[2]),
                bytes: count)
            if !hasRoom { break }
        }
        return RecordPage(records: page.items, next: page.isCut ? page.items.last?.key : nil)
    }

    /// Copies a blob out of the row, once.
    static func bytes(_ row: Row, _ column: Int) throws -> [UInt8] {
        try row.withUnsafeData(atIndex: column) { data in data.map { [UInt8]($0) } ?? [] }
    }

    private static func version(
        _ key: RecordKey, _ collection: Collection, _ now: Int64, _ db: Database
    ) throws -> RecordVersion? {
        let statement = try db.cachedStatement(
            sql: """
                SELECT version FROM record
                WHERE collection = ? AND key = ? AND (expires IS NULL OR expires > ?)
                """)
        return try Int64.fetchOne(statement, arguments: [collection.text, key.text, now]).map { RecordVersion($0) }
    }
}
