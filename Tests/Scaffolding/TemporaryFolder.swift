import Glibc

/// A folder that goes away with the test.
final class TemporaryFolder {
    let path: String

    init() {
        var template = Array("/tmp/jackfield-scaffolding-XXXXXX".utf8CString)
        path = template.withUnsafeMutableBufferPointer { String(cString: mkdtemp($0.baseAddress!)) }
    }

    deinit { Self.remove(path) }

    func make(_ file: String, _ text: String) {
        let folder = file.lastIndex(of: "/").map { "\(path)/\(file[..<$0])" } ?? path
        makeFolder(folder)
        let stream = fopen("\(path)/\(file)", "w")!
        fputs(text, stream)
        fclose(stream)
    }

    func makeFolder(_ folder: String) {
        var made = ""
        for part in folder.split(separator: "/") {
            made += "/" + part
            mkdir(made, 0o777)
        }
    }

    func text(_ file: String) -> String? {
        guard let stream = fopen("\(path)/\(file)", "r") else { return nil }
        defer { fclose(stream) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while case let count = fread(&chunk, 1, chunk.count, stream), count > 0 { bytes += chunk[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The names in the folder, hidden ones included.
    func names(_ folder: String = "") -> [String] { Self.names("\(path)/\(folder)") }

    private static func names(_ folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            names.append(
                withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
        }
        return names.filter { $0 != "." && $0 != ".." }.sorted()
    }

    /// A link goes, and what it leads to stays: a test may link to what is not its own.
    private static func remove(_ path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFDIR else {
            unlink(path)
            return
        }
        for name in names(path) { remove("\(path)/\(name)") }
        rmdir(path)
    }
}

/// The repository's folder `PluginAPI`, from where this file really lies.
let kitOfTheTree: String = {
    let resolved = realpath(#filePath, nil)
    defer { free(resolved) }
    let here = resolved.map { String(cString: $0) } ?? #filePath
    return here.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/PluginAPI"
}()
