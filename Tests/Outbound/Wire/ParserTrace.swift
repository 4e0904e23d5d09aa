import NIOCore

@testable import Outbound

/// What a parser said about a connection's bytes.
struct ParserTrace: Equatable, CustomStringConvertible {
    var informational: [Int] = []
    var status: Int?
    var headers: [String] = []
    var keepsAlive: Bool?
    var body = ""
    var pieces = 0
    /// Ended by its own bytes.
    var isComplete = false
    /// Ended by the connection's end.
    var isEndedByClose = false
    var leftover = 0
    var fault: ResponseFault?

    static func == (one: ParserTrace, other: ParserTrace) -> Bool { one.description == other.description }

    /// All but the number of pieces, which depends on how the bytes were cut.
    var description: String {
        """
        \(self.informational) \(self.status ?? -1) \(self.headers) keeps \(self.keepsAlive.map { "\($0)" } ?? "-") \
        body '\(self.body)' complete \(self.isComplete) by close \(self.isEndedByClose) left \(self.leftover) \
        \(self.fault.map { "\($0.kind): \($0.sentence)" } ?? "no fault")
        """
    }

    /// Feeds the parser with `pieces`, takes all events after each, and then ends the connection.
    static func of(
        _ pieces: [ArraySlice<UInt8>], toHEAD: Bool = false, headLimit: Int = 4096
    ) -> ParserTrace {
        var trace = ParserTrace()
        var parser = ResponseParser(headLimit: headLimit)
        var body = ByteBuffer()
        parser.begin(isHEAD: toHEAD)
        do throws(ResponseFault) {
            for piece in pieces {
                if trace.isComplete {
                    trace.leftover += piece.count
                    continue
                }
                parser.feed(ByteBuffer(bytes: piece))
                while let event = try parser.next() { trace.add(event, body: &body) }
                if trace.isComplete, parser.hasUnread { trace.leftover += parser.unreadCount }
            }
            if !trace.isComplete { trace.isEndedByClose = try parser.inputEnded() }
        } catch {
            trace.fault = error
        }
        // Not piece by piece, because one may hold only a part of a character.
        trace.body = String(buffer: body)
        return trace
    }

    static func of(_ text: String, toHEAD: Bool = false, headLimit: Int = 4096) -> ParserTrace {
        Self.of([Array(text.utf8)[...]], toHEAD: toHEAD, headLimit: headLimit)
    }

    private mutating func add(_ event: ResponseParser.Event, body: inout ByteBuffer) {
        switch event {
        case .informational(let status): self.informational.append(status)
        case .head(let head, let keepsAlive, _):
            self.status = head.status
            self.headers = head.headers.map { "\($0.name)=\($0.value)" }
            self.keepsAlive = keepsAlive
        case .body(let bytes):
            body.writeImmutableBuffer(bytes)
            self.pieces += 1
        case .end: self.isComplete = true
        }
    }
}
