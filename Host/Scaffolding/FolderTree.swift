import Glibc

/// A file that a template or the kit holds, read whole.
struct TemplateFile: Sendable, Hashable {
    /// From the folder that was read, with "/" between the names.
    var path: String
    var bytes: [UInt8]
    var isExecutable: Bool
}

/// Reads folders of small files. Links are followed, so that a staged or installed kit may consist of them.
enum FolderTree {
    /// Products of builds and of version control, which no template has.
    private static let leftOut: Set<String> = [".", "..", ".build", ".git", "target", "__pycache__"]
    /// Deeper than this lies no template; a link that leads back to its own folder ends here.
    private static let depth = 12
    /// Bytes of one file.
    private static let limit = 4 << 20

    /// Every file below a folder, in the order of the paths.
    ///
    /// - Parameter leavingOut: names at the top of the folder.
    /// - Throws: a sentence with the path that could not be read.
    static func files(under folder: String, leavingOut: Set<String> = []) throws(ScaffoldError) -> [TemplateFile] {
        try read(folder, as: "", leavingOut: leavingOut, depth: depth)
    }

    private static func read(
        _ folder: String, as prefix: String, leavingOut: Set<String>, depth: Int
    ) throws(ScaffoldError) -> [TemplateFile] {
        guard depth > 0 else { throw ScaffoldError("\(folder) lies too deep in its folder: does a link lead back?") }
        var files: [TemplateFile] = []
        for name in try names(in: folder) where !leftOut.contains(name) && !leavingOut.contains(name) {
            let path = "\(folder)/\(name)"
            var status = stat()
            guard stat(path, &status) == 0 else { throw failure("cannot read \(path)") }
            if status.st_mode & S_IFMT == S_IFDIR {
                files += try read(path, as: prefix + name + "/", leavingOut: [], depth: depth - 1)
            } else if status.st_mode & S_IFMT == S_IFREG {
                files.append(
                    TemplateFile(
                        path: prefix + name, bytes: try bytes(of: path), isExecutable: status.st_mode & S_IXUSR != 0))
            } else {
                throw ScaffoldError("\(path) is neither a file nor a folder")
            }
        }
        return files
    }

    /// What is in a folder, sorted, "." and ".." included.
    static func names(in folder: String) throws(ScaffoldError) -> [String] {
        guard let directory = opendir(folder) else { throw failure("cannot read \(folder)") }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            names.append(
                withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
        }
        return names.sorted()
    }

    private static func bytes(of path: String) throws(ScaffoldError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("cannot read \(path)") }
        defer { close(descriptor) }
        var result: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count == 0 { return result }
            if count < 0 {
                if errno == EINTR { continue }
                throw failure("cannot read \(path)")
            }
            result += chunk[..<count]
            guard result.count <= limit else { throw ScaffoldError("\(path) is too large for a template") }
        }
    }

    /// A sentence with the system's reason behind it.
    static func failure(_ sentence: String) -> ScaffoldError {
        ScaffoldError("\(sentence): \(String(cString: strerror(errno)))")
    }

    /// The path without links; nil if nothing is there.
    static func resolved(_ path: String) -> String? {
        guard let real = realpath(path, nil) else { return nil }
        defer { free(real) }
        return String(cString: real)
    }
}
