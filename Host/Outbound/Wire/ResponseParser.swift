import NIOCore

/// Reads the responses of one connection (RFC 9112), one after the other, from bytes as they come. It does no I/O.
///
/// What two readers could understand differently is refused, never repaired: bare CR and LF, folded fields, white space
/// before a colon, several lengths, a length beside chunks, other transfer codings.
struct ResponseParser {
    enum Event {
        /// A head of the class 1xx. A final one follows, except after 101.
        case informational(Int)
        /// `isEncoded`: a body follows, and a field says how it is encoded.
        case head(OutboundResponseHead, keepsAlive: Bool, isEncoded: Bool)
        /// A piece of the body, which shares the memory of the bytes that were fed. Never empty.
        case body(ByteBuffer)
        /// The response is complete. Nothing comes before the next `begin`.
        case end
    }

    private enum State {
        case idle
        case head
        case length(remaining: Int)
        case untilClose
        case chunkSize
        case chunk(remaining: Int)
        /// The CRLF after the data of a chunk.
        case chunkEnd
        case trailers
        case failed
    }

    private let headLimit: Int
    private var state = State.idle
    private var isHEAD = false
    private var unread = ByteBuffer()
    /// How many of the unread bytes are known to hold no line feed.
    private var searched = 0
    private var reader = ResponseHeadReader(trailers: false)

    /// A chunk's size with its extensions.
    private static var chunkLineLimit: Int { 4096 }

    /// - Parameter headLimit: the most bytes of one head, and of the trailers.
    init(headLimit: Int) {
        self.headLimit = headLimit
    }

    /// Whether bytes have been fed that no event has told of.
    var hasUnread: Bool { self.unreadCount > 0 }
    var unreadCount: Int { self.unread.readableBytes }

    /// Expects a response.
    ///
    /// - Parameter isHEAD: whether it answers a HEAD request and so has no body.
    mutating func begin(isHEAD: Bool) {
        self.isHEAD = isHEAD
        self.state = .head
        self.reader = ResponseHeadReader(trailers: false)
        self.searched = 0
    }

    mutating func feed(_ bytes: ByteBuffer) {
        if self.unread.readableBytes == 0 {
            self.unread = bytes
        } else {
            // Copies what is left, which is less than a line.
            self.unread.writeImmutableBuffer(bytes)
        }
    }

    /// The next event in what was fed, or nil when more is needed. The connection is of no use after an error.
    mutating func next() throws(ResponseFault) -> Event? {
        while true {
            switch self.state {
            case .idle:
                return nil
            case .head:
                guard try self.readLines() else { return nil }
                return self.headIsRead()
            case .length(let remaining):
                if remaining == 0 { return self.finished() }
                guard let piece = self.piece(upTo: remaining) else { return nil }
                self.state = .length(remaining: remaining - piece.readableBytes)
                return .body(piece)
            case .untilClose:
                return self.piece(upTo: .max).map { .body($0) }
            case .chunkSize:
                guard let size = try self.readChunkSize() else { return nil }
                if size == 0 {
                    self.reader = ResponseHeadReader(trailers: true)
                    self.state = .trailers
                } else {
                    self.state = .chunk(remaining: size)
                }
            case .chunk(let remaining):
                guard let piece = self.piece(upTo: remaining) else { return nil }
                let rest = remaining - piece.readableBytes
                self.state = rest == 0 ? .chunkEnd : .chunk(remaining: rest)
                return .body(piece)
            case .chunkEnd:
                guard try self.readChunkEnd() else { return nil }
                self.state = .chunkSize
            case .trailers:
                guard try self.readLines() else { return nil }
                return self.finished()
            case .failed:
                return nil
            }
        }
    }

    /// The connection has ended in good order.
    ///
    /// - Returns: whether that completes the response; false when none was begun.
    /// - Throws: `truncated`, when it ended within a response.
    mutating func inputEnded() throws(ResponseFault) -> Bool {
        switch self.state {
        case .untilClose:
            self.state = .idle
            return true
        case .idle, .failed:
            return false
        case .head where !self.reader.hasBegun && !self.hasUnread:
            return false
        case .head, .length, .chunkSize, .chunk, .chunkEnd, .trailers:
            throw self.failure(.truncated)
        }
    }

    // MARK: Parts

    private mutating func headIsRead() -> Event {
        let status = self.reader.status
        if status < 200 {
            self.reader = ResponseHeadReader(trailers: false)
            return .informational(status)
        }
        let framing = self.reader.framing
        let body = framing.body(status: status, toHEAD: self.isHEAD)
        self.state =
            switch body {
            case .length(let length): .length(remaining: length)
            case .chunked: .chunkSize
            case .untilClose: .untilClose
            }
        let head = OutboundResponseHead(status: status, headers: self.reader.takeHeaders())
        let keepsAlive = framing.keepsAlive(minorVersion: self.reader.minorVersion, status: status, body: body)
        return .head(head, keepsAlive: keepsAlive, isEncoded: framing.isEncoded && body != .length(0))
    }

    private mutating func finished() -> Event {
        self.state = .idle
        return .end
    }

    private mutating func failure(_ fault: ResponseFault) -> ResponseFault {
        self.state = .failed
        self.unread = ByteBuffer()
        return fault
    }

    private mutating func consume(_ count: Int) {
        // The memory of a read goes back to the channel, unless a piece of the body shares it.
        if count == self.unread.readableBytes {
            self.unread = ByteBuffer()
        } else {
            self.unread.moveReaderIndex(forwardBy: count)
        }
    }

    private mutating func piece(upTo limit: Int) -> ByteBuffer? {
        let count = min(limit, self.unread.readableBytes)
        guard count > 0 else { return nil }
        let piece = self.unread.getSlice(at: self.unread.readerIndex, length: count)
        self.consume(count)
        return piece
    }

    /// - Returns: whether all lines have been read.
    private mutating func readLines() throws(ResponseFault) -> Bool {
        guard self.hasUnread else { return false }
        let bytes = self.unread
        var consumed = 0
        let outcome = bytes.withUnsafeReadableBytes { bytes in
            self.reader.read(bytes, searched: &self.searched, consumed: &consumed, limit: self.headLimit)
        }
        switch outcome {
        case .fault(let fault): throw self.failure(fault)
        case .incomplete, .complete: self.consume(consumed)
        }
        if case .complete = outcome { return true }
        return false
    }

    /// RFC 9112, 7.1: `1A;name="value"`. The extensions are ignored.
    private mutating func readChunkSize() throws(ResponseFault) -> Int? {
        let searched = self.searched
        let (isPlausible, found) = self.unread.withUnsafeReadableBytes { bytes in
            (bytes.isEmpty || bytes[0].hexadecimalDigit != nil, bytes.lineFeed(from: searched))
        }
        // What cannot be a size is refused without waiting for the rest of its line.
        guard isPlausible else { throw self.failure(Self.wrongSize) }
        guard found ?? self.unread.readableBytes < Self.chunkLineLimit else {
            throw self.failure(.malformed("the line before a chunk is longer than \(Self.chunkLineLimit) bytes"))
        }
        guard let end = found else {
            self.searched = self.unread.readableBytes
            return nil
        }
        let size = self.unread.withUnsafeReadableBytes { Self.chunkSize($0.part(0, end)) }
        guard let size else { throw self.failure(Self.wrongSize) }
        self.searched = 0
        self.consume(end + 1)
        return size
    }

    private static let wrongSize = ResponseFault.malformed("the line before a chunk is not a hexadecimal size")

    /// - Parameter line: without its LF.
    private static func chunkSize(_ line: UnsafeRawBufferPointer) -> Int? {
        var size = 0
        var index = 0
        while index < line.count, let digit = line[index].hexadecimalDigit {
            guard size <= Int.max >> 4 else { return nil }
            size = size << 4 | digit
            index += 1
        }
        guard index > 0, line.last == 0x0D else { return nil }
        let rest = line.part(index, line.count - 1)
        guard rest.isEmpty || (rest[0] == UInt8(ascii: ";") && rest.isFieldValue) else { return nil }
        return size
    }

    private mutating func readChunkEnd() throws(ResponseFault) -> Bool {
        let isRight = self.unread.withUnsafeReadableBytes { bytes in
            (bytes.isEmpty || bytes[0] == 0x0D) && (bytes.count < 2 || bytes[1] == 0x0A)
        }
        guard isRight else { throw self.failure(.malformed("a chunk is longer than its size")) }
        guard self.unread.readableBytes >= 2 else { return false }
        self.consume(2)
        return true
    }
}

extension UInt8 {
    fileprivate var hexadecimalDigit: Int? {
        switch self {
        case 0x30...0x39: Int(self - 0x30)
        case 0x41...0x46: Int(self - 0x41 + 10)
        case 0x61...0x66: Int(self - 0x61 + 10)
        default: nil
        }
    }
}
