import JackfieldPlugin
import Testing

private struct Collector: ServerSentEventReader {
    var events: [String] = []
    mutating func receive(_ event: ServerSentEvent) {
        events.append(event.name + "|" + String(decoding: event.data, as: UTF8.self))
    }
}

private func events(_ text: [UInt8], pieces size: Int) -> [String] {
    var parser = ServerSentEventParser()
    var collector = Collector()
    var at = 0
    while at < text.count {
        let end = min(at + size, text.count)
        Array(text[at..<end]).withUnsafeBufferPointer { parser.parse($0, into: &collector) }
        at = end
    }
    parser.finish(into: &collector)
    return collector.events
}

struct ServerSentEventParserTests {
    @Test(arguments: [
        ("data: a\n\ndata: b\n\n", ["|a", "|b"]),
        ("data: a\r\n\r\ndata: b\r\n\r\n", ["|a", "|b"]),
        ("data: a\r\rdata: b\r\r", ["|a", "|b"]),
        ("data:a\n\ndata:  b\n\n", ["|a", "| b"]),
        (": comment\n\n:\ndata: a\n: more\n\n", ["|a"]),
        ("data: one\ndata: two\ndata\n\n", ["|one\ntwo\n"]),
        ("event: ping\ndata: {}\n\ndata: a\n\n", ["ping|{}", "|a"]),
        ("event: ping\n\ndata: a\n\n", ["|a"]),
        ("data:\n\ndata: a\n\n", ["|a"]),
        ("id: 7\nretry: 10\nunknown: x\ndata: a\n\n", ["|a"]),
        ("\u{feff}data: a\n\n", ["|a"]),
        ("error: {\"code\":500}\n\n", ["error|{\"code\":500}"]),
        ("data: no empty line after it\n", ["|no empty line after it"]),
        ("data: no line end", ["|no line end"]),
        ("data: é 日本 😀\n\n", ["|é 日本 😀"]),
        ("\n\n\r\n\n", []),
        ("", []),
    ])
    func readsTheSameEventsHoweverTheStreamIsCut(_ stream: String, _ expected: [String]) {
        let bytes = Array(stream.utf8)
        for size in 1...max(1, bytes.count) {
            #expect(events(bytes, pieces: size) == expected, "in pieces of \(size)")
        }
    }

    @Test func doesNotTakeTheLineFeedOfASplitLineEndForAnEmptyLine() {
        // "data: a" CR | LF "data: b" CR LF CR LF: one event of two lines.
        var parser = ServerSentEventParser()
        var collector = Collector()
        for piece in ["data: a\r", "\ndata: b\r", "\n\r", "\n"] {
            Array(piece.utf8).withUnsafeBufferPointer { parser.parse($0, into: &collector) }
        }
        #expect(collector.events == ["|a\nb"])
    }

    @Test func keepsOnlyWhatIsNotComplete() {
        var parser = ServerSentEventParser()
        var collector = Collector()
        Array("data: abc\n\ndata: de".utf8).withUnsafeBufferPointer { parser.parse($0, into: &collector) }
        #expect(parser.waitingBytes == 8)
        Array("f\n\n".utf8).withUnsafeBufferPointer { parser.parse($0, into: &collector) }
        #expect(parser.waitingBytes == 0)
        #expect(collector.events == ["|abc", "|def"])
    }
}
