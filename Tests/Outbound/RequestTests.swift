import NIOCore
import NIOHTTP1
import Outbound
import Testing

@Suite struct RequestTests {
    @Test func theHeadIsFramedByTheClient() async throws {
        try await Bench.run { bench in
            let upstream = try await Upstream(on: bench.upstreamLoop) { _ in [.write(response("ok"))] }
            let url = "http://127.0.0.1:\(upstream.port)/a?b=c#d"
            let outcome = try await bench.exchange(.POST, url, headers: [("X-One", "1")], body: "hello")
            #expect(outcome.error == nil)
            #expect(outcome.text == "ok")
            _ = try await bench.exchange(.POST, url, headers: [("accept-encoding", "gzip")])
            _ = try await bench.exchange(.GET, url)
            _ = try await bench.exchange(.GET, url, headers: [("user-agent", "a plugin's")])
            let requests = upstream.requests
            #expect(
                requests[0].head
                    == "POST /a?b=c HTTP/1.1\r\nHost: 127.0.0.1:\(upstream.port)\r\nUser-Agent: jackfield\r\n"
                    + "X-One: 1\r\nAccept-Encoding: identity\r\nContent-Length: 5")
            #expect(requests[0].body == "hello")
            #expect(requests[1].head.hasSuffix("\r\naccept-encoding: gzip\r\nContent-Length: 0"))
            #expect(requests[2].head.hasSuffix("\r\nAccept-Encoding: identity"))
            #expect(requests[3].head.hasSuffix("\r\nuser-agent: a plugin's\r\nAccept-Encoding: identity"))
            #expect(!requests[3].head.contains("jackfield"))
            await upstream.stop()
        }
    }

    /// The longest go out after their head, not behind it in the same memory.
    @Test(arguments: [1, 2048, 65_535, 65_536, 65_537, 1 << 20])
    func aBodyOfAnyLengthArrivesWhole(length: Int) async throws {
        try await Bench.run { bench in
            let upstream = try await Upstream(on: bench.upstreamLoop) { _ in [.write(response("ok"))] }
            let alphabet = Array("abcdefghijklmnopqrstuvwxyz0123456789\n".utf8)
            let body = String(decoding: (0..<length).map { alphabet[$0 % alphabet.count] }, as: UTF8.self)
            for path in ["/1", "/2"] {
                let outcome = try await bench.exchange(.PUT, "http://127.0.0.1:\(upstream.port)\(path)", body: body)
                #expect(outcome.text == "ok")
            }
            #expect(upstream.requests.map(\.path) == ["/1", "/2"])
            #expect(upstream.requests.allSatisfy { $0.body == body })
            #expect(upstream.requests.allSatisfy { $0.head.hasSuffix("\r\nContent-Length: \(length)") })
            await upstream.stop()
        }
    }

    /// The memory in which a request is written serves the next one; what has not been sent yet must not change.
    @Test func requestsAtOnceDoNotDisturbEachOther() async throws {
        try await Bench.run { bench in
            let upstream = try await Upstream(on: bench.upstreamLoop) { [.write(response($0.path + $0.body))] }
            let url = "http://127.0.0.1:\(upstream.port)"
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<40 {
                    group.addTask {
                        let body = String(repeating: "\(index % 10)", count: 1 + index * 1500)
                        let outcome = try await bench.exchange(.POST, "\(url)/\(index)", body: body)
                        #expect(outcome.text == "/\(index)\(body)")
                    }
                }
                try await group.waitForAll()
            }
            await upstream.stop()
        }
    }

    @Test(arguments: [
        ("Transfer-Encoding", "chunked"), ("connection", "close"), ("Content-Length", "3"), ("HOST", "b"), ("TE", "x"),
        ("Upgrade", "h2c"), ("Keep-Alive", "1"), ("Proxy-Connection", "x"), ("Expect", "100-continue"),
        ("Trailer", "a"),
        ("a b", "c"), ("", "c"), ("a:", "c"), ("a\r\nb", "c"), ("a", "b\r\nHost: c"), ("a", "b\nc"), ("a", "b\u{0}"),
        ("ä", "c"), ("a", "b\u{7F}"),
    ])
    func aHeaderThatCouldSmuggleIsRefused(name: String, value: String) async throws {
        try await Bench.run { bench in
            let url = "http://127.0.0.1:1/"
            let outcome = try await bench.exchange(.GET, url, headers: [(name, value)]) { collector in
                #expect(collector.outcome.finished == 0, "no event may come before the start has returned")
            }
            #expect(outcome.error?.code == .invalidRequest)
            #expect(outcome.error?.safeToRetry == true)
            #expect(outcome.finished == 1)
        }
    }

    @Test func aMethodThatIsNoTokenIsRefused() async throws {
        try await Bench.run { bench in
            for method in [HTTPMethod.RAW(value: "GET / HTTP/1.1\r\nX:"), .RAW(value: ""), .CONNECT] {
                let outcome = try await bench.exchange(method, "http://127.0.0.1:1/")
                #expect(outcome.error?.code == .invalidRequest)
            }
        }
    }

    @Test func aDeadlineThatHasPassedStartsNothing() async throws {
        try await Bench.run { bench in
            let outcome = try await bench.exchange(.GET, "http://127.0.0.1:1/", within: .seconds(-1))
            #expect(outcome.error?.code == .deadline)
            #expect(outcome.error?.safeToRetry == true)
        }
    }
}
