public import Glibc

/// Cuts a stream of server-sent events (WHATWG HTML, section 9.2.6) out of the pieces in which the network brings them,
/// whatever byte they are cut at. An event whose lines lie in one piece is not copied.
///
/// Beyond the standard: a line `error: …` is an event named "error", as llama.cpp once sent it, and `finish` hands over
/// an event that was not closed by an empty line.
@frozen
public struct ServerSentEventParser: Sendable {
    /// The start of a line whose end has not come yet.
    @usableFromInline var line: [UInt8] = []
    /// The data of an event whose end has not come yet.
    @usableFromInline var data: [UInt8] = []
    @usableFromInline var hasData = false
    @usableFromInline var name = ""
    /// The last piece ended with a carriage return, so that a line feed at the start of the next belongs to it.
    @usableFromInline var endedWithReturn = false
    @usableFromInline var isAtStart = true

    @inlinable public init() {}

    /// Bytes that wait for the rest of their event.
    @inlinable public var waitingBytes: Int { line.count + data.count }

    /// Take a piece, and hand over the events that it completes.
    @inlinable
    public mutating func parse(_ piece: UnsafeBufferPointer<UInt8>, into reader: inout some ServerSentEventReader) {
        guard let base = piece.baseAddress, piece.count > 0 else { return }
        var at = 0
        if endedWithReturn {
            endedWithReturn = false
            if piece[0] == 0x0a { at = 1 }
        }
        // Data that lies whole in this piece; copied only if its event does not end here.
        var slice: UnsafeBufferPointer<UInt8>?
        // Where the next line feed and the next return are; looked up once each, so that no piece is searched twice.
        var feed = -1
        var carriage = -1
        func find(_ byte: Int32) -> Int {
            guard let found = memchr(base + at, byte, piece.count - at) else { return piece.count }
            return UnsafeRawPointer(found) - UnsafeRawPointer(base)
        }
        while at < piece.count {
            if feed < at { feed = find(0x0a) }
            if carriage < at { carriage = find(0x0d) }
            let end = min(feed, carriage)
            let content = UnsafeBufferPointer(rebasing: piece[at..<end])
            guard end < piece.count else {
                line.append(contentsOf: content)
                break
            }
            if line.isEmpty {
                take(content, &slice, isInPiece: true, &reader)
            } else {
                var whole = line
                line = []
                whole.append(contentsOf: content)
                whole.withUnsafeBufferPointer { take($0, &slice, isInPiece: false, &reader) }
            }
            at = end + 1
            if end == carriage {
                if at < piece.count {
                    if piece[at] == 0x0a { at += 1 }
                } else {
                    endedWithReturn = true
                }
            }
        }
        if let slice { data.append(contentsOf: slice) }
    }

    /// The stream is over.
    @inlinable
    public mutating func finish(into reader: inout some ServerSentEventReader) {
        let last = line
        line = []
        var slice: UnsafeBufferPointer<UInt8>?
        if !last.isEmpty { last.withUnsafeBufferPointer { take($0, &slice, isInPiece: false, &reader) } }
        dispatch(&slice, &reader)
    }

    @inlinable
    mutating func take(
        _ given: UnsafeBufferPointer<UInt8>, _ slice: inout UnsafeBufferPointer<UInt8>?, isInPiece: Bool,
        _ reader: inout some ServerSentEventReader
    ) {
        var line = given
        if isAtStart {
            isAtStart = false
            if line.starts(with: [0xef, 0xbb, 0xbf]) { line = UnsafeBufferPointer(rebasing: line[3...]) }
        }
        if line.isEmpty { return dispatch(&slice, &reader) }
        let colon = line.firstIndex(of: UInt8(ascii: ":")) ?? line.count
        let field = UnsafeBufferPointer(rebasing: line[..<colon])
        var from = min(colon + 1, line.count)
        if from < line.count, line[from] == 0x20 { from += 1 }
        let value = UnsafeBufferPointer(rebasing: line[from...])
        if field == "data" {
            add(value, &slice, isInPiece: isInPiece)
        } else if field == "event" {
            name = String(decoding: value, as: UTF8.self)
        } else if field == "error" {
            name = "error"
            add(value, &slice, isInPiece: isInPiece)
        }
        // Comments have an empty field; `id` and `retry` are for browsers that reconnect.
    }

    @inlinable
    mutating func add(
        _ value: UnsafeBufferPointer<UInt8>, _ slice: inout UnsafeBufferPointer<UInt8>?, isInPiece: Bool
    ) {
        if !hasData, isInPiece {
            slice = value
        } else {
            if let first = slice {
                data.append(contentsOf: first)
                slice = nil
            }
            if hasData { data.append(0x0a) }
            data.append(contentsOf: value)
        }
        hasData = true
    }

    @inlinable
    mutating func dispatch(
        _ slice: inout UnsafeBufferPointer<UInt8>?, _ reader: inout some ServerSentEventReader
    ) {
        if let data = slice {
            if !data.isEmpty { reader.receive(ServerSentEvent(name: name, data: data)) }
        } else if !data.isEmpty {
            data.withUnsafeBufferPointer { reader.receive(ServerSentEvent(name: name, data: $0)) }
            data.removeAll(keepingCapacity: true)
        }
        slice = nil
        hasData = false
        if !name.isEmpty { name = "" }
    }
}

extension UnsafeBufferPointer<UInt8> {
    @inlinable static func == (bytes: UnsafeBufferPointer<UInt8>, text: StaticString) -> Bool {
        bytes.count == text.utf8CodeUnitCount
            && memcmp(bytes.baseAddress ?? text.utf8Start, text.utf8Start, bytes.count) == 0
    }
}
