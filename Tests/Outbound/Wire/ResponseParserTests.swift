import NIOCore
import Testing

@testable import Outbound

@Suite struct ResponseParserTests {
    /// Responses that must be understood, and what they say.
    private static let responses: [(text: String, toHEAD: Bool, expected: ParserTrace)] = [
        (
            "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello", false,
            ParserTrace(
                status: 200, headers: ["content-type=text/plain", "content-length=5"], keepsAlive: true, body: "hello",
                isComplete: true)
        ),
        (
            "HTTP/1.1 200 OK\r\ntransfer-ENCODING:\t Chunked \r\n\r\n"
                + "5\r\nhello\r\n00A;name=\"va lue\";x\r\n 123456789\r\n0;last\r\nTrailer: t\r\nOther:\r\n\r\n",
            false,
            ParserTrace(
                status: 200, headers: ["transfer-encoding=Chunked"], keepsAlive: true, body: "hello 123456789",
                isComplete: true)
        ),
        (
            "HTTP/1.1 103 Early\r\nLink: </a>\r\nContent-Length: 7\r\n\r\nHTTP/1.1 100\r\n\r\n"
                + "HTTP/1.1 201 \r\nContent-Length: 2\r\n\r\nok",
            false,
            ParserTrace(
                informational: [103, 100], status: 201, headers: ["content-length=2"], keepsAlive: true, body: "ok",
                isComplete: true)
        ),
        (
            "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n", true,
            ParserTrace(status: 200, headers: ["content-length=99"], keepsAlive: true, isComplete: true)
        ),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", true,
            ParserTrace(status: 200, headers: ["transfer-encoding=chunked"], keepsAlive: true, isComplete: true)
        ),
        ("HTTP/1.1 204 No Content\r\n\r\n", false, ParserTrace(status: 204, keepsAlive: true, isComplete: true)),
        (
            "HTTP/1.1 204 No Content\r\nContent-Length: 3\r\n\r\nabc", false,
            ParserTrace(
                status: 204, headers: ["content-length=3"], keepsAlive: false, isComplete: true, leftover: 3)
        ),
        (
            "HTTP/1.1 304 Not Modified\r\nContent-Length: 99\r\n\r\n", false,
            ParserTrace(status: 304, headers: ["content-length=99"], keepsAlive: true, isComplete: true)
        ),
        (
            "HTTP/1.1 200 OK\r\n\r\nuntil the end\r\n", false,
            ParserTrace(status: 200, keepsAlive: false, body: "until the end\r\n", isEndedByClose: true)
        ),
        (
            "HTTP/1.0 200 OK\r\nConnection: x, Keep-Alive\r\nContent-Length: 1\r\n\r\na", false,
            ParserTrace(
                status: 200, headers: ["connection=x, Keep-Alive", "content-length=1"], keepsAlive: true, body: "a",
                isComplete: true)
        ),
        (
            "HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\na", false,
            ParserTrace(
                status: 200, headers: ["content-length=1"], keepsAlive: false, body: "a", isComplete: true)
        ),
        (
            "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", false,
            ParserTrace(
                status: 200, headers: ["connection=keep-alive", "transfer-encoding=chunked"], keepsAlive: false,
                isComplete: true)
        ),
        (
            "HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nConnection: ,a,CLOSE ,\r\nContent-Length:000\r\n\r\n", false,
            ParserTrace(
                status: 200, headers: ["connection=keep-alive", "connection=,a,CLOSE ,", "content-length=000"],
                keepsAlive: false, isComplete: true)
        ),
        (
            "HTTP/1.1 799 Überall\tetwas\r\nX-Empty:\r\nX!#$%&'*+-.^_`|~09:\t ä \u{1F600} \t\r\nA:b:c\r\n"
                + "Access-Control-Allow-Origin: *\r\nContent-Length: 0 \r\n\r\n",
            false,
            ParserTrace(
                status: 799,
                headers: [
                    "x-empty=", "x!#$%&'*+-.^_`|~09=ä \u{1F600}", "a=b:c", "access-control-allow-origin=*",
                    "content-length=0",
                ], keepsAlive: true, isComplete: true)
        ),
        (
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\n\r\n", false,
            ParserTrace(
                status: 200, headers: ["content-length=2"], keepsAlive: true, body: "ok", isComplete: true,
                leftover: 19)
        ),
        (
            chunkedHead + "0\r\n\r\n\r\n", false,
            ParserTrace(
                status: 200, headers: ["transfer-encoding=chunked"], keepsAlive: true, isComplete: true, leftover: 2)
        ),
    ]

    @Test(arguments: Self.responses.indices)
    func aResponseIsUnderstoodHoweverItIsCut(index: Int) {
        let (text, toHEAD, expected) = Self.responses[index]
        let bytes = Array(text.utf8)
        #expect(ParserTrace.of([bytes[...]], toHEAD: toHEAD) == expected)
        #expect(ParserTrace.of(bytes.indices.map { bytes[$0...$0] }, toHEAD: toHEAD) == expected)
        for first in bytes.indices {
            #expect(ParserTrace.of([bytes[..<first], bytes[first...]], toHEAD: toHEAD) == expected, "cut at \(first)")
            for second in first..<min(bytes.count, first + 40) {
                let pieces = [bytes[..<first], bytes[first..<second], bytes[second...]]
                #expect(ParserTrace.of(pieces, toHEAD: toHEAD) == expected, "cut at \(first) and \(second)")
            }
        }
    }

    @Test(arguments: Self.responses.indices)
    func aResponseThatEndsTooEarlyIsTruncated(index: Int) {
        let (text, toHEAD, expected) = Self.responses[index]
        let bytes = Array(text.utf8)
        for count in 0..<(bytes.count - expected.leftover) {
            let trace = ParserTrace.of([bytes[..<count]], toHEAD: toHEAD)
            #expect(!trace.isComplete, "cut at \(count)")
            if expected.isEndedByClose, trace.status != nil {
                #expect(trace.fault == nil && trace.isEndedByClose, "cut at \(count)")
            } else if count == 0 || (trace.informational.count > 0 && trace.fault == nil) {
                #expect(!trace.isEndedByClose, "nothing of a response had come")
            } else {
                #expect(trace.fault == .truncated, "cut at \(count)")
            }
        }
    }

    /// Responses that no two readers are sure to understand alike.
    private static let malformed: [String] =
        [
            "\r\nHTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 200 OK\n\n", "HTTP/1.1 200 OK\r\nA: b\n\r\n",
            "HTTP/1.1 200 OK\r\nA: b\r\n\n", "HTTP/1.1 200 OK\rX\r\n\r\n", "HTTP/1.1 200 O\u{0}K\r\n\r\n",
            "HTTP/2 200 OK\r\n\r\n", "HTTP/2.0 200 OK\r\n\r\n", "HTTP/1.2 200 OK\r\n\r\n", "HTTP/0.9 200 OK\r\n\r\n",
            "HTTP/1.11 200 OK\r\n\r\n", "http/1.1 200 OK\r\n\r\n", "HTTP/1.1  200 OK\r\n\r\n",
            "HTTP/1.1\t200 OK\r\n\r\n", "HTTP/1.1 20 OK\r\n\r\n", "HTTP/1.1 2000 OK\r\n\r\n", "HTTP/1.1 2x0 OK\r\n\r\n",
            "HTTP/1.1 +20 OK\r\n\r\n", "HTTP/1.1 099 OK\r\n\r\n", "HTTP/1.1 200OK\r\n\r\n", "HTTP/1.1 200\tOK\r\n\r\n",
            "HTTP/1.1\r\n\r\n", "ICY 200 OK\r\n\r\n", " HTTP/1.1 200 OK\r\n\r\n", "SSH-2.0-OpenSSH_9.6",
            "\u{16}\u{3}\u{1}",
        ]
        + [
            "A : b", ": b", "A", "A\u{0}: b", "A\r: b", "A: b\rc", "A: b\u{0}", "A: b\u{7F}", "A: \u{1B}[0m",
            "A: b\r\n c", "A: b\r\n\tc", " A: b", "\tA: b", "Ä: b", "(A): b", "A;: b", "A\u{B}: b", "A: b\u{C}",
        ].map { "HTTP/1.1 200 OK\r\n\($0)\r\nContent-Length: 0\r\n\r\n" }
        + [
            "Content-Length: 1\r\nContent-Length: 2", "Content-Length: 1\r\ncontent-length: 1", "Content-Length: 1, 1",
            "Content-Length:", "Content-Length: -1", "Content-Length: +1", "Content-Length: 0x1", "Content-Length: 1 1",
            "Content-Length: 1.0", "Content-Length: 9223372036854775808", "Content-Length: 18446744073709551617",
            "Content-Length: 1\r\nTransfer-Encoding: chunked", "Transfer-Encoding: chunked\r\nContent-Length: 1",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", "Transfer-Encoding: gzip, chunked",
            "Transfer-Encoding: chunked, gzip", "Transfer-Encoding: identity", "Transfer-Encoding:",
            "Transfer-Encoding: xchunked", "Transfer-Encoding: chunked;q=1", "Transfer-Encoding: chunked,",
            "Transfer-Encoding : chunked",
        ].map { "HTTP/1.1 200 OK\r\n\($0)\r\n\r\na" }
        + [
            "zz\r\n", "\r\n", ";a\r\n", "-1\r\n", "+1\r\na\r\n", "0x1\r\na\r\n", "1 \r\na\r\n", " 1\r\na\r\n",
            "1 ;a\r\na\r\n", "1\na\r\n", "1;a\na\r\n", "1;a\rb\r\na\r\n", "1;a\u{0}\r\na\r\n", "1\r\nab\r\n",
            "1\r\na\n0\r\n\r\n", "1\r\na\rX0\r\n\r\n", "2\r\na\r\n0\r\n\r\n", "8000000000000000\r\na",
            "10000000000000001\r\na", "1;" + String(repeating: "x", count: 5000), "0\r\nA : b\r\n\r\n",
            "0\r\nA: b\n\r\n",
            "0\r\nA: b\r\n c\r\n\r\n", "0\r\nA\r\n\r\n", "0\r\n\n", "0\n\n",
        ].map { chunkedHead + $0 }

    @Test(arguments: Self.malformed)
    func whatIsAmbiguousIsRefusedHoweverItIsCut(text: String) {
        let bytes = Array(text.utf8)
        let whole = ParserTrace.of([bytes[...]])
        #expect(whole.fault?.kind == .malformed, "\(whole)")
        #expect(!whole.isComplete)
        let single = ParserTrace.of(bytes.indices.map { bytes[$0...$0] })
        #expect(single.fault == whole.fault)
        for cut in bytes.indices.prefix(400) {
            #expect(ParserTrace.of([bytes[..<cut], bytes[cut...]]).fault == whole.fault, "cut at \(cut)")
        }
    }

    @Test(arguments: [
        ("A: b\r\n c\r\n", "a field is folded over several lines"),
        ("A: b\n", "a line ends in LF without CR"),
        ("Content-Length: 1\r\nContent-Length: 1\r\n", "it has more than one Content-Length"),
        ("Content-Length: 1\r\nTransfer-Encoding: chunked\r\n", "it has both a Transfer-Encoding and a Content-Length"),
        ("Transfer-Encoding: gzip\r\n", "its Transfer-Encoding is not 'chunked', once and alone"),
    ])
    func theFaultSaysWhatIsWrong(fields: String, sentence: String) {
        #expect(ParserTrace.of("HTTP/1.1 200 OK\r\n\(fields)\r\n").fault == .malformed(sentence))
    }

    @Test func whatIsNotHTTPIsRefusedWithTheFirstWrongByte() {
        for text in ["S", "HTTq", "HTTP/3"] {
            var parser = ResponseParser(headLimit: 100)
            parser.begin(isHEAD: false)
            parser.feed(ByteBuffer(string: text))
            #expect(throws: ResponseFault.self, "\(text)") { try parser.next() }
        }
        var parser = ResponseParser(headLimit: 100)
        parser.begin(isHEAD: false)
        parser.feed(ByteBuffer(string: chunkedHead))
        #expect(throws: Never.self) { try parser.next() }
        parser.feed(ByteBuffer(string: "x"))
        #expect(throws: ResponseFault.self) { try parser.next() }
    }

    @Test func theLimitOfAHeadHoldsToTheByte() {
        let head = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
        for text in [head, "HTTP/1.1 100 Continue\r\n\r\n" + head] {
            let bytes = Array(text.utf8)
            let cuts = [[bytes[...]], bytes.indices.map { bytes[$0...$0] }]
            for pieces in cuts {
                #expect(ParserTrace.of(pieces, headLimit: head.utf8.count).isComplete)
                #expect(ParserTrace.of(pieces, headLimit: head.utf8.count - 1).fault == .headTooLarge)
            }
        }
        let trailers = chunkedHead + "0\r\nA: \(String(repeating: "x", count: 200))"
        #expect(ParserTrace.of(trailers + "\r\n\r\n", headLimit: 207).isComplete)
        #expect(ParserTrace.of(trailers + "\r\n\r\n", headLimit: 206).fault == .headTooLarge)
        #expect(ParserTrace.of(trailers, headLimit: 202).fault == .headTooLarge)
        let line = "HTTP/1.1 200 OK\r\nA: \(String(repeating: "x", count: 200))"
        #expect(ParserTrace.of(line, headLimit: 200).fault == .headTooLarge, "it need not wait for the line's end")
        let fields = String(repeating: "a:b\r\n", count: 256)
        #expect(ParserTrace.of("HTTP/1.1 204 N\r\n\(fields)\r\n").isComplete)
        #expect(ParserTrace.of("HTTP/1.1 204 N\r\n\(fields)a:b\r\n\r\n").fault?.kind == .headTooLarge)
    }

    @Test func piecesOfABodyShareTheMemoryOfTheRead() throws {
        for text in [response("hello"), chunkedHead + "5\r\nhello\r\n0\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\nhello"] {
            var parser = ResponseParser(headLimit: 4096)
            parser.begin(isHEAD: false)
            let bytes = ByteBuffer(string: text)
            parser.feed(bytes)
            var pieces = 0
            while let event = try parser.next() {
                guard case .body(let piece) = event else { continue }
                pieces += 1
                #expect(String(buffer: piece) == "hello")
                let isWithin = bytes.withUnsafeReadableBytes { all in
                    piece.withUnsafeReadableBytes { part in
                        guard let start = all.baseAddress, let place = part.baseAddress else { return false }
                        return place >= start && place + part.count <= start + all.count
                    }
                }
                #expect(isWithin)
            }
            #expect(pieces == 1)
        }
    }

    @Test func oneParserReadsOneResponseAfterTheOther() throws {
        var parser = ResponseParser(headLimit: 4096)
        for index in 0..<100 {
            parser.begin(isHEAD: index % 3 == 0)
            var bodies: [String] = []
            var ended = false
            let head = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n"
            parser.feed(ByteBuffer(string: index % 3 == 0 ? head : head + "ok"))
            while let event = try parser.next() {
                if case .body(let piece) = event { bodies.append(String(buffer: piece)) }
                if case .end = event { ended = true }
            }
            #expect(ended)
            #expect(bodies == (index % 3 == 0 ? [] : ["ok"]))
            #expect(!parser.hasUnread)
        }
    }
}
