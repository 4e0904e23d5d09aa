import GRDB

/// Counters in SQL. Every function runs inside a transaction of its caller.
enum CounterTable {
    static func add(
        _ amount: Int64, _ key: RecordKey, _ collection: Collection, deadline: Int64?, now: Int64, _ db: Database
    ) throws -> Int64 {
        if let old = try find(key, collection, now, db) {
            let sum = try StoreLimits.sum(amount, old, key, collection)
            try db.cachedStatement(sql: "UPDATE counter SET sum = ? WHERE collection = ? AND key = ?")
                .execute(arguments: [sum, collection.text, key.text])
            return sum
        }
        // An expired one that was not swept yet begins anew.
        let statement = try db.cachedStatement(
            sql: """
                INSERT INTO counter (collection, key, sum, expires) VALUES (?, ?, ?, ?)
                ON CONFLICT (collection, key) DO UPDATE SET sum = excluded.sum, expires = excluded.expires
                """)
        try statement.execute(arguments: [collection.text, key.text, amount, deadline])
        return amount
    }

    static func read(_ key: RecordKey, _ collection: Collection, now: Int64, _ db: Database) throws -> Int64 {
        try find(key, collection, now, db) ?? 0
    }

    private static func find(
        _ key: RecordKey, _ collection: Collection, _ now: Int64, _ db: Database
    ) throws -> Int64? {
        let statement = try db.cachedStatement(
            sql: """
                SELECT sum FROM counter
                WHERE collection = ? AND key = ? AND (expires IS NULL OR expires > ?)
                """)
        return try Int64.fetchOne(statement, arguments: [collection.text, key.text, now])
    }
}
