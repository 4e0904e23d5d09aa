import Glibc

/// The repository as it lies on disk: what is in it, read without building anything.
enum SourceTree {
    /// The repository's folder, from where this file really lies.
    static let root: String = {
        let resolved = realpath(#filePath, nil)
        defer { free(resolved) }
        let here = resolved.map { String(cString: $0) } ?? #filePath
        return here.split(separator: "/").dropLast(4).map { "/" + $0 }.joined()
    }()

    /// The names in a folder, sorted, hidden ones included.
    static func names(in folder: String) -> [String] {
        guard let directory = opendir(path(folder)) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    static func isFolder(_ file: String) -> Bool {
        var status = stat()
        return stat(path(file), &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    static func exists(_ file: String) -> Bool { access(path(file), F_OK) == 0 }

    /// Every file below a folder, as a path from the repository's root; hidden names and build products are left out.
    static func files(under folder: String, named ends: [String] = []) -> [String] {
        var found: [String] = []
        for name in names(in: folder) where !name.hasPrefix(".") && name != "__pycache__" {
            let file = folder.isEmpty ? name : "\(folder)/\(name)"
            if isFolder(file) {
                found += files(under: file, named: ends)
            } else if ends.isEmpty || ends.contains(where: { name.hasSuffix($0) }) {
                found.append(file)
            }
        }
        return found
    }

    /// A file's bytes; nil if it cannot be read.
    static func bytes(of file: String) -> [UInt8]? {
        guard let stream = fopen(path(file), "re") else { return nil }
        defer { fclose(stream) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&chunk, 1, chunk.count, stream)
            if count == 0 { return ferror(stream) == 0 ? bytes : nil }
            bytes += chunk[..<count]
        }
    }

    static func text(of file: String) -> String { String(decoding: bytes(of: file) ?? [], as: UTF8.self) }

    private static func path(_ file: String) -> String { file.isEmpty ? root : "\(root)/\(file)" }
}

extension String {
    /// Lines, without their ends, empty ones included.
    var lines: [Substring] { split(separator: "\n", omittingEmptySubsequences: false) }

    var trimmed: Substring { self[...].trimmed }
}

extension Substring {
    var trimmed: Substring {
        let isSpace = { (character: Character) in character == " " || character == "\t" || character == "\r" }
        let start = drop(while: isSpace)
        guard let last = start.lastIndex(where: { !isSpace($0) }) else { return start[start.endIndex...] }
        return start[...last]
    }
}
