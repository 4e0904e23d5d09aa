import Glibc

/// The database's file before SQLite sees it: folder made, file made for its owner alone, and what stands in the way
/// said in a sentence. SQLite gives its `-wal` and `-shm` files the permissions of the database.
enum DatabaseFile {
    /// - Throws: `cannotOpen`, `readOnly`, `full`.
    static func prepare(_ path: String) throws(StoreError) {
        if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
            try makeFolder(String(path[..<slash]), for: path)
        }

        // An existing file is never opened and closed here: closing any descriptor of a file drops the POSIX locks that
        // SQLite holds on it in this process (https://www.sqlite.org/howtocorrupt.html, 2.2).
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if descriptor >= 0 {
            close(descriptor)
            return
        }
        let reason = errno
        guard reason == EEXIST else { throw failure(reason, "the database \(path) cannot be made") }

        var status = stat()
        guard stat(path, &status) == 0 else { throw failure(errno, "the database \(path) cannot be looked at") }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw StoreError(.cannotOpen, "the database \(path) is not a regular file: name another file")
        }
        guard faccessat(AT_FDCWD, path, R_OK | W_OK, AT_EACCESS) == 0 else {
            throw failure(errno, "the database \(path) cannot be read and written")
        }
        // Keys and conversations lie in it. Who does not own the file cannot change this, and need not.
        if status.st_mode & 0o077 != 0 { _ = chmod(path, status.st_mode & 0o700) }
    }

    private static func makeFolder(_ path: String, for database: String) throws(StoreError) {
        var status = stat()
        if stat(path, &status) == 0 {
            if status.st_mode & S_IFMT != S_IFDIR {
                throw StoreError(.cannotOpen, "\(path), the folder for the database \(database), is not a folder")
            }
            return
        }
        if let slash = path.lastIndex(of: "/"), slash != path.startIndex {
            try makeFolder(String(path[..<slash]), for: database)
        }
        if mkdir(path, 0o700) != 0, errno != EEXIST {
            throw failure(errno, "the folder \(path) for the database \(database) cannot be made")
        }
    }

    private static func failure(_ reason: Int32, _ what: String) -> StoreError {
        let why = String(cString: strerror(reason))
        switch reason {
        case EACCES, EPERM, EROFS:
            return StoreError(
                .readOnly, "\(what): \(why); give user \(geteuid()) the right to write there, or name another file")
        case ENOSPC, EDQUOT: return StoreError(.full, "\(what): \(why); free some space")
        default: return StoreError(.cannotOpen, "\(what): \(why)")
        }
    }
}
