import JackfieldJSON
import TestSupport
import Testing

@Suite("Equal requests at the same time")
struct CacheFlightTests {
    private static let body = Asking.completion("hello").bytes

    /// Requests that are under way, one after the other, so that the first is the one that asks.
    private func begin(_ count: Int, _ host: HostProcess, _ upstream: ProgrammableUpstream) throws
        -> [HTTPTestConnection]
    {
        var connections: [HTTPTestConnection] = []
        for number in 0..<count {
            let connection = try HTTPTestConnection(port: host.port)
            try connection.write(
                "POST", "/v1/chat/completions", headers: [("content-type", "application/json")], body: Self.body)
            connections.append(connection)
            if number == 0 { try upstream.waitForRequests(1) }
        }
        try Cached.waitForActive(Double(count), host)
        return connections
    }

    @Test("are one request to the upstream, and all get its answer")
    func single() throws {
        let gate = Gate()
        let numbered = Cached.numbered()
        let script = UpstreamScript { exchange in
            try gate.wait()
            try numbered.play(exchange)
        }
        try Cached.serving(script) { host, upstream throws in
            let connections = try begin(20, host, upstream)
            gate.open()
            let outcomes = try connections.map { try Cached.outcome($0.readResponse()) }
            #expect(outcomes[0] == "miss: answer 1")
            #expect(outcomes.dropFirst().allSatisfy { $0 == "hit: answer 1" }, "\(outcomes)")
            #expect(upstream.requests.count == 1)
            // One was charged.
            #expect(try host.usage(of: "default", by: "model")?["requests"]?.int == 1)
        }
    }

    @Test("of which the first fails: the next one asks, and the others wait for that")
    func leaderFails() throws {
        let gate = Gate()
        let script = RetryTests.inTurn([
            UpstreamScript { exchange in
                try gate.wait()
                try UpstreamScript.error(500, "broken").play(exchange)
            }, .completion("well"),
        ])
        try Cached.serving(script) { host, upstream throws in
            let connections = try begin(8, host, upstream)
            gate.open()
            let responses = try connections.map { try $0.readResponse() }
            #expect(responses[0].status == 503, "only who asked hears of the failure")
            #expect(try responses.dropFirst().allSatisfy { try Asking.content($0) == "well" })
            #expect(upstream.requests.count == 2)
        }
    }

    @Test("of which the first one's client leaves: the others get an answer all the same")
    func leaderLeaves() throws {
        let script = RetryTests.inTurn([.hang, .completion("well")])
        try Cached.serving(script) { host, upstream throws in
            let connections = try begin(6, host, upstream)
            connections[0].close()
            for connection in connections.dropFirst() {
                #expect(try Asking.content(connection.readResponse()) == "well")
            }
            #expect(upstream.requests.count == 2)
        }
    }

    @Test("of different tenants are asked for each")
    func tenants() throws {
        let gate = Gate()
        let numbered = Cached.numbered()
        let script = UpstreamScript { exchange in
            try gate.wait()
            try numbered.play(exchange)
        }
        try Cached.serving(script) { host, upstream throws in
            let client = host.client
            let responses = try inParallel(2) { number in
                if number == 1 { try upstream.waitForRequests(1) }
                let key = Accounted.bearer("tenant-\(number)")
                if number == 1 {
                    onThread {
                        _ = try? upstream.waitForRequests(2)
                        gate.open()
                    }
                }
                return try client.complete("hello", headers: key)
            }
            #expect(Set(try responses.map { try Asking.content($0) ?? "" }) == ["answer 1", "answer 2"])
        }
    }

    @Test("of which the first one's answer may not be kept: each of the others asks for itself")
    func notShareable() throws {
        let gate = Gate()
        let script = UpstreamScript { exchange in
            try gate.wait()
            let message: JSON = ["role": "assistant", "content": "I would say"]
            try exchange.send(200, OpenAIDialect.completion(message, finish: "content_filter"))
        }
        try Cached.serving(script) { host, upstream throws in
            let connections = try begin(4, host, upstream)
            gate.open()
            for connection in connections { _ = try connection.readResponse() }
            #expect(upstream.requests.count == 4)
        }
    }
}
