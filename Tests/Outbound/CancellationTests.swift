import NIOCore
import NIOHTTP1
import Outbound
import Testing

@Suite struct CancellationTests {
    @Test func cancellingClosesTheConnectionWithinTheCall() async throws {
        try await Bench.run { bench in
            let upstream = try await Upstream(on: bench.upstreamLoop) { _ in
                [.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n1\r\nb\r\n")]
            }
            let port = upstream.port
            let outcome = try await bench.exchange(.GET, "http://127.0.0.1:\(port)/") { collector in
                collector.onBody = { collector in
                    #expect(descriptorsConnected(toPort: port) == 1)
                    collector.exchange?.cancel()
                    #expect(collector.outcome.finished == 1)
                    #expect(descriptorsConnected(toPort: port) == 0)
                    return false
                }
            }
            #expect(outcome.error?.code == .cancelled)
            #expect(outcome.bodies == 1, "nothing comes after the end")
            #expect(await bench.client.counts() == OutboundCounts())
            await upstream.stop()
        }
    }

    @Test func cancellingBeforeTheConnectionExistsIsSafe() async throws {
        try await Bench.run { bench in
            let upstream = try await Upstream(on: bench.upstreamLoop) { _ in [.write(response("ok"))] }
            let outcome = try await bench.exchange(.GET, "http://localhost:\(upstream.port)/") { collector in
                collector.exchange?.cancel()
                collector.exchange?.cancel()
            }
            #expect(outcome.error?.code == .cancelled)
            #expect(outcome.error?.safeToRetry == true)
            #expect(outcome.finished == 1)
            #expect(try await bench.exchange(.GET, "http://127.0.0.1:\(upstream.port)/").text == "ok")
            await upstream.stop()
        }
    }

    @Test func shutdownFailsWhatIsInFlightAndRefusesWhatComesLater() async throws {
        try await Bench.run { bench in
            let reached = bench.loop.makePromise(of: Void.self)
            let upstream = try await Upstream(on: bench.upstreamLoop) { request in
                request.path == "/hang" ? [.reached(reached)] : [.write(response("ok"))]
            }
            let url = "http://127.0.0.1:\(upstream.port)"
            async let hanging = bench.exchange(.GET, "\(url)/hang")
            try await reached.futureResult.get()
            #expect(try await bench.exchange(.GET, "\(url)/").text == "ok")
            #expect(await bench.client.counts() == OutboundCounts(connections: 2, idle: 1, exchanges: 1))
            await bench.client.shutdown()
            #expect(try await hanging.error?.code == .shutdown)
            #expect(await bench.client.counts() == OutboundCounts())
            #expect(descriptorsConnected(toPort: upstream.port) == 0)
            let late = try await bench.exchange(.GET, "\(url)/")
            #expect(late.error?.code == .shutdown)
            #expect(late.error?.safeToRetry == true)
            await upstream.stop()
        }
    }
}
