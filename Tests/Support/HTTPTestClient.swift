package import JackfieldJSON

/// A whole answer.
package struct HTTPTestResponse: Sendable {
    package let status: Int
    package let headers: HTTPHeaderList
    package let body: [UInt8]

    package init(status: Int, headers: HTTPHeaderList, body: [UInt8]) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    package var text: String { String(decoding: body, as: UTF8.self) }

    package func json() throws -> JSON {
        do { return try JSON(parsing: body) } catch {
            throw TestFailure("status \(status), not JSON (\(error)): \(text)")
        }
    }
}

/// HTTP/1.1 on a plain socket, so that a test sees what is really sent. A connection for each request.
package struct HTTPTestClient: Sendable {
    package let port: Int

    package init(port: Int) { self.port = port }

    package func get(_ path: String, headers: [(String, String)] = [], within: Duration = .generous) throws
        -> HTTPTestResponse
    {
        try send("GET", path, headers: headers, within: within)
    }

    package func post(_ path: String, _ json: JSON, headers: [(String, String)] = [], within: Duration = .generous)
        throws
        -> HTTPTestResponse
    {
        try send(
            "POST", path, headers: [("content-type", "application/json")] + headers, body: json.bytes, within: within)
    }

    package func post(
        _ path: String, text: String, headers: [(String, String)] = [], within: Duration = .generous
    ) throws -> HTTPTestResponse {
        try send(
            "POST", path, headers: [("content-type", "application/json")] + headers, body: Array(text.utf8),
            within: within)
    }

    package func send(
        _ method: String, _ path: String, headers: [(String, String)] = [], body: [UInt8]? = nil,
        within: Duration = .generous
    ) throws -> HTTPTestResponse {
        let connection = try HTTPTestConnection(port: port)
        defer { connection.close() }
        return try connection.send(
            method, path, headers: headers + [("connection", "close")], body: body, within: within)
    }

    /// Ask, and read only the head: the body is read from the stream as it comes.
    package func stream(
        _ path: String, _ json: JSON, headers: [(String, String)] = [], within: Duration = .generous
    ) throws -> HTTPTestStream {
        let connection = try HTTPTestConnection(port: port)
        try connection.write("POST", path, headers: [("content-type", "application/json")] + headers, body: json.bytes)
        return try connection.readStream(within: within)
    }
}

/// One connection, for several requests or for what is not HTTP. [one thread at a time]
package final class HTTPTestConnection {
    package let socket: Socket
    let reader: HTTPMessageReader
    private var isHead = false

    package init(port: Int, receiveBuffer: Int32? = nil) throws {
        socket = try Socket.connect(port: port, receiveBuffer: receiveBuffer)
        reader = HTTPMessageReader(socket)
    }

    package func send(
        _ method: String, _ path: String, headers: [(String, String)] = [], body: [UInt8]? = nil,
        within: Duration = .generous
    ) throws -> HTTPTestResponse {
        // A server may answer and close before it has read a body that is too large: the answer counts.
        do { try write(method, path, headers: headers, body: body) } catch { _ = error }
        return try readResponse(within: within)
    }

    package func write(_ method: String, _ path: String, headers: [(String, String)] = [], body: [UInt8]? = nil) throws
    {
        var head = "\(method) \(path) HTTP/1.1\r\nhost: 127.0.0.1\r\n"
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        if let body { head += "content-length: \(body.count)\r\n" }
        isHead = method == "HEAD"
        try socket.write(Array((head + "\r\n").utf8) + (body ?? []))
    }

    package func readResponse(within: Duration = .generous) throws -> HTTPTestResponse {
        let stream = try readStream(within: within)
        return HTTPTestResponse(status: stream.status, headers: stream.headers, body: try stream.rest(within: within))
    }

    package func readStream(within: Duration = .generous) throws -> HTTPTestStream {
        let deadline = Deadline.after(within)
        while true {
            guard let (line, headers) = try reader.head(by: deadline) else {
                throw TestFailure("the server closed without an answer")
            }
            let parts = line.split(separator: " ", maxSplits: 2)
            guard parts.count >= 2, parts[0].hasPrefix("HTTP/1."), let status = Int(parts[1]) else {
                throw TestFailure("not a status line: \(line)")
            }
            if status / 100 == 1 { continue }
            return HTTPTestStream(
                connection: self, status: status, headers: headers,
                hasBody: !isHead && status != 204 && status != 304)
        }
    }

    package func close() { socket.close() }
}

/// A server-sent event (WHATWG HTML, section 9.2), and the lines that it was made of.
package struct ServerSentEvent: Sendable, Hashable {
    package let event: String?
    package let data: String?
    package let lines: [String]

    package func json() throws -> JSON {
        do { return try JSON(parsing: data ?? "") } catch { throw TestFailure("not JSON (\(error)): \(lines)") }
    }
}

/// An answer whose head was read and whose body is on its way. [one thread at a time]
package final class HTTPTestStream {
    package let status: Int
    package let headers: HTTPHeaderList
    private let connection: HTTPTestConnection
    private var left: Int?
    private let isChunked: Bool
    private var hasEnded = false
    private var pending: [UInt8] = []
    /// Up to where `pending` was read.
    private var at = 0
    private let record: HTTPTranscript.Place?

    init(connection: HTTPTestConnection, status: Int, headers: HTTPHeaderList, hasBody: Bool) {
        self.connection = connection
        self.status = status
        self.headers = headers
        record = HTTPTranscript.Place(status: status, headers: headers)
        isChunked = headers["transfer-encoding"]?.lowercased() == "chunked"
        left = headers["content-length"].flatMap(Int.init)
        hasEnded = !hasBody || left == 0
    }

    /// The next piece as it came; nil at the end. Throws where the body ends before its framing says.
    package func piece(within: Duration = .generous) throws -> [UInt8]? {
        let piece = try nextPiece(within: within)
        if let piece { record?.append(piece) }
        return piece
    }

    private func nextPiece(within: Duration) throws -> [UInt8]? {
        guard !hasEnded else { return nil }
        let deadline = Deadline.after(within)
        if isChunked {
            let chunk = try connection.reader.chunk(by: deadline)
            hasEnded = chunk == nil
            return chunk
        }
        if let count = left {
            let bytes = try connection.reader.bytes(min(count, 65536), by: deadline)
            guard !bytes.isEmpty else { throw TestFailure("the body ended \(count) bytes too early") }
            left = count - bytes.count
            hasEnded = left == 0
            return bytes
        }
        let bytes = try connection.reader.some(by: deadline)
        hasEnded = bytes.isEmpty
        return hasEnded ? nil : bytes
    }

    package func rest(within: Duration = .generous) throws -> [UInt8] {
        var all = Array(pending[at...])
        pending = []
        at = 0
        while let piece = try piece(within: within) { all += piece }
        return all
    }

    /// The next event, comments left out; nil at the end of the body.
    package func event(within: Duration = .generous) throws -> ServerSentEvent? {
        var lines: [String] = []
        while true {
            guard let end = pending[at...].firstIndex(of: UInt8(ascii: "\n")) else {
                guard let piece = try piece(within: within) else {
                    return lines.isEmpty ? nil : Self.event(of: lines)
                }
                pending.removeFirst(at)
                at = 0
                pending += piece
                continue
            }
            var line = String(decoding: pending[at..<end], as: UTF8.self)
            if line.hasSuffix("\r") { line.removeLast() }
            at = end + 1
            if !line.isEmpty {
                lines.append(line)
            } else if lines.contains(where: { !$0.hasPrefix(":") }) {
                return Self.event(of: lines)
            } else {
                lines = []
            }
        }
    }

    package func events(within: Duration = .generous) throws -> [ServerSentEvent] {
        var all: [ServerSentEvent] = []
        while let event = try event(within: within) { all.append(event) }
        return all
    }

    private static func event(of lines: [String]) -> ServerSentEvent {
        func values(_ field: String) -> [String] {
            lines.filter { $0.hasPrefix(field + ":") }.map { line in
                let value = line.dropFirst(field.count + 1)
                return String(value.hasPrefix(" ") ? value.dropFirst() : value)
            }
        }
        let data = values("data")
        return ServerSentEvent(
            event: values("event").last, data: data.isEmpty ? nil : data.joined(separator: "\n"), lines: lines)
    }

    /// Leave without a word: an orderly end of the connection in the middle of the answer.
    package func leave() { connection.close() }

    /// Leave with a reset.
    package func abort() { connection.socket.reset() }
}
