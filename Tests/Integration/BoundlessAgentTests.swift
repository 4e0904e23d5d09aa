import JackfieldJSON
import TestSupport
import Testing

@Suite("An agent without bounds of its own")
struct BoundlessAgentTests {
    @Test("that was granted itself ends where calls lie too deep in each other")
    func asksItself() throws {
        try serving("30s") { host in
            let response = try host.client.invoke("asks-itself", "once")
            #expect((400...504).contains(response.status), "\(response.status) \(response.text)")
            #expect(response.headers["content-type"]?.hasPrefix("application/problem+json") == true)
            #expect(try response.json()["detail"]?.string?.isEmpty == false)
            try host.logLine("why") { $0.text.contains("more than 16 deep") }
        }
    }

    @Test("that asks itself again and again leaves the loop to others, and ends at the deadline")
    func insists() throws {
        try serving("4s") { host in
            let port = host.port
            let answer = Monitor<Result<HTTPTestResponse, any Error>?>(nil)
            onThread {
                let result = Result { try HTTPTestClient(port: port).invoke("asks-itself", "insist") }
                answer.withLock { $0 = result }
            }
            // There is one loop: that this is answered while the agent is at work shows that it is left to others.
            _ = try host.eventually("the agent to be at work") {
                let live = try host.client.get("/api/v1/plugins/asks-itself").json()["live_calls"]
                return (live?["incoming"]?.int ?? 0) > 1 ? true : nil
            }
            for _ in 0..<20 { #expect(try host.client.get("/health").status == 200) }
            let response = try answer.wait(for: "the agent's end") { $0 }.get()
            #expect(response.status == 504, "\(response.status) \(response.text)")
            #expect(try host.residentMegabytes < 300)
            _ = try host.eventually("nothing to be left of it") {
                let live = try host.client.get("/api/v1/plugins/asks-itself").json()["live_calls"]
                let names = ["incoming", "outgoing", "abandoned"]
                return names.allSatisfy { live?[$0]?.int == 0 } ? true : nil
            }
        }
    }

    private func serving(_ requestTimeout: String, body: (HostProcess) throws -> Void) throws {
        let manifest = Manifests.plugins(
            ["agent/asks-itself"], options: "grants: { agents: [asks-itself] }", requestTimeout: requestTimeout,
            server: "loops: 1")
        try HostProcess.serving(manifest, plugins: FixturePath(["agent/asks-itself"]), body: body)
    }

    @Test("that never stops talking is stopped at orchestrator.max_answer")
    func endless() throws {
        let manifest = Manifests.plugins(
            ["agent/endless", "agent/hello"], requestTimeout: "300s", rest: "orchestrator: { max_answer: 2MiB }")
        try HostProcess.serving(manifest, plugins: FixturePath(["agent/endless", "agent/hello"])) { host in
            let whole = try host.client.invoke("endless", "65536")
            #expect((400...504).contains(whole.status) && whole.text.utf8.count < 4096, "\(whole.text.prefix(1000))")
            try host.logLine("the bound, by its name in the manifest") { $0.text.contains("orchestrator.max_answer") }

            let stream = try host.client.stream(
                "/api/v1/agents/endless/invoke", ["input": "65536", "stream": true] as JSON)
            let events = try stream.events()
            #expect(events.last?.event == "error", "\(events.last?.event ?? "-")")
            let size = events.map { $0.data?.utf8.count ?? 0 }.reduce(0, +)
            #expect((1 << 20)...(3 << 20) ~= size, "\(size)")

            // One event that is larger than any may be.
            let huge = try host.client.invoke("endless", "\(40 << 20)")
            #expect((400...504).contains(huge.status) && huge.text.utf8.count < 4096)

            #expect(try host.residentMegabytes < 300)
            #expect(try host.client.invoke("hello", "still there?").status == 200)
        }
    }
}
