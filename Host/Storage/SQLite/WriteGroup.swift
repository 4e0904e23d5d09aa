import GRDB

/// What the writes of one transaction share: the counter from which versions are taken, read once and written once.
struct WriteGroup {
    private var lastVersion: Int64?
    private var isChanged = false

    mutating func nextVersion(_ db: Database) throws -> RecordVersion {
        let last: Int64
        if let lastVersion {
            last = lastVersion
        } else {
            let statement = try db.cachedStatement(sql: "SELECT last_version FROM state WHERE id = 1")
            guard let stored = try Int64.fetchOne(statement) else {
                throw StoreError(.damaged, "the database lacks its row of state: restore it from a copy")
            }
            last = stored
        }
        lastVersion = last + 1
        isChanged = true
        return RecordVersion(last + 1)
    }

    /// Before the commit.
    func save(_ db: Database) throws {
        guard isChanged, let lastVersion else { return }
        try db.cachedStatement(sql: "UPDATE state SET last_version = ? WHERE id = 1").execute(arguments: [lastVersion])
    }
}
