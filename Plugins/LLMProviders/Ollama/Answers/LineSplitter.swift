import Glibc

/// Cuts lines out of the pieces in which the network brings them, whatever byte they are cut at. A line that lies in
/// one piece is not copied.
struct LineSplitter {
    /// The start of a line whose end has not come yet.
    private var rest: [UInt8] = []

    /// Take a piece, and hand over the lines that it completes, without their line feed. The bytes are valid only then.
    mutating func split(_ piece: [UInt8], _ receive: (UnsafeRawBufferPointer) -> Void) {
        piece.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return }
            var at = 0
            while at < bytes.count, let feed = memchr(base + at, 0x0a, bytes.count - at) {
                let end = UnsafeRawPointer(feed) - base
                let line = UnsafeRawBufferPointer(rebasing: bytes[at..<end])
                if rest.isEmpty {
                    receive(line)
                } else {
                    rest.append(contentsOf: line)
                    rest.withUnsafeBytes { receive($0) }
                    rest.removeAll(keepingCapacity: true)
                }
                at = end + 1
            }
            rest.append(contentsOf: bytes[at...])
        }
    }

    /// What came behind the last line feed.
    mutating func takeRest() -> [UInt8] {
        defer { rest = [] }
        return rest
    }
}
