import JackfieldJSON
import TestSupport
import Testing

@Suite("A client that leaves", .serialized)
struct ClientLeavesTests {
    /// From the client's leaving to the upstream's hearing of it. The figure to reach is 50 ms; the tests of other suites
    /// share the processor, so the best of three counts.
    private func delay(_ leave: (HTTPTestStream) -> Void) throws -> Int64 {
        var best = Int64.max
        for _ in 0..<3 {
            let heard = Monitor<Int64?>(nil)
            let upstream = try ProgrammableUpstream(
                UpstreamScript { exchange in
                    try exchange.begin()
                    try exchange.event(OpenAIDialect.chunk(["content": "first "]))
                    let moment = try exchange.waitForClientToLeave()
                    heard.withLock { $0 = moment }
                })
            try HostProcess.serving(Manifests.gateway([upstream.baseURL]), environment: Manifests.environment) { host in
                let stream = try host.client.streamCompletion("hello")
                var text = ""
                while text.isEmpty, let event = try stream.event() { text += try Asking.content([event]) }
                let left = monotonicNanoseconds()
                leave(stream)
                let moment = try heard.wait(for: "the upstream's connection to be closed") { $0 }
                best = min(best, moment - left)
            }
        }
        return best
    }

    @Test("in mid-stream cancels the request upstream within 50 ms")
    func cancels() throws {
        #expect(try delay { $0.leave() } < 50_000_000)
    }

    @Test("with a reset does so too")
    func resets() throws {
        #expect(try delay { $0.abort() } < 50_000_000)
    }

    @Test("while it waits for a whole answer cancels the request upstream")
    func waiting() throws {
        let upstream = try ProgrammableUpstream(.hang)
        try HostProcess.serving(Manifests.gateway([upstream.baseURL]), environment: Manifests.environment) { host in
            let connection = try HTTPTestConnection(port: host.port)
            try connection.write(
                "POST", "/v1/chat/completions", headers: [("content-type", "application/json")],
                body: Asking.completion("hello").bytes)
            try upstream.waitForRequests(1)
            connection.close()
            try upstream.waitForOpenConnections(atMost: 0, within: .seconds(2))
        }
    }

    @Test("an agent is cancelled with its request")
    func agent() throws {
        let manifest = Manifests.plugins(["agent/never-finishes"], requestTimeout: "60s")
        try HostProcess.serving(manifest, plugins: FixturePath(["agent/never-finishes"])) { host in
            let connection = try HTTPTestConnection(port: host.port)
            try connection.write(
                "POST", "/api/v1/agents/never-finishes/invoke", headers: [("content-type", "application/json")],
                body: (["input": "wait"] as JSON).bytes)
            _ = try host.eventually("the request to be under way") {
                try host.metric("http.server.active_requests").flatMap { $0 >= 2 ? true : nil }
            }
            connection.close()
            _ = try host.eventually("the request to end", within: .seconds(2)) {
                try host.metric("http.server.active_requests").flatMap { $0 <= 1 ? true : nil }
            }
            // It finished as it was told to, which is no breach of the ABI.
            #expect(!host.log.contains { $0["message"]?.string == "plugin broke the ABI" })
        }
    }
}
