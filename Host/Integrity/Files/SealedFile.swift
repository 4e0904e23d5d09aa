import Glibc
import KernelCalls
import Synchronization

/// A copy of a file in memory that nobody can change any more, not even this process: memfd_create(2) with all seals of
/// fcntl(2). What was read of it for a hash is what is mapped when it is loaded by `loadPath`.
package final class SealedFile: Sendable {
    /// The file that it is a copy of, for messages.
    package let path: String
    package let size: Int
    package let descriptor: Int32
    private let known = Mutex<SHA256Digest?>(nil)

    /// Copy and seal. Takes memory for all of the file, for as long as this object or a mapping of it lives.
    ///
    /// - Throws: `unreadable`, or `system` where the kernel gives no such file.
    package init(_ file: OpenedFile) throws(IntegrityError) {
        path = file.path
        // What shows in /proc/PID/maps, and so in a debugger: the name of the library.
        let name = file.path.split(separator: "/").last.map { String($0.suffix(200)) } ?? "library"
        descriptor = try Self.create(name, file.path)
        do throws(IntegrityError) {
            size = try Self.copy(file, to: descriptor)
            let answer = kernel_seal(descriptor)
            guard answer == 0 else { throw Self.failure("cannot be sealed in memory", file.path, -answer) }
        } catch {
            close(descriptor)
            throw error
        }
    }

    /// One that another process has made and handed over; it is this object's from now on.
    ///
    /// - Throws: `system`, if it is not sealed.
    package init(inherited descriptor: Int32, path: String) throws(IntegrityError) {
        var status = stat()
        guard fstat(descriptor, &status) == 0, kernel_is_sealed(descriptor) == 1 else {
            throw IntegrityError(.system, "\(path) was not handed over as a sealed file")
        }
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        self.descriptor = descriptor
        self.path = path
        size = Int(status.st_size)
    }

    deinit { close(descriptor) }

    package func bytes() throws(IntegrityError) -> [UInt8] { try OpenedFile.read(descriptor, size, path) }

    /// A copy of a library whose SHA-256 is this.
    ///
    /// - Throws: also `wrongHash`.
    package convenience init(pinned path: String, to digest: SHA256Digest) throws(IntegrityError) {
        try self.init(OpenedFile(path: path))
        let found = try self.digest()
        guard found == digest else {
            throw IntegrityError(
                .wrongHash, "\(path) has the SHA-256 \(found), but the manifest pins \(digest)")
        }
    }

    /// Of the copy, so of what is loaded. Reads all of it the first time.
    package func digest() throws(IntegrityError) -> SHA256Digest {
        if let digest = known.withLock({ $0 }) { return digest }
        let digest = try SHA256Digest(reading: descriptor, path: path)
        known.withLock { $0 = digest }
        return digest
    }

    /// What dlopen(3) is given. It names this file for as long as the descriptor is open.
    package var loadPath: String { "/proc/self/fd/\(descriptor)" }

    private static func create(_ name: String, _ path: String) throws(IntegrityError) -> Int32 {
        let descriptor = kernel_memory_file(name)
        guard descriptor >= 0 else { throw failure("cannot be copied into memory", path, -descriptor) }
        return descriptor
    }

    private static func copy(_ file: OpenedFile, to target: Int32) throws(IntegrityError) -> Int {
        var offset: off_t = 0
        while Int(offset) < file.size {
            let count = sendfile(target, file.descriptor, &offset, file.size - Int(offset))
            if count < 0 {
                if errno == EINTR { continue }
                throw failure("cannot be copied into memory", file.path, errno)
            }
            if count == 0 { break }
        }
        return Int(offset)
    }

    private static func failure(_ what: String, _ path: String, _ number: Int32) -> IntegrityError {
        IntegrityError(.system, "\(path) \(what): \(String(cString: strerror(number)))")
    }
}
