import JackfieldJSON
import TestSupport
import Testing

@Suite("A client that leaves", .serialized)
struct ClientLeavesTests {
    /// How long it takes from the client's leaving to the upstream's hearing of it, in milliseconds: time after time,
    /// until three times it was less than 50 ms, the figure to reach.
    ///
    /// The tests of other suites and other programs share the processor, and can hold any one of the threads on the way
    /// up. So most of many attempts may be late; where the host is what is late, all are.
    private func delays(_ leave: (HTTPTestStream) -> Void) throws -> [Int64] {
        let heard = Monitor<Int64?>(nil)
        let upstream = try ProgrammableUpstream(
            UpstreamScript { exchange in
                try exchange.begin()
                try exchange.event(OpenAIDialect.chunk(["content": "first "]))
                let moment = try exchange.waitForClientToLeave()
                heard.withLock { $0 = moment }
            })
        var delays: [Int64] = []
        try HostProcess.serving(Manifests.gateway([upstream.baseURL]), environment: Manifests.environment) { host in
            for _ in 0..<40 where delays.count(where: { $0 < 50 }) < 3 {
                heard.withLock { $0 = nil }
                let stream = try host.client.streamCompletion("hello")
                var text = ""
                while text.isEmpty, let event = try stream.event() { text += try Asking.content([event]) }
                let left = monotonicNanoseconds()
                leave(stream)
                let moment = try heard.wait(for: "the upstream's connection to be closed") { $0 }
                delays.append((moment - left) / 1_000_000)
            }
        }
        return delays
    }

    @Test("in mid-stream cancels the request upstream within 50 ms")
    func cancels() throws {
        let delays = try delays { $0.leave() }
        #expect(delays.count { $0 < 50 } == 3, "\(delays)")
    }

    @Test("with a reset does so too")
    func resets() throws {
        let delays = try delays { $0.abort() }
        #expect(delays.count { $0 < 50 } == 3, "\(delays)")
    }

    @Test("while it waits for a whole answer cancels the request upstream")
    func waiting() throws {
        let upstream = try ProgrammableUpstream(.hang)
        // Every limit is far beyond what the test waits for.
        let manifest = Manifests.gateway([upstream.baseURL], timeout: "120s", requestTimeout: "120s")
        try HostProcess.serving(manifest, environment: Manifests.environment) { host in
            let connection = try HTTPTestConnection(port: host.port)
            try connection.write(
                "POST", "/v1/chat/completions", headers: [("content-type", "application/json")],
                body: Asking.completion("hello").bytes)
            try upstream.waitForRequests(1)
            connection.close()
            try upstream.waitForOpenConnections(atMost: 0)
        }
    }

    @Test("an agent is cancelled with its request")
    func agent() throws {
        let manifest = Manifests.plugins(["agent/never-finishes"], requestTimeout: "120s")
        try HostProcess.serving(manifest, plugins: FixturePath(["agent/never-finishes"])) { host in
            let connection = try HTTPTestConnection(port: host.port)
            try connection.write(
                "POST", "/api/v1/agents/never-finishes/invoke", headers: [("content-type", "application/json")],
                body: (["input": "wait"] as JSON).bytes)
            _ = try host.eventually("the request to be under way") {
                try host.metric("http.server.active_requests").flatMap { $0 >= 2 ? true : nil }
            }
            connection.close()
            _ = try host.eventually("the request to end") {
                try host.metric("http.server.active_requests").flatMap { $0 <= 1 ? true : nil }
            }
            // It finished as it was told to, which is no breach of the ABI.
            #expect(!host.log.contains { $0["message"]?.string == "plugin broke the ABI" })
        }
    }
}
