/// Takes messages out of a stream that the network has cut anywhere: a prelude of twelve bytes (length of the whole,
/// length of the headers, checksum of both), headers, payload, checksum of everything before. Both checksums are
/// checked, the first before its lengths are believed.
struct EventStreamParser {
    /// Prelude and checksum: the message without headers and payload.
    private static let overhead = 16
    /// The specification's own bound.
    private static let headersBound = 128 << 10

    private let bound: Int
    private var buffer: [UInt8] = []
    /// Where in `buffer` the next message begins.
    private var at = 0
    /// The prelude at `at` was checked.
    private var hasChecked = false

    /// - Parameter bound: bytes of the longest message that is taken; 16 MiB is the specification's.
    init(bound: Int = 16 << 20) { self.bound = bound }

    /// Bytes that came and are not part of a whole message yet.
    var pendingBytes: Int { buffer.count - at }

    mutating func append(_ piece: [UInt8]) {
        if at == buffer.count {
            buffer = piece
        } else {
            buffer.removeFirst(at)
            buffer += piece
        }
        at = 0
    }

    /// The next whole message, or nil until more has come. After an error the stream cannot be read on.
    mutating func next() throws(EventStreamFault) -> EventStreamMessage? {
        guard pendingBytes >= 12 else { return nil }
        let total = Int(number(at))
        let headers = Int(number(at + 4))
        if !hasChecked {
            guard CRC32.checksum(buffer[at..<at + 8]) == number(at + 8) else {
                throw EventStreamFault(reason: "has a wrong checksum of its prelude")
            }
            guard total >= EventStreamParser.overhead, headers <= total - EventStreamParser.overhead,
                headers <= EventStreamParser.headersBound
            else { throw EventStreamFault(reason: "has lengths that cannot be: \(headers) of \(total) bytes") }
            guard total <= bound else {
                throw EventStreamFault(reason: "is \(total) bytes long, more than the \(bound) that are taken")
            }
            hasChecked = true
        }
        guard pendingBytes >= total else { return nil }
        let end = at + total - 4
        guard CRC32.checksum(buffer[at..<end]) == number(end) else {
            throw EventStreamFault(reason: "has a wrong checksum")
        }
        let message = EventStreamMessage(
            headers: try EventStreamHeaders.read(buffer[at + 12..<at + 12 + headers]),
            payload: Array(buffer[at + 12 + headers..<end]))
        at += total
        hasChecked = false
        return message
    }

    private func number(_ at: Int) -> UInt32 { buffer[at..<at + 4].reduce(0) { $0 << 8 | UInt32($1) } }
}
