import Glibc

extension PluginScaffold {
    /// Put the files into a new folder. They are written beside it first and take its name last, so that there is a
    /// whole plugin or none.
    ///
    /// - Throws: one sentence, when the folder is there and not empty, or something cannot be written.
    package func write(to folder: String) throws(ScaffoldError) {
        try Self.refuseUsed(folder)
        let (parent, name) = Self.split(folder)
        try Self.makeFolder(parent)
        let draft = "\(parent)/.\(name).new-\(getpid())"
        guard mkdir(draft, 0o777) == 0 else { throw FolderTree.failure("cannot make the folder \(folder)") }
        // From here on the draft is this call's own, and may be taken away again.
        do throws(ScaffoldError) {
            for file in files {
                let path = "\(draft)/\(file.path)"
                try Self.makeFolder(Self.split(path).parent)
                try Self.write(file.bytes, to: path, mode: file.isExecutable ? 0o777 : 0o666)
            }
            // An empty folder of that name gives way; one that somebody filled in between does not.
            guard rename(draft, folder) == 0 else { throw FolderTree.failure("cannot make the folder \(folder)") }
        } catch {
            Self.remove(draft)
            throw error
        }
    }

    private static func refuseUsed(_ folder: String) throws(ScaffoldError) {
        var status = stat()
        guard lstat(folder, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            throw ScaffoldError("\(folder) is there and no folder: name another with --into")
        }
        guard try FolderTree.names(in: folder).count == 2 else {
            throw ScaffoldError("the folder \(folder) is there and not empty: name another with --into")
        }
    }

    private static func split(_ path: String) -> (parent: String, name: String) {
        var path = path[...]
        while path.count > 1, path.last == "/" { path = path.dropLast() }
        guard let slash = path.lastIndex(of: "/") else { return (".", String(path)) }
        let parent = slash == path.startIndex ? "/" : String(path[..<slash])
        return (parent, String(path[path.index(after: slash)...]))
    }

    /// A folder and those above it, as far as they are missing.
    private static func makeFolder(_ path: String) throws(ScaffoldError) {
        if access(path, F_OK) == 0 { return }
        let parent = split(path).parent
        if parent != path { try makeFolder(parent) }
        guard mkdir(path, 0o777) == 0 || errno == EEXIST else {
            throw FolderTree.failure("cannot make the folder \(path)")
        }
    }

    private static func write(_ bytes: [UInt8], to path: String, mode: mode_t) throws(ScaffoldError) {
        guard let stream = fopen(path, "wxe") else { throw FolderTree.failure("cannot write \(path)") }
        let isWritten = fwrite(bytes, 1, bytes.count, stream) == bytes.count
        guard fclose(stream) == 0, isWritten else { throw FolderTree.failure("cannot write \(path)") }
        if mode & 0o111 != 0 {
            // As open(2) would have made it: the process's mask applies.
            let mask = umask(0)
            _ = umask(mask)
            _ = chmod(path, mode & ~mask)
        }
    }

    /// Takes away a file or a whole folder. A link goes, and what it leads to stays.
    private static func remove(_ path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        if status.st_mode & S_IFMT == S_IFDIR {
            for name in (try? FolderTree.names(in: path)) ?? [] where name != "." && name != ".." {
                remove("\(path)/\(name)")
            }
            rmdir(path)
        } else {
            unlink(path)
        }
    }
}
