import JackfieldJSON

/// An answer of an upstream, byte for byte, and the ways to spoil it.
struct FaultedAnswer: Sendable {
    let bytes: [UInt8]
    /// Where the body begins.
    private let body: Int
    private let isChunked: Bool

    private static let endOfHead = Array("\r\n\r\n".utf8)
    private static let lastChunk = Array("0\r\n\r\n".utf8)

    /// Ask an upstream on a connection of its own, and read its answer as HTTP frames it (RFC 9112, section 6).
    static func fetch(_ line: String, _ headers: HTTPHeaderList, _ body: [UInt8], from port: Int) throws
        -> FaultedAnswer
    {
        let socket = try Socket.connect(port: port)
        defer { socket.close() }
        let head = line + "\r\n" + headers.fields.map { "\($0.name): \($0.value)\r\n" }.joined() + "\r\n"
        try socket.write(Array(head.utf8) + body)
        let deadline = Deadline.after(.generous)
        var bytes: [UInt8] = []
        while true {
            let piece = try socket.read(by: deadline)
            guard !piece.isEmpty else { throw TestFailure("the upstream's answer ended too early") }
            bytes += piece
            if let answer = FaultedAnswer(whole: bytes) { return answer }
        }
    }

    /// Nil while something is missing.
    private init?(whole bytes: [UInt8]) {
        guard let head = bytes.firstRange(of: Self.endOfHead) else { return nil }
        let fields = String(decoding: bytes[..<head.lowerBound], as: UTF8.self).lowercased()
        let length = fields.split(separator: "\r\n").first { $0.hasPrefix("content-length:") }
            .flatMap { Int($0.drop { $0 != " " }.dropFirst()) }
        if let length {
            guard bytes.count >= head.upperBound + length else { return nil }
        } else {
            guard bytes.suffix(Self.lastChunk.count).elementsEqual(Self.lastChunk) else { return nil }
        }
        self.bytes = bytes
        body = head.upperBound
        isChunked = length == nil
    }

    /// The fault that the last message of a completion names.
    static func fault(askedForBy request: [UInt8]) -> Fault? {
        let text = (try? JSON(parsing: request))?["messages"]?.array?.last?["content"]?.string
        return text.flatMap { Fault(named: $0) }
    }

    /// How much of the answer is sent before the fault.
    private func place(of fault: Fault) -> Int {
        switch fault.position {
        case .beforeHeaders: 0
        case .midStream: body + (bytes.count - body) / 2
        case .atEnd where fault.kind == .slowClose: bytes.count
        case .atEnd: bytes.count - (isChunked ? Self.lastChunk.count : 1)
        }
    }

    /// - Returns: whether the connection is as good as before, for the next request.
    /// - Throws: when the host leaves in the middle.
    func send(to host: Socket, with fault: Fault, _ strength: FaultProxy.Strength) throws -> Bool {
        let place = place(of: fault)
        try host.write(Array(bytes[..<place]))
        let rest = bytes[place...]
        switch fault.kind {
        case .latency:
            try pause(strength.delay, host)
            try host.write(Array(rest))
            return true
        case .bandwidth:
            try sendSlowly(rest, to: host, strength.bytesPerSecond)
            return true
        case .slicer:
            try sendInPieces(rest, to: host, strength.piece)
            return true
        case .slowClose:
            try pause(strength.delay, host)
            return false
        case .timeout:
            try pause(.seconds(600), host)
            return false
        case .resetPeer:
            host.reset()
            return false
        case .limitData:
            return false
        }
    }

    /// A piece for every ten milliseconds. Behind the last one there is no pause: the next request may come at once.
    private func sendSlowly(_ rest: ArraySlice<UInt8>, to host: Socket, _ bytesPerSecond: Int) throws {
        var rest = rest
        while !rest.isEmpty {
            try pause(.milliseconds(10), host)
            let piece = rest.prefix(max(1, bytesPerSecond / 100))
            try host.write(Array(piece))
            rest = rest.dropFirst(piece.count)
        }
    }

    /// One byte, two bytes, and so on up to `longest`, and from the beginning again: the cuts fall everywhere.
    private func sendInPieces(_ rest: ArraySlice<UInt8>, to host: Socket, _ longest: Int) throws {
        var rest = rest
        var size = 0
        while !rest.isEmpty {
            size = size % longest + 1
            try host.write(Array(rest.prefix(size)))
            rest = rest.dropFirst(size)
        }
    }

    /// Wait, but no longer than the host stays. It sends nothing in between, so what comes from it is its end.
    private func pause(_ duration: Duration, _ host: Socket) throws {
        if try host.waitForInput(by: .after(duration)) { throw TestFailure("the host left before the answer's end") }
    }
}
