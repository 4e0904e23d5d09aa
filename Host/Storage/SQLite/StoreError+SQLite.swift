import GRDB

extension StoreError {
    /// The engine's failure as the store's, by SQLite's primary result code (https://www.sqlite.org/rescode.html).
    init(engine error: any Error, path: String) {
        if let error = error as? StoreError {
            self = error
            return
        }
        guard let error = error as? DatabaseError else {
            self.init(.failed, "the database \(path) failed: \(error)")
            return
        }
        let why = error.message ?? "SQLite result \(error.extendedResultCode.rawValue)"
        switch error.resultCode {
        case .SQLITE_FULL:
            self.init(
                .full,
                "the database \(path) cannot grow (\(why)): free space on its disk, or raise its size limit; "
                    + "until then it can only be read")
        case .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
            self.init(.readOnly, "the database \(path) cannot be written (\(why)): check the rights of file and folder")
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self.init(.busy, "another process holds the database \(path) (\(why)): try again")
        case .SQLITE_NOTADB:
            self.init(.notADatabase, "\(path) is not a SQLite database: name another file")
        case .SQLITE_CORRUPT:
            self.init(.damaged, "the database \(path) is damaged (\(why)): restore it from a copy")
        case .SQLITE_CANTOPEN:
            self.init(.cannotOpen, "the database \(path) cannot be opened (\(why))")
        case .SQLITE_MISUSE:
            // What GRDB answers on a closed connection: a read that was let in just before `close`.
            self = .closed
        case .SQLITE_TOOBIG:
            self.init(.tooLarge, "a value for the database \(path) is too large (\(why))")
        default:
            self.init(.failed, "the database \(path) failed (\(why))")
        }
    }
}
