#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Reads small files whole, without Foundation.
package enum FileReading {
    /// - Parameter pipes: whether a pipe or a device will do as well, and is waited for. That is for what the operator
    ///   names, such as a manifest from another command; what lies in a plugin's folder must be a file.
    /// - Throws: `InvalidValue` with the system's words, when the file cannot be opened or read, is a folder, or holds
    ///   more than `limit` bytes.
    package static func bytes(of path: String, limit: Int, pipes: Bool = false) throws(InvalidValue) -> [UInt8] {
        // Without O_NONBLOCK, opening a pipe waits for somebody who writes to it.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | (pipes ? 0 : O_NONBLOCK | O_NOCTTY))
        guard descriptor >= 0 else { throw Self.failure() }
        defer { close(descriptor) }
        if !pipes {
            var status = stat()
            guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
                throw InvalidValue(status.st_mode & S_IFMT == S_IFDIR ? "it is a folder" : "it is not a file")
            }
        }
        var result: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16 << 10)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            if count == 0 { return result }
            if count < 0 {
                if errno == EINTR { continue }
                throw Self.failure()
            }
            guard result.count + count <= limit else {
                throw InvalidValue("it is larger than \(ByteCount(bytes: limit))")
            }
            result += chunk[..<count]
        }
    }

    private static func failure() -> InvalidValue {
        switch errno {
        case ENOENT: InvalidValue("no such file")
        case EACCES: InvalidValue("permission denied")
        case EISDIR: InvalidValue("it is a folder")
        case let code: InvalidValue(String(cString: strerror(code)))
        }
    }
}
