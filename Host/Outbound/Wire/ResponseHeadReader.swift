/// Reads the lines of a response head, or those of its trailers, as they come.
struct ResponseHeadReader {
    enum Outcome {
        case incomplete
        case complete
        case fault(ResponseFault)
    }

    private(set) var status = 0
    private(set) var minorVersion = 0
    private(set) var framing = ResponseFraming()
    private var headers: [(name: String, value: String)] = []
    private var fields = 0
    /// Bytes of the lines that are read.
    private var size = 0
    private var hasStatusLine: Bool
    private let keepsFields: Bool

    private static var fieldLimit: Int { 256 }

    /// - Parameter trailers: whether it reads the fields after a chunked body, which have no status line. They are
    ///   checked but not kept: none may change what was delivered already (RFC 9110, 6.5.1).
    init(trailers: Bool) {
        self.hasStatusLine = trailers
        self.keepsFields = !trailers
    }

    /// Whether a line has been read.
    var hasBegun: Bool { self.size > 0 }

    /// The fields, which this lets go of.
    mutating func takeHeaders() -> [(name: String, value: String)] {
        defer { self.headers = [] }
        return self.headers
    }

    /// Reads the complete lines in `bytes`, up to the empty one.
    ///
    /// - Parameters:
    ///   - bytes: what follows the lines that were read before.
    ///   - searched: how many of them are known to hold no line feed; set for the next call.
    ///   - consumed: set to how many of the bytes were read.
    ///   - limit: the most bytes that all lines may have together.
    mutating func read(
        _ bytes: UnsafeRawBufferPointer, searched: inout Int, consumed: inout Int, limit: Int
    ) -> Outcome {
        var start = 0
        var search = searched
        while let end = bytes.lineFeed(from: search) {
            // What does not speak HTTP need not send a whole line, so this comes before all else.
            guard self.hasStatusLine || Self.begins(bytes.part(start, end + 1)) else { return .fault(Self.notHTTP) }
            let length = end + 1 - start
            self.size += length
            guard self.size <= limit else { return .fault(.headTooLarge) }
            guard length > 1, bytes[end - 1] == 0x0D else {
                return .fault(.malformed("a line ends in LF without CR"))
            }
            let line = bytes.part(start, end - 1)
            start = end + 1
            search = start
            if line.isEmpty, self.hasStatusLine {
                (searched, consumed) = (0, start)
                return .complete
            }
            if let fault = self.hasStatusLine ? self.readField(line) : self.readStatusLine(line) {
                return .fault(fault)
            }
        }
        (searched, consumed) = (bytes.count - start, start)
        guard self.hasStatusLine || Self.begins(bytes.part(start, bytes.count)) else { return .fault(Self.notHTTP) }
        return self.size + searched <= limit ? .incomplete : .fault(.headTooLarge)
    }

    // MARK: Status line

    private static let notHTTP = ResponseFault.malformed("it does not start with a status line of HTTP/1")

    /// Whether bytes can be the beginning of a status line.
    private static func begins(_ bytes: UnsafeRawBufferPointer) -> Bool {
        let expected: StaticString = "HTTP/1."
        for index in 0..<min(bytes.count, expected.utf8CodeUnitCount) where bytes[index] != expected.utf8Start[index] {
            return false
        }
        return true
    }

    /// RFC 9112, 4: `HTTP/1.1 200 OK`. The phrase may be absent, and the space before it then as well.
    private mutating func readStatusLine(_ line: UnsafeRawBufferPointer) -> ResponseFault? {
        guard Self.begins(line), line.count >= 12, line[8] == 0x20 else { return Self.notHTTP }
        guard line[7] == UInt8(ascii: "1") || line[7] == UInt8(ascii: "0") else { return Self.notHTTP }
        var status = 0
        for index in 9..<12 {
            guard (0x30...0x39).contains(line[index]) else { return Self.notHTTP }
            status = status * 10 + Int(line[index] - 0x30)
        }
        guard status >= 100 else { return .malformed("its status is below 100") }
        guard line.count == 12 || (line[12] == 0x20 && line.part(13, line.count).isFieldValue) else {
            return .malformed("what follows the status is not a space and a phrase")
        }
        self.minorVersion = Int(line[7] - 0x30)
        self.status = status
        self.hasStatusLine = true
        if self.keepsFields, status >= 200 { self.headers.reserveCapacity(12) }
        return nil
    }

    // MARK: Fields

    private static let tooManyFields = ResponseFault(
        kind: .headTooLarge, sentence: "the response head has more than \(fieldLimit) fields")

    private mutating func readField(_ line: UnsafeRawBufferPointer) -> ResponseFault? {
        if line[0] == 0x20 || line[0] == 0x09 {
            return .malformed("a field is folded over several lines")
        }
        var colon = 0
        while colon < line.count, line[colon].isTokenCharacter { colon += 1 }
        guard colon > 0, colon < line.count, line[colon] == UInt8(ascii: ":") else {
            return .malformed("a field is not a name, a colon and a value")
        }
        let name = line.part(0, colon)
        let value = line.part(colon + 1, line.count).trimmed
        guard value.isFieldValue else {
            return .malformed("a field value holds a line break, NUL or another control character")
        }
        self.fields += 1
        guard self.fields <= Self.fieldLimit else { return Self.tooManyFields }
        guard self.keepsFields else { return nil }
        if let fault = self.framing.note(name: name, value: value) { return fault }
        // An informational head is not passed on.
        if self.status >= 200 {
            self.headers.append((String(lowercasingASCII: name), String(decoding: value, as: UTF8.self)))
        }
        return nil
    }
}
