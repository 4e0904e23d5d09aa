/// Header fields as they came, in order; names are compared without regard to case (RFC 9110, section 5.1).
package struct HTTPHeaderList: Sendable, CustomStringConvertible {
    package private(set) var fields: [(name: String, value: String)] = []

    package init(_ fields: [(String, String)] = []) { self.fields = fields.map { ($0.0, $0.1) } }

    /// The first field of that name.
    package subscript(name: String) -> String? {
        fields.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    package func all(_ name: String) -> [String] {
        fields.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    }

    package mutating func append(_ name: String, _ value: String) { fields.append((name, value)) }

    package var description: String { fields.map { "\($0.name): \($0.value)" }.joined(separator: "\n") }
}

/// Reads HTTP/1.1 messages from a socket: the start line and fields of a message, then its body as it is framed.
final class HTTPMessageReader {
    let socket: Socket
    private var buffer: [UInt8] = []
    private var at = 0

    init(_ socket: Socket) { self.socket = socket }

    private func fill(by deadline: Deadline) throws -> Bool {
        if at > 1 << 16 {
            buffer.removeFirst(at)
            at = 0
        }
        let more = try socket.read(by: deadline)
        buffer.append(contentsOf: more)
        return !more.isEmpty
    }

    /// A line without its CRLF; nil at the end of the stream.
    func line(by deadline: Deadline) throws -> String? {
        var searched = at
        while true {
            if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                var line = buffer[at..<end]
                if line.last == UInt8(ascii: "\r") { line.removeLast() }
                at = end + 1
                return String(decoding: line, as: UTF8.self)
            }
            let unread = buffer.count - at
            guard try fill(by: deadline) else { return nil }
            searched = at + unread
        }
    }

    /// Exactly so many bytes, or fewer at the end of the stream.
    func bytes(_ count: Int, by deadline: Deadline) throws -> [UInt8] {
        while buffer.count - at < count, try fill(by: deadline) {}
        let end = min(at + count, buffer.count)
        defer { at = end }
        return Array(buffer[at..<end])
    }

    /// What is there, or the next that comes; empty at the end of the stream.
    func some(by deadline: Deadline) throws -> [UInt8] {
        if at == buffer.count, try !fill(by: deadline) { return [] }
        defer { at = buffer.count }
        return Array(buffer[at...])
    }

    /// Start line and fields; nil if the stream ended before the first byte.
    func head(by deadline: Deadline) throws -> (line: String, headers: HTTPHeaderList)? {
        guard let first = try line(by: deadline) else { return nil }
        var headers = HTTPHeaderList()
        while true {
            guard let line = try line(by: deadline) else {
                throw TestFailure("the stream ended inside the head: \(first)")
            }
            if line.isEmpty { return (first, headers) }
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { throw TestFailure("not a header field: \(line)") }
            headers.append(String(parts[0]), String(parts[1].drop { $0 == " " }))
        }
    }

    /// The next chunk of a chunked body (RFC 9112, section 7.1); nil after the last. Throws if the stream ends before.
    func chunk(by deadline: Deadline) throws -> [UInt8]? {
        guard let size = try line(by: deadline), let count = Int(size.prefix { $0 != ";" }, radix: 16) else {
            throw TestFailure("the stream ended where a chunk should begin")
        }
        let bytes = try bytes(count, by: deadline)
        guard bytes.count == count else { throw TestFailure("the stream ended inside a chunk") }
        while let line = try line(by: deadline), count == 0, !line.isEmpty {}
        return count == 0 ? nil : bytes
    }
}
