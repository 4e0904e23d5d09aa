import Glibc
import Synchronization
import Testing

/// A pipe whose two ends are closed with it.
final class Pipe: Sendable {
    let reading: Int32
    let writing: Int32
    private let writerIsOpen = Mutex(true)

    init() throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        (reading, writing) = (ends[0], ends[1])
    }

    deinit {
        closeWriter()
        close(reading)
    }

    func closeWriter() {
        writerIsOpen.withLock { isOpen in
            if isOpen { close(writing) }
            isOpen = false
        }
    }

    /// Fills the pipe with empty lines until it takes no more: what writes to it now, waits.
    func fill() {
        let flags = fcntl(writing, F_GETFL)
        _ = fcntl(writing, F_SETFL, flags | O_NONBLOCK)
        let newlines = [UInt8](repeating: UInt8(ascii: "\n"), count: 4096)
        var piece = newlines.count
        while piece > 0 {
            if write(writing, newlines, piece) < 0 { piece /= 2 }
        }
        _ = fcntl(writing, F_SETFL, flags)
    }

    /// All that comes until the writing end is closed.
    func readToEnd() -> String { readAll(reading) }
}

func readAll(_ descriptor: Int32) -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
        let count = read(descriptor, &buffer, buffer.count)
        if count <= 0 { break }
        bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
}

extension String {
    var lines: [String] { split(separator: "\n").map(String.init) }
}
