import NIOCore
import NIOHTTP1
import Outbound
import Testing

@Suite("A response with a content coding") struct DecodedResponseTests {
    private static let text = String(repeating: "All work and no play. ", count: 5000)

    private func exchange(
        _ answer: [UInt8], method: HTTPMethod = .GET, limits: OutboundLimits = OutboundLimits(), pieces: Int = 1,
        _ prepare: @escaping @Sendable (Collector) -> Void = { _ in }
    ) async throws -> (outcome: Outcome, counts: OutboundCounts) {
        var result: (Outcome, OutboundCounts)?
        try await Bench.run { bench in
            let size = (answer.count + pieces - 1) / pieces
            let upstream = try await Upstream(on: bench.upstreamLoop) { _ in
                stride(from: 0, to: answer.count, by: size).map {
                    .bytes(Array(answer[$0..<min($0 + size, answer.count)]))
                }
            }
            let outcome = try await bench.exchange(
                method, "http://127.0.0.1:\(upstream.port)/", limits: limits, prepare)
            result = (outcome, await bench.client.counts())
            await upstream.stop()
        }
        return try #require(result)
    }

    @Test(arguments: [
        ("gzip", Compressor.Format.gzip), ("x-gzip", .gzip), ("GZIP", .gzip), ("deflate", .zlib), ("deflate", .raw),
        ("identity, gzip", .gzip), (" , gzip", .gzip),
    ])
    func reachesTheReceiverDecoded(coding: String, format: Compressor.Format) async throws {
        let body = Compressor.compress(Array(Self.text.utf8), format)
        for pieces in [1, 9] {
            let (outcome, counts) = try await self.exchange(
                Compressor.response(body, coding: coding), pieces: pieces)
            #expect(outcome.error == nil)
            #expect(outcome.text == Self.text)
            #expect(outcome.headers.map(\.name) == ["content-type"], "what no longer holds is taken out")
            #expect(counts.idle == 1, "the connection serves the next one")
        }
    }

    @Test func withoutOneIsHandedOnAsItComes() async throws {
        let answer = Array(response("plain", fields: "Content-Encoding: identity\r\n").utf8)
        let (outcome, _) = try await self.exchange(answer)
        #expect(outcome.text == "plain")
        #expect(outcome.headers.map(\.name) == ["content-length", "content-encoding"])
    }

    @Test func ofNoBodyNeedsNoDecoding() async throws {
        let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 500\r\n\r\n"
        let (outcome, _) = try await self.exchange(Array(head.utf8), method: .HEAD)
        #expect(outcome.error == nil)
        #expect(outcome.headers.map(\.name) == ["content-encoding", "content-length"])
        let empty = try await self.exchange(Compressor.response([], coding: "br"))
        #expect(empty.outcome.error == nil)
        let none = try await self.exchange(Array("HTTP/1.1 204 No\r\nContent-Encoding: gzip\r\n\r\n".utf8))
        #expect(none.outcome.error == nil)
        let chunkless = try await self.exchange(
            Array("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n".utf8))
        #expect(chunkless.outcome.error == nil)
    }

    @Test(arguments: ["br", "zstd", "compress", "gzip;q=1", "gzip, gzip", "deflate, gzip", "gzip, br", "\"gzip\"", "x"])
    func thatTheHostDoesNotUndoIsRefused(coding: String) async throws {
        let body = Compressor.compress(Array(Self.text.utf8))
        let (outcome, counts) = try await self.exchange(Compressor.response(body, coding: coding))
        #expect(outcome.error?.code == .protocolViolation)
        #expect(outcome.status == nil && outcome.bodies == 0)
        #expect(counts == OutboundCounts())
    }

    @Test func inTwoFieldsIsOneOnTopOfTheOther() async throws {
        let once = Compressor.compress(Array(Self.text.utf8))
        let twice = Compressor.compress(once)
        let head = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Encoding: gzip\r\n"
        let (outcome, _) = try await self.exchange(Array("\(head)Content-Length: \(twice.count)\r\n\r\n".utf8) + twice)
        #expect(outcome.error?.code == .protocolViolation)
    }

    @Test func thatEndsTooEarlyIsNotComplete() async throws {
        let body = Compressor.compress(Array(Self.text.utf8))
        for count in [1, 5, 11, body.count / 2, body.count - 1] {
            let (outcome, counts) = try await self.exchange(
                Compressor.response(Array(body[..<count]), coding: "gzip"))
            #expect(outcome.error?.code == .protocolViolation, "\(count) bytes of \(body.count)")
            #expect(outcome.finished == 1)
            #expect(counts.exchanges == 0)
        }
    }

    @Test(arguments: ["gzip", "deflate"])
    func thatIsPlainTextAllTheSameIsRefused(coding: String) async throws {
        let (outcome, _) = try await self.exchange(Compressor.response(Array(Self.text.utf8), coding: coding))
        #expect(outcome.error?.code == .protocolViolation)
        #expect(outcome.error?.sentence.contains("work") == false, "errors hold nothing of the body")
    }

    @Test func thatGrowsBeyondTheLimitIsCutOffThere() async throws {
        let bomb = Compressor.compress([UInt8](repeating: 0, count: 10 << 20))
        #expect(bomb.count < 16 << 10)
        let (outcome, counts) = try await self.exchange(
            Compressor.response(bomb, coding: "gzip"), limits: OutboundLimits(decodedBytes: 1 << 20))
        #expect(outcome.error?.code == .tooLarge)
        #expect(outcome.error?.refusal == OutboundRefusal(.limit, rule: "outbound.decompressed_size"))
        #expect(outcome.body.readableBytes <= 1 << 20, "not a byte beyond it was delivered")
        #expect(counts.exchanges == 0)
    }

    @Test func mayFillTheLimitToTheByte() async throws {
        let zeros = Compressor.compress([UInt8](repeating: 0, count: 300_000))
        let exact = try await self.exchange(
            Compressor.response(zeros, coding: "gzip"), limits: OutboundLimits(decodedBytes: 300_000))
        #expect(exact.outcome.error == nil)
        #expect(exact.outcome.body.readableBytes == 300_000)
        let less = try await self.exchange(
            Compressor.response(zeros, coding: "gzip"), limits: OutboundLimits(decodedBytes: 299_999))
        #expect(less.outcome.error?.code == .tooLarge)
    }

    @Test func isHeldToTheLimitOfTheWireToo() async throws {
        let noise = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* $0 &* 2_654_435_761 >> 13) }
        let body = Compressor.compress(noise)
        let (outcome, _) = try await self.exchange(
            Compressor.response(body, coding: "gzip"), limits: OutboundLimits(responseBytes: body.count - 1))
        #expect(outcome.error?.refusal == OutboundRefusal(.limit, rule: "outbound.response_size"))
    }

    /// 10 MB out of 10 KB that have all been read: what keeps them in check is the receiver.
    @Test func waitsForAReceiverThatTakesItsTime() async throws {
        let bomb = Compressor.compress([UInt8](repeating: 0x61, count: 10 << 20))
        let (outcome, counts) = try await self.exchange(Compressor.response(bomb, coding: "gzip")) { collector in
            var isPaused = false
            collector.onBody = { collector in
                #expect(!isPaused, "nothing may come while it is paused")
                isPaused = true
                let exchange = collector.exchange
                collector.loop?.assumeIsolated().execute {
                    isPaused = false
                    exchange?.resume()
                }
                return false
            }
        }
        #expect(outcome.error == nil)
        #expect(outcome.body.readableBytes == 10 << 20)
        #expect(outcome.bodies >= 160, "in pieces of 64 KiB")
        #expect(counts.idle == 1)
    }

    /// The connection is long back in its pool when these end.
    @Test(arguments: [true, false])
    func canBeEndedWhileItIsDecoded(byCancelling: Bool) async throws {
        try await Bench.run { bench in
            let bomb = Compressor.response(
                Compressor.compress([UInt8](repeating: 0x61, count: 10 << 20)), coding: "gzip")
            let upstream = try await Upstream(on: bench.upstreamLoop) { _ in [.bytes(bomb)] }
            let outcome = try await bench.exchange(
                .GET, "http://127.0.0.1:\(upstream.port)/", within: byCancelling ? .seconds(120) : .milliseconds(300)
            ) { collector in
                collector.onBody = { collector in
                    let exchange = collector.exchange
                    if byCancelling { bench.loop.assumeIsolated().execute { exchange?.cancel() } }
                    return false
                }
            }
            #expect(outcome.error?.code == (byCancelling ? .cancelled : .deadline))
            #expect(outcome.finished == 1)
            #expect(outcome.bodies == 1)
            #expect(await bench.client.counts() == OutboundCounts(connections: 1, idle: 1))
            await upstream.stop()
        }
    }

    @Test func canBeCancelledOutOfItsOwnEvents() async throws {
        let bomb = Compressor.compress([UInt8](repeating: 0x61, count: 10 << 20))
        let (outcome, counts) = try await self.exchange(Compressor.response(bomb, coding: "gzip")) { collector in
            collector.onBody = { collector in
                if collector.outcome.bodies == 9 { collector.exchange?.cancel() }
                return true
            }
        }
        #expect(outcome.error?.code == .cancelled)
        #expect(outcome.bodies == 9)
        #expect(counts.exchanges == 0)
    }

    @Test func aThousandBombsLeaveNothingBehind() async throws {
        try await Bench.run { bench in
            let bomb = Compressor.response(Compressor.compress([UInt8](repeating: 0, count: 1 << 20)), coding: "gzip")
            let upstream = try await Upstream(on: bench.upstreamLoop) { _ in [.bytes(bomb)] }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        for _ in 0..<125 {
                            let outcome = try await bench.exchange(
                                .GET, "http://127.0.0.1:\(upstream.port)/",
                                limits: OutboundLimits(decodedBytes: 64 << 10))
                            #expect(outcome.error?.code == .tooLarge)
                        }
                    }
                }
                try await group.waitForAll()
            }
            // All of a bomb may have been read before it went off; then its connection is as good as any.
            let counts = await bench.client.counts()
            #expect(counts.exchanges == 0)
            #expect(counts.connections == counts.idle)
            await bench.client.shutdown()
            #expect(descriptorsConnected(toPort: upstream.port) == 0)
            await upstream.stop()
        }
    }
}
