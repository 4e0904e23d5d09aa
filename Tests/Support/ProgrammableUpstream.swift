package import JackfieldJSON

/// A request as an upstream got it.
package struct UpstreamRequest: Sendable {
    package let method: String
    package let path: String
    package let headers: HTTPHeaderList
    package let body: [UInt8]

    package var text: String { String(decoding: body, as: UTF8.self) }
    package var json: JSON? { try? JSON(parsing: body) }
    package var wantsStream: Bool { json?["stream"]?.bool == true }
}

/// A real server on 127.0.0.1 that answers each request as a script says: well, or in every way in which an upstream can
/// fail. It keeps what it was asked. A thread for each connection.
package final class ProgrammableUpstream: Sendable {
    package let port: Int
    /// For a provider's `base_url`.
    package var baseURL: String { "http://127.0.0.1:\(port)/v1" }
    package var origin: String { "http://127.0.0.1:\(port)" }

    struct State: Sendable {
        var script: UpstreamScript
        var requests: [UpstreamRequest] = []
        var open: [Int: Socket] = [:]
        var accepted = 0
        var isStopped = false
    }
    private let state: Monitor<State>
    private let listener: Socket

    package init(_ script: UpstreamScript = .completion("All is well.")) throws {
        (listener, port) = try Socket.bound(listens: true)
        state = Monitor(State(script: script))
        onThread { [listener, state] in
            while let connection = listener.accept() {
                let number = state.withLock { state -> Int? in
                    guard !state.isStopped else { return nil }
                    state.accepted += 1
                    state.open[state.accepted] = connection
                    return state.accepted
                }
                guard let number else { break }
                onThread {
                    Self.serve(connection, state)
                    state.withLock { $0.open[number] = nil }
                    connection.close()
                }
            }
        }
    }

    deinit { stop() }

    private static func serve(_ connection: Socket, _ state: Monitor<State>) {
        let reader = HTTPMessageReader(connection)
        do {
            // As long as a pooled connection may lie idle in a test.
            while let (line, headers) = try reader.head(by: .after(.seconds(600))) {
                let parts = line.split(separator: " ")
                guard parts.count == 3 else { return }
                var body: [UInt8] = []
                if let length = headers["content-length"].flatMap(Int.init) {
                    body = try reader.bytes(length, by: .after(.generous))
                } else if headers["transfer-encoding"]?.lowercased() == "chunked" {
                    while let chunk = try reader.chunk(by: .after(.generous)) { body += chunk }
                }
                let request = UpstreamRequest(
                    method: String(parts[0]), path: String(parts[1]), headers: headers, body: body)
                let script = state.withLock { state -> UpstreamScript in
                    state.requests.append(request)
                    return state.script
                }
                let exchange = UpstreamExchange(request: request, socket: connection)
                try script.run(exchange)
                guard exchange.isWhole else { return }
            }
        } catch {
            // The other side left, or the script gave up: the connection ends, and the test sees what came of it.
        }
    }

    /// What the next requests are answered with.
    package func answer(_ script: UpstreamScript) { state.withLock { $0.script = script } }

    package var requests: [UpstreamRequest] { state.withLock { $0.requests } }
    /// How many connections were ever made.
    package var connectionCount: Int { state.withLock { $0.accepted } }
    /// How many are open now.
    package var openConnections: Int { state.withLock { $0.open.count } }

    @discardableResult
    package func waitForRequests(_ count: Int, within: Duration = .generous) throws -> [UpstreamRequest] {
        try state.wait(for: "\(count) requests at the upstream", within: within) {
            $0.requests.count >= count ? $0.requests : nil
        }
    }

    package func waitForOpenConnections(atMost count: Int, within: Duration = .generous) throws {
        _ = try state.wait(for: "at most \(count) open connections at the upstream", within: within) {
            $0.open.count <= count ? true : nil
        }
    }

    /// Close everything; later connections are refused.
    package func stop() {
        // Shut, not closed: its number could be another socket's before the thread that accepts has noticed. That thread
        // holds the socket, and closes it when it ends.
        listener.shut()
        let open = state.withLock { state -> [Socket] in
            state.isStopped = true
            return Array(state.open.values)
        }
        for connection in open { connection.shut() }
    }

    /// A port on which every connection is refused, as long as the socket lives.
    package static func refusing() throws -> (socket: Socket, port: Int) { try Socket.bound(listens: false) }
}

/// One request and the means to answer it. [the thread of its connection]
package final class UpstreamExchange {
    package let request: UpstreamRequest
    package let socket: Socket
    /// Whether an answer was sent from head to end, so that the connection may be used again.
    package private(set) var isWhole = false

    init(request: UpstreamRequest, socket: Socket) {
        self.request = request
        self.socket = socket
    }

    /// A whole answer.
    package func send(_ status: Int, headers: [(String, String)] = [], _ body: [UInt8]) throws {
        var head = "HTTP/1.1 \(status) Programmed\r\ncontent-length: \(body.count)\r\n"
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        try socket.write(Array((head + "\r\n").utf8) + body)
        isWhole = true
    }

    package func send(_ status: Int, headers: [(String, String)] = [], _ json: JSON) throws {
        try send(status, headers: [("content-type", "application/json")] + headers, json.bytes)
    }

    /// The head of a stream.
    package func begin(_ status: Int = 200, headers: [(String, String)] = [("content-type", "text/event-stream")])
        throws
    {
        var head = "HTTP/1.1 \(status) Programmed\r\ntransfer-encoding: chunked\r\n"
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        try socket.write(head + "\r\n")
    }

    /// The next piece of the stream, in a chunk of its own.
    package func write(_ text: String) throws {
        try socket.write(String(text.utf8.count, radix: 16) + "\r\n" + text + "\r\n")
    }

    package func event(_ json: JSON) throws { try write("data: \(json.text)\n\n") }

    package func end() throws {
        try socket.write("0\r\n\r\n")
        isWhole = true
    }

    /// Wait until the host closes the connection; the moment at which it did, in nanoseconds of CLOCK_MONOTONIC.
    @discardableResult
    package func waitForClientToLeave(within: Duration = .generous) throws -> Int64 {
        let deadline = Deadline.after(within)
        do {
            while try !socket.read(by: deadline).isEmpty {}
        } catch {
            if deadline.hasPassed { throw error }  // otherwise a reset, which is an end as well
        }
        return monotonicNanoseconds()
    }
}
