import GRDB

/// The tables, their version, and the check that a database is ours before anything in it is touched.
enum SQLiteSchema {
    /// Raised with every change of the tables; kept in the file as `user_version`.
    static let version = 1
    /// "JKFD", kept in the file as `application_id`, which `file(1)` shows as well.
    static let applicationID = 0x4A4B_4644

    /// Runs on every connection before its first use, so before the journal mode of a foreign file could be changed.
    static func check(_ db: Database, path: String) throws {
        let application = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
        let found = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        if application == applicationID {
            if found > version {
                throw StoreError(
                    .newerSchema,
                    "the database \(path) has schema version \(found), written by a later release; this one knows "
                        + "version \(version): start the later release, or name another file")
            }
            return
        }
        let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
        if application != 0 || found != 0 || tables != 0 {
            throw StoreError(
                .notADatabase,
                "\(path) is the SQLite database of another program, and is left as it is: name another file")
        }
    }

    /// Makes the tables in an empty database. Two processes may try at once: the second finds the work done.
    static func migrate(_ db: Database) throws {
        if try Int.fetchOne(db, sql: "PRAGMA user_version") == version { return }
        try db.inTransaction(.immediate) {
            if try Int.fetchOne(db, sql: "PRAGMA user_version") == 0 { try db.execute(sql: tables) }
            return .commit
        }
    }

    // Records keep a rowid since their values can be large; the others are small rows, found by their key alone.
    private static let tables = """
        CREATE TABLE record (
            collection TEXT NOT NULL, key TEXT NOT NULL, version INTEGER NOT NULL, expires INTEGER, value BLOB NOT NULL,
            PRIMARY KEY (collection, key)
        ) STRICT;
        CREATE INDEX record_by_expiry ON record (expires) WHERE expires IS NOT NULL;
        CREATE TABLE counter (
            collection TEXT NOT NULL, key TEXT NOT NULL, sum INTEGER NOT NULL, expires INTEGER,
            PRIMARY KEY (collection, key)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX counter_by_expiry ON counter (expires) WHERE expires IS NOT NULL;
        CREATE TABLE log (name TEXT NOT NULL PRIMARY KEY, last INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE entry (
            log TEXT NOT NULL, position INTEGER NOT NULL, time INTEGER NOT NULL, value BLOB NOT NULL,
            PRIMARY KEY (log, position)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE state (
            id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1), last_version INTEGER NOT NULL, checks INTEGER NOT NULL
        ) STRICT;
        INSERT INTO state (id, last_version, checks) VALUES (1, 0, 0);
        PRAGMA application_id = \(applicationID);
        PRAGMA user_version = \(version);
        """
}
