import Glibc

/// A regular file, opened once to be read: whatever happens to its name later, this stays the file that was opened.
/// Its bytes may still change under it; see `SealedFile`.
package final class OpenedFile: Sendable {
    package let path: String
    /// Bytes, when it was opened.
    package let size: Int
    let descriptor: Int32

    /// Links are followed. A pipe or a device does not make it wait.
    ///
    /// - Parameter limit: bytes that it may have.
    /// - Throws: `unreadable`, `notAFile`.
    package init(path: String, limit: Int = 1 << 30) throws(IntegrityError) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else {
            let number = errno
            throw IntegrityError(
                .unreadable, "\(path) cannot be read: \(String(cString: strerror(number)))", isMissing: number == ENOENT
            )
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw IntegrityError(.notAFile, "\(path) is not a file")
        }
        size = Int(status.st_size)
        guard size <= limit else {
            close(descriptor)
            throw IntegrityError(.notAFile, "\(path) has \(size) bytes; at most \(limit) are read")
        }
    }

    deinit { close(descriptor) }

    /// All of it. A file that has grown meanwhile is read as far as it reached when it was opened.
    package func bytes() throws(IntegrityError) -> [UInt8] { try Self.read(descriptor, size, path) }

    /// Of what is in it now.
    package func digest() throws(IntegrityError) -> SHA256Digest { try SHA256Digest(reading: descriptor, path: path) }

    /// Also of a descriptor that somebody else reads.
    static func read(_ descriptor: Int32, _ size: Int, _ path: String) throws(IntegrityError) -> [UInt8] {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            while count < size {
                let got = pread(descriptor, buffer.baseAddress! + count, size - count, off_t(count))
                if got < 0 {
                    if errno == EINTR { continue }
                    failure = errno
                    break
                }
                if got == 0 { break }
                count += got
            }
        }
        guard failure == 0 else {
            throw IntegrityError(.unreadable, "\(path) cannot be read: \(String(cString: strerror(failure)))")
        }
        return bytes
    }

    /// A small file in one go.
    package static func bytes(of path: String, limit: Int) throws(IntegrityError) -> [UInt8] {
        try OpenedFile(path: path, limit: limit).bytes()
    }
}
