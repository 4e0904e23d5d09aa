import Glibc

/// Standard output, led into a file without a name for a while.
final class CapturedOutput {
    private let stream: UnsafeMutablePointer<FILE>?
    private let file: Int32
    private let saved: Int32

    init() {
        // What was printed before this, and waits in a buffer, is none of it.
        fflush(nil)
        stream = tmpfile()
        file = stream.map { fileno($0) } ?? -1
        saved = dup(STDOUT_FILENO)
        dup2(file, STDOUT_FILENO)
    }

    /// Standard output as it was; what was written meanwhile.
    func end() -> String {
        fflush(nil)
        dup2(saved, STDOUT_FILENO)
        close(saved)
        defer { if let stream { fclose(stream) } }
        var text: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = pread(file, &chunk, chunk.count, off_t(text.count))
            guard count > 0 else { return String(decoding: text, as: UTF8.self) }
            text += chunk[..<count]
        }
    }
}
