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
            let requests = upstream.requests
            #expect(
                requests[0].head
                    == "POST /a?b=c HTTP/1.1\r\nHost: 127.0.0.1:\(upstream.port)\r\nX-One: 1\r\n"
                    + "Accept-Encoding: identity\r\nContent-Length: 5")
            #expect(requests[0].body == "hello")
            #expect(requests[1].head.hasSuffix("\r\naccept-encoding: gzip\r\nContent-Length: 0"))
            #expect(requests[2].head.hasSuffix("\r\nAccept-Encoding: identity"))
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
