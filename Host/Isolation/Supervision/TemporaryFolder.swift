import Glibc
package import Loading

/// A folder for one plugin's temporary files, which the host's user alone may enter.
package struct TemporaryFolder: Sendable, Hashable {
    package let path: String

    /// Make one where TMPDIR says, or in /tmp.
    ///
    /// - Throws: `notIsolated`.
    package init(for id: String) throws(LoadError) {
        let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(parent)/jackfield-\(id)-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw LoadError(
                .notIsolated, "no temporary folder for \(id) in \(parent): \(String(cString: strerror(errno)))")
        }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// With all that is in it. Links are taken away and not followed: a plugin made them.
    package func remove() {
        let folder = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
        if folder >= 0 { Self.empty(folder, depth: 0) }
        rmdir(path)
    }

    /// Closes the descriptor.
    private static func empty(_ folder: Int32, depth: Int) {
        guard depth < 64, let stream = fdopendir(folder) else {
            close(folder)
            return
        }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            withUnsafePointer(to: &entry.pointee.d_name) { name in
                name.withMemoryRebound(to: CChar.self, capacity: 256) { name in
                    let text = String(cString: name)
                    if text == "." || text == ".." || unlinkat(folder, name, 0) == 0 { return }
                    let inner = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
                    if inner >= 0 { empty(inner, depth: depth + 1) }
                    unlinkat(folder, name, AT_REMOVEDIR)
                }
            }
        }
    }
}
