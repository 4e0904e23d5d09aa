import NIOCore
import NIOHTTP1
import Outbound
import Testing

@Suite struct ResponseTests {
    @Test(arguments: [
        (HTTPMethod.GET, response("abc"), "abc", false),
        (.GET, chunkedHead + "2\r\nab\r\n1;x=y\r\nc\r\n0\r\nTrailer: t\r\n\r\n", "abc", false),
        (.GET, "HTTP/1.1 103 Early\r\nLink: x\r\n\r\nHTTP/1.1 100 C\r\n\r\n" + response("abc"), "abc", false),
        (.HEAD, "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n", "", false),
        (.GET, "HTTP/1.1 204 No Content\r\n\r\n", "", false),
        (.GET, "HTTP/1.1 304 Not Modified\r\nContent-Length: 99\r\n\r\n", "", false),
        (.GET, "HTTP/1.1 302 Found\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n", "", false),
        (.GET, "HTTP/1.1 200 OK\r\n\r\nuntil the end", "until the end", true),
        (.GET, "HTTP/1.0 200 OK\r\n\r\nuntil the end", "until the end", true),
    ])
    func everyFramingIsRead(method: HTTPMethod, bytes: String, body: String, closes: Bool) async throws {
        try await Bench.run { bench in
            let actions = [Upstream.Action.write(bytes)] + (closes ? [.close] : [])
            let upstream = try await Upstream(on: bench.upstreamLoop) { _ in actions }
            for _ in 0..<2 {
                let outcome = try await bench.exchange(method, "http://127.0.0.1:\(upstream.port)/")
                #expect(outcome.error == nil)
                #expect(outcome.text == body)
                #expect(outcome.status.map { $0 >= 200 } == true)
                #expect(outcome.finished == 1)
            }
            #expect(upstream.connections == (closes ? 2 : 1))
            await upstream.stop()
        }
    }

    @Test func aBurstSettlesOnce() async throws {
        try await Bench.run { bench in
            let chunks = String(repeating: "1\r\nx\r\n", count: 100)
            let bytes = "\(chunkedHead)\(chunks)0\r\n\r\n"
            let upstream = try await Upstream(on: bench.upstreamLoop) { _ in [.write(bytes)] }
            let outcome = try await bench.exchange(.GET, "http://127.0.0.1:\(upstream.port)/")
            #expect(outcome.bodies == 100)
            #expect(outcome.settled == 1)
            await upstream.stop()
        }
    }

    @Test func aPausedReceiverStopsTheUpstream() async throws {
        try await Bench.run { bench in
            let total = 16 << 20
            let upstream = try await Upstream(on: bench.upstreamLoop) { _ in
                [.write("HTTP/1.1 200 OK\r\nContent-Length: \(total)\r\n\r\n"), .flood(total)]
            }
            let outcome = try await bench.exchange(.GET, "http://127.0.0.1:\(upstream.port)/") { collector in
                var sincePause = 0
                var isPaused = false
                var seen = 0
                collector.onBody = { collector in
                    let count = collector.outcome.body.readableBytes
                    collector.outcome.body.clear()
                    seen += count
                    sincePause = isPaused ? sincePause + count : count
                    #expect(sincePause <= 256 << 10, "more than one burst came while reading was paused")
                    if !isPaused, let exchange = collector.exchange {
                        isPaused = true
                        // Were the socket still read, its data would come before this timer.
                        bench.loop.assumeIsolated().scheduleTask(in: .milliseconds(3)) {
                            isPaused = false
                            exchange.resume()
                        }
                    }
                    if seen == total { collector.outcome.body.writeInteger(seen) }
                    return false
                }
            }
            #expect(outcome.error == nil)
            #expect(outcome.body.getInteger(at: 0, as: Int.self) == total)
            await upstream.stop()
        }
    }
}
