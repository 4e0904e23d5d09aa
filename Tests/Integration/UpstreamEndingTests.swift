import JackfieldJSON
import TestSupport
import Testing

@Suite("A completion that ends in an unusual way")
struct UpstreamEndingTests {
    @Test("because its agent has heard enough closes the connection upstream")
    func agentLeaves() throws {
        let upstream = try ProgrammableUpstream(.stall(after: ["one ", "two ", "three "]))
        let manifest = Manifests.gateway(
            [upstream.baseURL], timeout: "120s", requestTimeout: "120s",
            plugins: "  leaves-model: { use: agent/leaves-model, grants: { models: [default] } }")
        let plugins = try FixturePath(["agent/leaves-model"])
        try HostProcess.serving(manifest, plugins: plugins, environment: Manifests.environment) { host in
            for _ in 0..<3 {
                let answer = try host.client.invoke("leaves-model", "go")
                #expect(try answer.json()["answer"]?.string == "that is enough", "\(answer.text)")
            }
            // Long before any limit would have closed them.
            try upstream.waitForOpenConnections(atMost: 0)
            for id in ["leaves-model", "up0"] {
                _ = try host.eventually("\(id) to have no calls") {
                    let live = try host.client.get("/api/v1/plugins/\(id)").json()["live_calls"]
                    let names = ["incoming", "outgoing", "abandoned"]
                    return names.allSatisfy { live?[$0]?.int == 0 } ? true : nil
                }
            }
        }
    }

    @Test("because its provider gave up by itself is asked of the next one")
    func givesUp() throws {
        let manifest = Manifests.plugins(
            ["llm/gives-up", "llm/echo"],
            rest: """
                models:
                  default: { route: ["gives-up/any", "echo/echo"], retries: 0 }
                  alone: { route: ["gives-up/any"], retries: 0 }
                """)
        try HostProcess.serving(manifest, plugins: FixturePath(["llm/gives-up", "llm/echo"])) { host in
            #expect(try Asking.content(host.client.complete("say it again")) == "say it again")
            let streamed = try host.client.streamCompletion("say it again").events()
            #expect(try Asking.content(streamed) == "say it again")

            let alone = try host.client.complete("hello", model: "alone")
            let error = try RequestFaultTests.envelope(alone, status: nil, "nobody else is there")
            #expect(alone.status >= 500, "\(alone.status): the client has not cancelled anything")
            #expect(error["message"]?.string?.contains("cancel") == false)
            try host.logLine("why, for the operator") { $0.text.contains("has lost interest") }
        }
    }

    @Test("with [DONE] and an open connection is passed on at once")
    func doneAndOpen() throws {
        let upstream = try ProgrammableUpstream(
            UpstreamScript { exchange in
                try exchange.begin()
                try exchange.event(OpenAIDialect.chunk(["role": "assistant", "content": "hello"]))
                try exchange.event(OpenAIDialect.chunk([:], finish: "stop"))
                try exchange.write("data: [DONE]\n\n")
                try exchange.waitForClientToLeave(within: .seconds(600))
            })
        // The client and the test give up after half a minute, long before these.
        let manifest = Manifests.gateway([upstream.baseURL], timeout: "300s", requestTimeout: "300s")
        try HostProcess.serving(manifest, environment: Manifests.environment) { host in
            let events = try host.client.streamCompletion("hello").events()
            #expect(try Asking.content(events) == "hello")
            #expect(events.last?.data == "[DONE]")
            try upstream.waitForOpenConnections(atMost: 0)
        }
    }
}
