import Glibc

/// Who may change a file, or put another one in its place: every folder on the way to it counts, and every link.
package enum WritePermission {
    /// - Parameter path: of a file or a folder; a relative one starts at the working directory.
    /// - Throws: `writable` where users other than its owner and group may write to it, to the folder that it lies in, or
    ///   to a folder above that has no sticky bit (where only the owner of an entry may replace it); `unreadable`.
    package static func check(_ path: String) throws(IntegrityError) {
        var current = ""
        var waiting = Array(try absolute(path).split(separator: "/", omittingEmptySubsequences: true).reversed())
        var links = 0
        try checkFolder(mode("/", path), "/", isHome: false)
        while let part = waiting.popLast() {
            if part == "." { continue }
            if part == ".." {
                current = current.lastIndex(of: "/").map { String(current[..<$0]) } ?? ""
                continue
            }
            let next = "\(current)/\(part)"
            let mode = try mode(next, path)
            switch mode & S_IFMT {
            case S_IFLNK:
                links += 1
                // As many as the kernel follows (path_resolution(7)).
                guard links <= 40 else {
                    throw IntegrityError(.unreadable, "\(path) leads through too many links")
                }
                let target = try target(of: next)
                if target.hasPrefix("/") { current = "" }
                waiting += target.split(separator: "/", omittingEmptySubsequences: true).reversed()
            case S_IFDIR:
                try checkFolder(mode, next, isHome: false)
                current = next
            default:
                let home = current.isEmpty ? "/" : current
                try checkFolder(self.mode(home, path), home, isHome: true)
                guard mode & S_IWOTH == 0 else { throw refusal(next, mode, "Anybody could change what is in it") }
                current = next
            }
        }
    }

    /// A folder that a library has the loader look in; it need not be there.
    ///
    /// - Throws: `writable` where anybody could put a library into it, or make it.
    package static func check(searched folder: String, for library: String) throws(IntegrityError) {
        var there = folder
        var status = stat()
        while there != "/", lstat(there, &status) != 0 {
            there = there.lastIndex(of: "/").map { String(there[..<$0]) } ?? ""
            if there.isEmpty { there = "/" }
        }
        try check(there)
        guard stat(there, &status) == 0, status.st_mode & S_IWOTH == 0 else {
            throw IntegrityError(
                .writable,
                "\(library) looks for libraries in \(folder), and every user of this machine may write to \(there)")
        }
    }

    private static func checkFolder(_ mode: mode_t, _ path: String, isHome: Bool) throws(IntegrityError) {
        guard mode & S_IWOTH != 0, isHome || mode & S_ISVTX == 0 else { return }
        throw refusal(path, mode, "Anybody could \(isHome ? "add files to" : "replace what lies in") it")
    }

    private static func refusal(_ path: String, _ mode: mode_t, _ why: String) -> IntegrityError {
        let digits = String(mode & 0o7777, radix: 8)
        return IntegrityError(
            .writable,
            "\(path) has the mode \(digits): every user of this machine may write to it. \(why); take that away with: chmod o-w \(path)"
        )
    }

    private static func mode(_ path: String, _ whole: String) throws(IntegrityError) -> mode_t {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            let place = path == whole ? "" : " (at \(path))"
            throw IntegrityError(.unreadable, "\(whole) cannot be read\(place): \(String(cString: strerror(errno)))")
        }
        return status.st_mode
    }

    private static func target(of link: String) throws(IntegrityError) -> String {
        var buffer = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = readlink(link, &buffer, buffer.count)
        guard count > 0 else {
            throw IntegrityError(.unreadable, "the link \(link) cannot be read: \(String(cString: strerror(errno)))")
        }
        return String(decoding: buffer[..<count], as: UTF8.self)
    }

    private static func absolute(_ path: String) throws(IntegrityError) -> String {
        if path.hasPrefix("/") { return path }
        guard let folder = getcwd(nil, 0) else {
            throw IntegrityError(.unreadable, "the working directory is gone, so \(path) means nothing")
        }
        defer { free(folder) }
        return "\(String(cString: folder))/\(path)"
    }
}
