import NIOCore
import NIOHTTP1

/// How the end of an answer's body is told (RFC 9112, section 6).
enum ResponseFraming: Equatable {
    /// `content-length`.
    case length(Int)
    case chunked
    /// The connection closes after it: for HTTP/1.0.
    case untilClose
    /// The status has no body (1xx, 204, 304).
    case none
}

/// The parts of a response's head that are not the application's.
struct ResponseEnvelope {
    var framing: ResponseFraming
    var closes: Bool
    /// An HTTP/1.0 client that wants to keep the connection must be told.
    var saysKeepAlive: Bool
    var requestID: String
    var allowedOrigin: String?
    var variesByOrigin: Bool
}

extension ByteBuffer {
    /// Append status line and header section, with the empty line.
    ///
    /// Fields that are the engine's own (`content-length`, `transfer-encoding`, `connection`, `date`, `x-request-id`)
    /// are left out of `headers`; a byte that could end a field early becomes a space.
    mutating func writeResponseHead(
        _ status: HTTPResponseStatus, contentType: String?, headers: HTTPHeaders, envelope: ResponseEnvelope,
        date: [UInt8]
    ) {
        switch status {
        case .ok: writeStaticString("HTTP/1.1 200 OK\r\n")
        default:
            writeStaticString("HTTP/1.1 ")
            writeDecimal(Int(status.code))
            writeStaticString(" ")
            writeFieldText(status.reasonPhrase)
            writeStaticString("\r\n")
        }
        writeBytes(date)
        if let contentType {
            writeStaticString("content-type: ")
            writeFieldText(contentType)
            writeStaticString("\r\n")
        }
        switch envelope.framing {
        case .length(let count):
            writeStaticString("content-length: ")
            writeDecimal(count)
            writeStaticString("\r\nx-request-id: ")
        case .chunked: writeStaticString("transfer-encoding: chunked\r\nx-request-id: ")
        case .untilClose, .none: writeStaticString("x-request-id: ")
        }
        writeString(envelope.requestID)
        if envelope.closes {
            writeStaticString("\r\nconnection: close\r\n")
        } else if envelope.saysKeepAlive {
            writeStaticString("\r\nconnection: keep-alive\r\n")
        } else {
            writeStaticString("\r\n")
        }
        if let origin = envelope.allowedOrigin {
            writeStaticString("access-control-allow-origin: ")
            writeFieldText(origin)
            writeStaticString("\r\naccess-control-expose-headers: x-request-id\r\n")
        }
        if envelope.variesByOrigin { writeStaticString("vary: origin\r\n") }
        for (name, value) in headers where !name.isEngineField {
            writeFieldText(name)
            writeStaticString(": ")
            writeFieldText(value)
            writeStaticString("\r\n")
        }
        writeStaticString("\r\n")
    }

    mutating func writeDecimal(_ number: Int) {
        // A string of up to 15 bytes is not allocated.
        writeString(String(number))
    }

    private mutating func writeFieldText(_ text: String) {
        let start = writerIndex
        let count = writeString(text)
        let isClean = text.utf8.allSatisfy { $0 != 13 && $0 != 10 && $0 != 0 }
        if isClean { return }
        for index in start..<start + count {
            let byte = getInteger(at: index, as: UInt8.self)
            if byte == 13 || byte == 10 || byte == 0 { setInteger(UInt8(ascii: " "), at: index) }
        }
    }
}

extension String {
    fileprivate var isEngineField: Bool {
        switch utf8.count {
        case 4: isField("date")
        case 10: isField("connection")
        case 12: isField("x-request-id")
        case 14: isField("content-length")
        case 17: isField("transfer-encoding")
        default: false
        }
    }
}
