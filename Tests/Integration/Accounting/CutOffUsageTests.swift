import JackfieldJSON
import TestSupport
import Testing

@Suite("An answer that is cut off")
struct CutOffUsageTests {
    private func charged(_ script: UpstreamScript, _ ask: (HostProcess) throws -> Void) throws -> JSON {
        let upstream = try ProgrammableUpstream(script)
        let manifest = Manifests.gateway([upstream.baseURL], rest: Accounted.prices)
        var line: JSON = [:]
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            try ask(host)
            line = try host.usage(of: "default", by: "model", requests: 1)
        }
        return line
    }

    @Test("because the client left is charged for what came until then")
    func clientLeaves() throws {
        let script = UpstreamScript { exchange in
            try exchange.begin()
            try exchange.event(OpenAIDialect.chunk(["content": "first words "]))
            try exchange.waitForClientToLeave()
        }
        let line = try charged(script) { host throws in
            let stream = try host.client.stream("/v1/chat/completions", Accounted.request(stream: true))
            var text = ""
            while text.isEmpty, let event = try stream.event() { text += try Asking.content([event]) }
            stream.leave()
        }
        #expect(line["requests_estimated"]?.int == 1)
        #expect(line["prompt_tokens"]?.int == 6)
        #expect(line["completion_tokens"]?.int == 3)
        #expect(line["cost_usd"]?.double == 0.012)
    }

    @Test("by the upstream is charged too")
    func upstreamCuts() throws {
        let line = try charged(.cut(after: ["one ", "two "])) { host throws in
            let stream = try host.client.stream("/v1/chat/completions", Accounted.request(stream: true))
            let events = try stream.events()
            #expect(try events.last?.json()["error"] != nil)
        }
        #expect(line["requests_estimated"]?.int == 1)
        #expect(line["completion_tokens"]?.int == 2)
    }

    @Test("because the client left before its first piece is charged for the prompt, which the upstream has read")
    func clientLeavesEarly() throws {
        let upstream = try ProgrammableUpstream(.hang)
        let manifest = Manifests.gateway([upstream.baseURL], rest: Accounted.prices)
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            let connection = try HTTPTestConnection(port: host.port)
            try connection.write(
                "POST", "/v1/chat/completions", headers: [("content-type", "application/json")],
                body: Accounted.request().bytes)
            try upstream.waitForRequests(1)
            connection.close()
            let line = try host.usage(of: "default", by: "model", requests: 1)
            #expect(line["prompt_tokens"]?.int == 6 && line["completion_tokens"]?.int == 0)
            #expect(line["requests_estimated"]?.int == 1)
        }
    }

    @Test("by an upstream that fails before its first piece costs nothing, and gives back what was reserved")
    func nothingCame() throws {
        let upstream = try ProgrammableUpstream(.error(500, "broken"))
        let manifest = Manifests.gateway(
            [upstream.baseURL], rest: "budgets: { small: { per: all, period: month, tokens: 16 } }")
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            for _ in 0..<3 { #expect(try host.complete(Accounted.request()).status == 503) }
            #expect(try host.usage(of: "default", by: "model") == nil)
            let budget = try host.client.get("/api/v1/budgets").json()["budgets"]?[0]
            #expect(budget?["used"]?["tokens"]?.int == 0 && budget?["reserved"]?["tokens"]?.int == 0)
            upstream.answer(Accounted.counting(prompt: 6, completion: 10))
            #expect(try host.complete(Accounted.request()).status == 200)
        }
    }

    @Test("because an embedding did not come in time is charged for what the upstream has read")
    func embeddingInVain() throws {
        let upstream = try ProgrammableUpstream(.hang)
        let manifest = Manifests.gateway([upstream.baseURL], timeout: "2s", rest: Accounted.prices)
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            let request: JSON = ["model": "default", "input": "twelve chars"]
            #expect(try host.client.post("/v1/embeddings", request).status == 504)
            let line = try host.usage(of: "default", by: "model", requests: 1)
            #expect(line["requests_estimated"]?.int == 1)
            #expect(line["prompt_tokens"]?.int == 3)
            #expect(line["completion_tokens"]?.int == 0)
        }
    }

    @Test("uses up a budget as one that was not")
    func countsForBudgets() throws {
        let upstream = try ProgrammableUpstream(.cut(after: [String(repeating: "word ", count: 100)]))
        let manifest = Manifests.gateway(
            [upstream.baseURL], rest: "budgets: { small: { per: all, period: month, tokens: 100 } }")
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            let stream = try host.client.stream("/v1/chat/completions", Accounted.request(stream: true))
            #expect(stream.status == 200)
            _ = try stream.rest()
            _ = try host.usage(of: "default", by: "model", requests: 1)
            #expect(try host.complete(Accounted.request()).status == 429)
            #expect(upstream.requests.count == 1)
        }
    }
}
