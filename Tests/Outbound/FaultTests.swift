import JackfieldNetwork
import NIOCore
import NIOHTTP1
import Outbound
import Testing

@Suite struct FaultTests {
    /// What an upstream does wrong, and the code that tells it.
    private static let faults: [(path: String, actions: [Upstream.Action], code: OutboundError.Code)] = [
        ("/hang", [], .deadline),
        ("/hang-in-body", [.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab")], .deadline),
        ("/reset-in-body", [.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab"), .reset], .reset),
        ("/close-before-head", [.close], .reset),
        ("/reset-before-head", [.reset], .reset),
        ("/close-in-head", [.write("HTTP/1.1 200 OK\r\nContent-"), .close], .reset),
        ("/short-body", [.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab"), .close], .reset),
        ("/short-chunks", [.write(chunkedHead + "2\r\nab\r\n"), .close], .reset),
        ("/rubbish", [.write("SSH-2.0-OpenSSH_9.6\r\n")], .protocolViolation),
        ("/rubbish-chunk", [.write(chunkedHead + "zz\r\n")], .protocolViolation),
        ("/http-3", [.write("HTTP/3.0 200 OK\r\n\r\n")], .protocolViolation),
        ("/switch", [.write("HTTP/1.1 101 S\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n")], .protocolViolation),
        ("/endless-100", [.write(String(repeating: "HTTP/1.1 100 Continue\r\n\r\n", count: 50))], .protocolViolation),
        ("/large-head", [.write("HTTP/1.1 200 OK\r\nX: \(String(repeating: "x", count: 9000))\r\n\r\n")], .tooLarge),
        ("/large-trailer", [.write(chunkedHead + "0\r\nX: \(String(repeating: "x", count: 9000))")], .tooLarge),
        ("/large-body", [.write("HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n"), .flood(99_999)], .tooLarge),
        ("/large-stream", [.write("HTTP/1.1 200 OK\r\n\r\n"), .flood(99_999)], .tooLarge),
    ]

    @Test func aThousandFaultsLeaveNothingBehind() async throws {
        var settings = OutboundSettings()
        settings.responseHeadBytes = 8192
        try await Bench.run(settings) { bench in
            let upstream = try await Upstream(on: bench.upstreamLoop) { request in
                Self.faults.first { $0.path == request.path }?.actions ?? []
            }
            let refusing = RefusingPort()
            let port = upstream.port
            let refusingPort = refusing.port
            let rounds = 14
            let atOnce = 4
            for _ in 0..<rounds {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for fault in Array(repeating: Self.faults, count: atOnce).joined() {
                        let method: HTTPMethod = fault.path.hasPrefix("/r") ? .POST : .GET
                        let hangs = fault.code == .deadline
                        group.addTask {
                            let outcome = try await bench.exchange(
                                method, "http://127.0.0.1:\(port)\(fault.path)",
                                limits: OutboundLimits(responseBytes: 65_536),
                                within: hangs ? .milliseconds(250) : .seconds(120))
                            #expect(outcome.error?.code == fault.code, "\(fault.path)")
                            // On a busy machine a short deadline can pass before the connection is made.
                            #expect(hangs || outcome.error?.safeToRetry == false, "\(fault.path): it was sent")
                            #expect(outcome.finished == 1)
                        }
                    }
                    for _ in 0..<atOnce {
                        group.addTask {
                            let outcome = try await bench.exchange(.GET, "http://127.0.0.1:\(refusingPort)/")
                            #expect(outcome.error?.code == .refusedConnection)
                            #expect(outcome.error?.safeToRetry == true)
                        }
                    }
                    try await group.waitForAll()
                }
            }
            #expect(rounds * atOnce * (Self.faults.count + 1) >= 1000)
            // On a busy machine a connection can come after its exchange's deadline; that one, unused, is kept for the next.
            let counts = await bench.client.counts()
            #expect(counts.exchanges == 0)
            #expect(counts.connections == counts.idle)
            #expect(descriptorsConnected(toPort: port) == counts.connections)
            await bench.client.shutdown()
            #expect(descriptorsConnected(toPort: port) == 0)
            withExtendedLifetime(refusing) {}
            await upstream.stop()
        }
    }

    @Test func aNameWithoutAnAddressIsUnresolved() async throws {
        try await Bench.run { bench in
            let outcome = try await bench.exchange(.GET, "http://no-such-host.invalid/")
            #expect(outcome.error?.code == .unresolved)
            #expect(outcome.error?.sentence.contains("no-such-host.invalid") == true)
        }
    }

    @Test(arguments: ["127.0.0.1", "localhost"])
    func anAddressThatIsNotAdmittedIsNeverContacted(host: String) async throws {
        try await Bench.run { bench in
            let upstream = try await Upstream(on: bench.upstreamLoop) { _ in [.write(response("ok"))] }
            let outcome = try await bench.exchange(.GET, "http://\(host):\(upstream.port)/", addresses: .global)
            #expect(outcome.error?.code == .forbidden)
            #expect(outcome.error?.refusal?.purpose == .loopback)
            #expect(upstream.connections == 0)
            #expect(await bench.client.counts() == OutboundCounts())
            await upstream.stop()
        }
    }
}
