import NIOCore
import NIOHTTP1

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

// A request as it goes over the wire (RFC 9112, 3): head and body in one piece of memory, so that one write sends both.

extension OutboundRequest {
    /// A longer body is not copied behind its head but sent after it.
    private static var copiedBodyLimit: Int { 64 * 1024 }

    /// Whether `write` writes the body too.
    var isWrittenAtOnce: Bool { (self.body?.readableBytes ?? 0) <= Self.copiedBodyLimit }

    /// Writes the head and, unless it is very long, the body. The request must have been found without `fault()`.
    ///
    /// - Parameter hostLine: the `Host` field with its line end.
    func write(into buffer: inout ByteBuffer, hostLine: String) {
        let method = self.method.rawValue
        let bodyLength = self.body?.readableBytes ?? 0
        let sendsBody = bodyLength > 0 && self.isWrittenAtOnce
        let lengthLine: String? =
            if bodyLength > 0 {
                "Content-Length: \(bodyLength)\r\n"
            } else if self.method == .POST || self.method == .PUT || self.method == .PATCH {
                "Content-Length: 0\r\n"
            } else {
                nil
            }
        // The bytes of the body are handed on as they come, so the upstream must not compress them unasked.
        var sendsIdentity = true
        // RFC 9110, 10.1.5. Firewalls in front of some upstreams turn away who does not say what it is.
        var sendsAgent = true
        var size = method.utf8.count + self.url.target.utf8.count + hostLine.utf8.count + (lengthLine?.utf8.count ?? 0)
        for (name, value) in self.headers {
            size += name.utf8.count + value.utf8.count + 4
            if sendsIdentity, name.equalsIgnoringCase("accept-encoding") { sendsIdentity = false }
            if sendsAgent, name.equalsIgnoringCase("user-agent") { sendsAgent = false }
        }
        // What stands around the method and the target, the two fields of the host's own and the empty line.
        size += 72 + (sendsBody ? bodyLength : 0)
        buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: size) { target in
            var writer = ByteWriter(target)
            writer.write(method)
            writer.write(" ")
            writer.write(self.url.target)
            writer.write(" HTTP/1.1\r\n")
            writer.write(hostLine)
            if sendsAgent { writer.write("User-Agent: jackfield\r\n") }
            for (name, value) in self.headers {
                writer.write(name)
                writer.write(": ")
                writer.write(value)
                writer.write("\r\n")
            }
            if sendsIdentity { writer.write("Accept-Encoding: identity\r\n") }
            if let lengthLine { writer.write(lengthLine) }
            writer.write("\r\n")
            if sendsBody { self.body?.withUnsafeReadableBytes { writer.write($0) } }
            return writer.count
        }
    }
}

/// Writes one piece after the other into memory that must have room for all.
private struct ByteWriter {
    private let target: UnsafeMutableRawBufferPointer
    private(set) var count = 0

    init(_ target: UnsafeMutableRawBufferPointer) { self.target = target }

    mutating func write(_ bytes: UnsafeRawBufferPointer) {
        guard let source = bytes.baseAddress, let start = self.target.baseAddress else { return }
        precondition(bytes.count <= self.target.count - self.count, "the size of a request was computed too small")
        memcpy(start + self.count, source, bytes.count)
        self.count += bytes.count
    }

    mutating func write(_ text: String) {
        var text = text
        text.withUTF8 { self.write(UnsafeRawBufferPointer($0)) }
    }

    mutating func write(_ text: StaticString) {
        self.write(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }
}
