import Glibc

/// Where lines go.
package enum LogTarget: Sendable, Hashable {
    /// An open descriptor, 2 for standard error. The caller keeps owning it.
    case descriptor(Int32)
    /// A file, made if missing (mode 0640) and appended to. Before it would grow beyond `maxBytes` it becomes `path.1`,
    /// the one before `path.2`, and so on up to `path.KEEP`; older ones are removed. With `keep` 0 it begins anew.
    case file(path: String, maxBytes: Int, keep: Int)
}

/// An opened target. Only the log's own thread writes to it.
struct LogOutput: Sendable {
    private let target: LogTarget
    private var descriptor: Int32
    /// Bytes in the file now.
    private var size = 0
    /// So that a rotation that keeps failing is told of once.
    private var rotationFailed = false

    init(_ target: LogTarget) throws(TelemetryError) {
        self.target = target
        switch target {
        case .descriptor(let number):
            descriptor = number
        case .file(let path, let maxBytes, let keep):
            guard maxBytes > 0, keep >= 0 else {
                throw TelemetryError(
                    .logTarget,
                    "log file \(path): maxBytes is \(maxBytes) and keep is \(keep); at least 1 and 0 are needed")
            }
            descriptor = Self.open(path)
            guard descriptor >= 0 else {
                throw TelemetryError(
                    .logTarget,
                    "log file \(path): cannot be opened (\(describe(errno))); its folder must exist and be writable")
            }
            size = Self.size(descriptor)
        }
    }

    /// What happened to a batch.
    struct Outcome: Sendable {
        /// Lines that could not be written.
        var lost = 0
        /// A rotation failed, and this is the first time: the reason.
        var rotationFailure: String?
    }

    /// Writes whole lines. Blocks as long as the target does.
    mutating func write(_ batch: [UInt8]) -> Outcome {
        var outcome = Outcome()
        batch.withUnsafeBufferPointer { bytes in
            guard case .file(let path, let maxBytes, let keep) = target else {
                let written = writeAll(bytes)
                outcome.lost = bytes[written...].count { $0 == UInt8(ascii: "\n") }
                return
            }
            var from = 0
            while from < bytes.count {
                var end = Self.wholeLines(bytes, from: from, room: maxBytes - size)
                if end == from {
                    if size > 0 { outcome.rotationFailure = rotate(path, keep) ?? outcome.rotationFailure }
                    // At least one line, even if it alone is more than a file may have, or the rotation failed.
                    end = Self.wholeLines(bytes, from: from, room: size == 0 ? maxBytes : 0)
                    if end == from { end = Self.firstLine(bytes, from: from) }
                }
                let written = writeAll(UnsafeBufferPointer(rebasing: bytes[from..<end]))
                size += written
                outcome.lost += bytes[(from + written)..<end].count { $0 == UInt8(ascii: "\n") }
                from = end
            }
        }
        return outcome
    }

    func close() {
        if case .file = target { Glibc.close(descriptor) }
    }

    /// The end of the last line that still fits, or `from` if none does.
    private static func wholeLines(_ bytes: UnsafeBufferPointer<UInt8>, from: Int, room: Int) -> Int {
        if bytes.count - from <= room { return bytes.count }
        var end = from + max(room, 0)
        while end > from, bytes[end - 1] != UInt8(ascii: "\n") { end -= 1 }
        return end
    }

    private static func firstLine(_ bytes: UnsafeBufferPointer<UInt8>, from: Int) -> Int {
        (bytes[from...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count - 1) + 1
    }

    /// How many bytes went out: all, unless the target failed.
    private func writeAll(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
        var done = 0
        while done < bytes.count {
            let count = Glibc.write(descriptor, bytes.baseAddress! + done, bytes.count - done)
            if count >= 0 {
                done += count
            } else if errno == EAGAIN {
                // Somebody who shares the descriptor made it non-blocking.
                var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                poll(&wait, 1, -1)
            } else if errno != EINTR {
                break
            }
        }
        return done
    }

    /// Nil when all went well or the failure is known. After a failure the old file is written on, since a file too
    /// large is better than lines lost.
    private mutating func rotate(_ path: String, _ keep: Int) -> String? {
        var failure: String?
        if keep == 0 {
            if ftruncate(descriptor, 0) != 0 { failure = "\(path) cannot be emptied (\(describe(errno)))" }
        } else {
            for number in stride(from: keep - 1, through: 1, by: -1) {
                if rename("\(path).\(number)", "\(path).\(number + 1)") != 0, errno != ENOENT {
                    failure = "\(path).\(number) cannot be renamed (\(describe(errno)))"
                }
            }
            if failure == nil, rename(path, "\(path).1") != 0, errno != ENOENT {
                failure = "\(path) cannot be renamed (\(describe(errno)))"
            }
            if failure == nil {
                let fresh = Self.open(path)
                if fresh >= 0 {
                    Glibc.close(descriptor)
                    descriptor = fresh
                } else {
                    failure = "\(path) cannot be opened anew (\(describe(errno)))"
                }
            }
        }
        size = Self.size(descriptor)
        defer { rotationFailed = failure != nil }
        return rotationFailed ? nil : failure
    }

    private static func open(_ path: String) -> Int32 {
        Glibc.open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o640)
    }

    private static func size(_ descriptor: Int32) -> Int {
        var status = stat()
        return fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
    }

}

/// The system's words for an error number.
func describe(_ number: Int32) -> String {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 256) { buffer in
        strerror_r(number, buffer.baseAddress!, buffer.count) == 0
            ? String(cString: buffer.baseAddress!) : "error \(number)"
    }
}
