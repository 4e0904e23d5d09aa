import NIOCore
import NIOHTTP1
import Outbound
import Testing

@Suite struct ConnectionReuseTests {
    @Test func exchangesInARowShareOneConnection() async throws {
        try await Bench.run { bench in
            let upstream = try await Upstream(on: bench.upstreamLoop) { [.write(response($0.path))] }
            for index in 0..<50 {
                let outcome = try await bench.exchange(.GET, "http://127.0.0.1:\(upstream.port)/\(index)")
                #expect(outcome.text == "/\(index)")
            }
            #expect(upstream.connections == 1)
            #expect(await bench.client.counts() == OutboundCounts(connections: 1, idle: 1, exchanges: 0))
            await upstream.stop()
        }
    }

    @Test func theLimitOfConnectionsHoldsAndTheQueueIsServedInOrder() async throws {
        var settings = OutboundSettings()
        settings.connectionsPerEndpoint = 3
        try await Bench.run(settings) { bench in
            let upstream = try await Upstream(on: bench.upstreamLoop) { [.write(response($0.path))] }
            let url = "http://127.0.0.1:\(upstream.port)"
            let texts = try await withThrowingTaskGroup(of: String.self) { group in
                for index in 0..<200 { group.addTask { try await bench.exchange(.GET, "\(url)/\(index)").text } }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            #expect(texts.count == 200)
            #expect(upstream.connections == 3)
            await upstream.stop()
        }
    }

    @Test func aQueuedExchangeObeysItsDeadlineAndAFullQueueRefuses() async throws {
        var settings = OutboundSettings()
        settings.connectionsPerEndpoint = 1
        settings.waitersPerEndpoint = 2
        try await Bench.run(settings) { bench in
            let upstream = try await Upstream(on: bench.upstreamLoop) { _ in [] }
            let url = try OutboundURL("http://127.0.0.1:\(upstream.port)/")
            // All within one turn of the loop: the first is promised the connection, two have room in the queue.
            let (loop, client) = (bench.loop, bench.client)
            let outcomes = try await loop.flatSubmit {
                var first: OutboundExchange?
                let ends = [120_000, 200, 120_000].map { (limit: Int64) -> EventLoopFuture<Outcome> in
                    let promise = loop.makePromise(of: Outcome.self)
                    let request = OutboundRequest(
                        method: .GET, url: url, addresses: .literal, deadline: .now() + .milliseconds(limit))
                    let exchange = client.start(request, on: loop, to: Collector(promise))
                    if first == nil { first = exchange }
                    return promise.futureResult
                }
                // The first holds the connection until the second has ended, however late that is on a busy machine.
                ends[1].assumeIsolated().whenComplete { _ in first?.cancel() }
                return EventLoopFuture.whenAllSucceed(ends, on: loop)
            }.get()
            #expect(outcomes.map(\.error?.code) == [.cancelled, .deadline, .overloaded])
            #expect(outcomes[1].error?.safeToRetry == true, "it never left the queue")
            await upstream.stop()
        }
    }

    @Test(arguments: [Upstream.Action.close, .reset])
    func aPooledConnectionThatDiesUnansweredIsReplacedOnce(end: Upstream.Action) async throws {
        try await Bench.run { bench in
            let upstream = try await Upstream(on: bench.upstreamLoop) { request in
                if request.path == "/dies" || request.index > 0 { return [end] }
                return [.write(response("\(request.connection)"))]
            }
            let url = "http://127.0.0.1:\(upstream.port)"
            #expect(try await bench.exchange(.GET, "\(url)/").text == "0")
            // Idempotent: a POST would be sent again only if the end came within a second, and the test may be held up.
            #expect(try await bench.exchange(.PUT, "\(url)/", body: "x").text == "1")
            #expect(upstream.requests.count == 3)
            // The fresh connection dies as well: that is an answer, not a race.
            #expect(try await bench.exchange(.GET, "\(url)/dies").error?.code == .reset)
            #expect(upstream.requests.count == 5)
            // And one that was fresh at once is not replaced at all.
            #expect(try await bench.exchange(.GET, "\(url)/dies").error?.code == .reset)
            #expect(upstream.requests.count == 6)
            await upstream.stop()
        }
    }

    @Test func whatFollowsAResponseIsNeverTakenForTheNext() async throws {
        // One connection, so that the second exchange waits for it and would be sent on it at once.
        var settings = OutboundSettings()
        settings.connectionsPerEndpoint = 1
        try await Bench.run(settings) { bench in
            let upstream = try await Upstream(on: bench.upstreamLoop) { request in
                [.write(response("right \(request.path)") + response("poison"))]
            }
            let url = "http://127.0.0.1:\(upstream.port)"
            async let first = bench.exchange(.GET, "\(url)/1")
            async let second = bench.exchange(.GET, "\(url)/2")
            async let third = bench.exchange(.GET, "\(url)/3")
            let outcomes = try await [first, second, third]
            #expect(outcomes.map(\.text) == ["right /1", "right /2", "right /3"])
            #expect(upstream.connections == 3)
            await upstream.stop()
        }
    }

    @Test(arguments: [
        response("right") + "\r\n", response("right") + "x", chunkedHead + "5\r\nright\r\n0\r\n\r\n\r\n",
        "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nright",
    ])
    func aConnectionWithLeftoversIsNotUsedAgain(bytes: String) async throws {
        try await Bench.run { bench in
            let upstream = try await Upstream(on: bench.upstreamLoop) { _ in [.write(bytes)] }
            for connections in 1...3 {
                let outcome = try await bench.exchange(.GET, "http://127.0.0.1:\(upstream.port)/")
                #expect(outcome.error == nil)
                #expect(upstream.connections == connections)
                #expect(await bench.client.counts() == OutboundCounts())
            }
            await upstream.stop()
        }
    }

    @Test func whatComesUnaskedClosesAnIdleConnection() async throws {
        try await Bench.run { bench in
            let upstream = try await Upstream(on: bench.upstreamLoop) { _ in [.write(response("ok"))] }
            let url = "http://127.0.0.1:\(upstream.port)/"
            #expect(try await bench.exchange(.GET, url).text == "ok")
            await upstream.writeToConnections(response("poison"))
            while await bench.client.counts().connections > 0 {}
            #expect(try await bench.exchange(.GET, url).text == "ok")
            #expect(upstream.connections == 2)
            await upstream.stop()
        }
    }

    @Test func idleConnectionsAreClosedByThePeerOrByTime() async throws {
        var settings = OutboundSettings()
        settings.idleTimeout = .milliseconds(50)
        try await Bench.run(settings) { bench in
            let upstream = try await Upstream(on: bench.upstreamLoop) { _ in [.write(response("ok"))] }
            let url = "http://127.0.0.1:\(upstream.port)/"
            #expect(try await bench.exchange(.GET, url).error == nil)
            while await bench.client.counts().connections > 0 {}
            #expect(descriptorsConnected(toPort: upstream.port) == 0)
            #expect(try await bench.exchange(.GET, url).error == nil)
            #expect(upstream.connections == 2)
            await upstream.stop()
        }
        try await Bench.run { bench in
            let upstream = try await Upstream(on: bench.upstreamLoop) { _ in [.write(response("ok"))] }
            #expect(try await bench.exchange(.GET, "http://127.0.0.1:\(upstream.port)/").error == nil)
            await upstream.closeConnections()
            while await bench.client.counts().connections > 0 {}
            await upstream.stop()
        }
    }

    @Test func aResponseThatSaysCloseIsTheLastOfItsConnection() async throws {
        try await Bench.run { bench in
            let upstream = try await Upstream(on: bench.upstreamLoop) { _ in
                [.write(response("ok", fields: "Connection: close\r\n"))]
            }
            for _ in 0..<2 {
                let outcome = try await bench.exchange(.GET, "http://127.0.0.1:\(upstream.port)/")
                #expect(outcome.text == "ok")
            }
            #expect(upstream.connections == 2)
            await upstream.stop()
        }
    }

    @Test func anAnswerBeforeTheRequestIsSentEndsTheConnection() async throws {
        try await Bench.run { bench in
            let upstream = try await EarlyAnswer(on: bench.upstreamLoop)
            let body = String(repeating: "x", count: 32 << 20)
            let outcome = try await bench.exchange(.POST, "http://127.0.0.1:\(upstream.port)/", body: body)
            #expect(outcome.status == 413)
            #expect(await bench.client.counts() == OutboundCounts())
            await upstream.stop()
        }
    }
}
