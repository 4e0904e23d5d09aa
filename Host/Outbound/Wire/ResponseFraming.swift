/// What the fields of a response head say about where the response ends and whether the connection outlives it
/// (RFC 9112, 6 and 9.3).
struct ResponseFraming {
    /// Where a body ends.
    enum Body: Equatable {
        case length(Int)
        case chunked
        case untilClose
    }

    private var length: Int?
    private var isChunked = false
    private var saysClose = false
    private var saysKeepAlive = false
    /// Whether there is a field that says how the content is encoded.
    private(set) var isEncoded = false

    /// Takes note of a field.
    ///
    /// - Returns: what is wrong with it, or nil.
    mutating func note(name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer) -> ResponseFault? {
        // Length first, because nearly all names end there.
        switch name.count {
        case 10 where name.equalsIgnoringCase("connection"):
            var (close, keepAlive) = (false, false)
            value.forEachListElement { element in
                if element.equalsIgnoringCase("close") { close = true }
                if element.equalsIgnoringCase("keep-alive") { keepAlive = true }
            }
            self.saysClose = self.saysClose || close
            self.saysKeepAlive = self.saysKeepAlive || keepAlive
            return nil
        case 14 where name.equalsIgnoringCase("content-length"):
            // Of several, even equal ones, another reader may take another.
            guard self.length == nil else { return .malformed("it has more than one Content-Length") }
            guard let length = Self.number(value) else {
                return .malformed("its Content-Length is not a decimal number, or too large")
            }
            self.length = length
        case 16 where name.equalsIgnoringCase("content-encoding"):
            self.isEncoded = true
            return nil
        case 17 where name.equalsIgnoringCase("transfer-encoding"):
            // No other coding was asked for (there is no TE in the request), and none could be undone here.
            guard !self.isChunked, value.equalsIgnoringCase("chunked") else {
                return .malformed("its Transfer-Encoding is not 'chunked', once and alone")
            }
            self.isChunked = true
        default:
            return nil
        }
        return self.isChunked && self.length != nil
            ? .malformed("it has both a Transfer-Encoding and a Content-Length") : nil
    }

    /// How the body ends that follows a head with this status.
    func body(status: Int, toHEAD isHEAD: Bool) -> Body {
        if isHEAD || status < 200 || status == 204 || status == 304 { return .length(0) }
        if self.isChunked { return .chunked }
        return self.length.map { .length($0) } ?? .untilClose
    }

    /// - Parameter minorVersion: 0 for HTTP/1.0, 1 for HTTP/1.1.
    func keepsAlive(minorVersion: Int, status: Int, body: Body) -> Bool {
        if body == .untilClose || self.saysClose { return false }
        // What announces a body where there is none may send one all the same.
        if status == 204, self.isChunked || (self.length ?? 0) > 0 { return false }
        // A chunked response of HTTP/1.0 is faulty, though it can be read (RFC 9112, 6.1).
        return minorVersion >= 1 || (self.saysKeepAlive && !self.isChunked)
    }

    private static func number(_ bytes: UnsafeRawBufferPointer) -> Int? {
        guard !bytes.isEmpty else { return nil }
        var number = 0
        for byte in bytes {
            guard (0x30...0x39).contains(byte) else { return nil }
            let (tens, overflowed) = number.multipliedReportingOverflow(by: 10)
            let (sum, passed) = tens.addingReportingOverflow(Int(byte - 0x30))
            guard !overflowed, !passed else { return nil }
            number = sum
        }
        return number
    }
}
