import JackfieldJSON
import TestSupport
import Testing

@Suite("A question to the orchestrator", .serialized)
struct OrchestrateTests {
    /// The agent that measures this machine, with a short window, and these providers in the route of `default`.
    private static func manifest(route: String, upstream: String? = nil, fixtures: [String] = []) -> String {
        let provider = upstream.map {
            "  up: { use: llm/openai, config: { base_url: \"\($0)\" }, grants: { http: [\"\($0)\"] } }\n"
        }
        return """
            jackfield: 1
            logging: { level: debug, format: json }
            plugins:
              system: { use: agent/system-monitoring, config: { window_ms: 100 }, grants: { models: [default], read: ["/proc", "/sys"] } }
              offline: { use: llm/offline }
            \(provider ?? "")\(fixtures.map { "  \(Manifests.instance($0)): { use: \($0) }" }.joined(separator: "\n"))
            models:
              default: { route: \(route), timeout: 20s, retries: 0 }
            """
    }

    private func check(machine answer: JSON) {
        #expect(answer["answer"]?.string?.isEmpty == false)
        let findings = answer["findings"]?.array ?? []
        #expect(findings.count >= 5, "\(answer.text)")
        for finding in findings {
            #expect(finding["id"]?.string?.isEmpty == false)
            #expect(["ok", "info", "warning", "critical"].contains(finding["severity"]?.string ?? ""))
            #expect(finding["title"]?.string?.isEmpty == false)
            #expect(finding["agent"]?.string == "system")
            #expect(finding["source"]?.string?.isEmpty == false)
        }
        #expect(
            findings.contains {
                $0["value"]?.double != nil && $0["threshold"]?.double != nil && $0["unit"]?.string != nil
            })
        let run = answer["agents"]?.array?.first { $0["id"]?.string == "system" }
        #expect(run?["why"]?.string?.isEmpty == false, "why it was asked")
        #expect(run?["status"]?.string == "completed")
        #expect((run?["duration_ms"]?.double ?? -1) >= 100, "it measured over its window")
    }

    @Test("is answered from measurements of this machine, and says that no language model was asked")
    func offline() throws {
        try HostProcess.serving(Self.manifest(route: "[\"offline/notes\"]")) { host in
            let response = try host.client.post("/api/v1/orchestrate", ["input": "Is this machine healthy?"])
            #expect(response.status == 200, "\(response.text)")
            let answer = try response.json()
            check(machine: answer)
            #expect(answer["model"]?["consulted"]?.bool == false)
            #expect(
                answer["answer"]?.string?.lowercased().contains("language model") == true
                    || answer.text.contains("language model"))
            #expect(answer["request_id"]?.string == response.headers["x-request-id"])
        }
    }

    @Test("is worded by the model where there is one, from the findings")
    func worded() throws {
        let upstream = try ProgrammableUpstream(.completion("Worded by the model."))
        let manifest = Self.manifest(route: "[\"up/upstream-model\", \"offline/notes\"]", upstream: upstream.baseURL)
        try HostProcess.serving(manifest) { host in
            let answer = try host.client.post("/api/v1/orchestrate", ["input": "Is this machine healthy?"]).json()
            check(machine: answer)
            #expect(answer["answer"]?.string == "Worded by the model.")
            #expect(answer["model"]?["consulted"]?.bool == true)
            #expect(answer["model"]?["upstream"]?.string == "up/upstream-model")
            #expect(answer["usage"]?["total_tokens"]?.int ?? 0 > 0)
            let asked = try #require(upstream.requests.last)
            #expect(asked.text.contains("threshold"), "the findings are in the prompt")
            #expect(asked.text.contains("Is this machine healthy?"))
        }
    }

    @Test("is still answered when every upstream is down, and the answer says so")
    func allDown() throws {
        let (socket, port) = try ProgrammableUpstream.refusing()
        defer { socket.close() }
        let manifest = Self.manifest(route: "[\"up/upstream-model\"]", upstream: "http://127.0.0.1:\(port)/v1")
        try HostProcess.serving(manifest) { host in
            let response = try host.client.post("/api/v1/orchestrate", ["input": "Is this machine healthy?"])
            #expect(response.status == 200, "\(response.text)")
            let answer = try response.json()
            check(machine: answer)
            #expect(answer["model"]?["consulted"]?.bool == false)
            #expect(
                answer.text.contains("could not be reached") || answer.text.contains("language model"), "\(answer.text)"
            )
        }
    }

    @Test("goes on when one of the agents fails, and says so")
    func oneFails() throws {
        let fixtures = ["agent/hello", "agent/failing"]
        let manifest = Self.manifest(route: "[\"offline/notes\"]", fixtures: fixtures)
        try HostProcess.serving(manifest, plugins: FixturePath(fixtures)) { host in
            let response = try host.client.post(
                "/api/v1/orchestrate", ["input": "10", "agents": ["hello", "failing"]])
            #expect(response.status == 200, "\(response.text)")
            let answer = try response.json()
            #expect(answer["answer"]?.string?.contains("Hello!") == true)
            let runs = answer["agents"]?.array ?? []
            #expect(runs.first { $0["id"]?.string == "hello" }?["status"]?.string == "completed")
            #expect(runs.first { $0["id"]?.string == "failing" }?["status"]?.string == "failed")
        }
    }

    @Test("is streamed as events named for what they carry")
    func streamed() throws {
        try HostProcess.serving(Self.manifest(route: "[\"offline/notes\"]")) { host in
            let stream = try host.client.stream(
                "/api/v1/orchestrate", ["input": "Is this machine healthy?", "stream": true])
            #expect(stream.headers["content-type"]?.hasPrefix("text/event-stream") == true)
            let events = try stream.events()
            #expect(events.allSatisfy { $0.event?.isEmpty == false })
            let names = Set(events.compactMap(\.event))
            #expect(names.isSuperset(of: ["text", "finding"]), "\(names)")
            let texts = try events.filter { $0.event == "text" }.compactMap { try $0.json()["text"]?.string }
            #expect(!texts.joined().isEmpty)
            let last = try #require(events.last).json()
            #expect(last["request_id"]?.string == stream.headers["x-request-id"], "the last event is the whole answer")
        }
    }

    @Test("can be asked on the command line without a server")
    func ask() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("jackfield.yaml", Self.manifest(route: "[\"offline/notes\"]"))
        let told = try HostProcess.run(["ask", "Is this machine healthy?", "--manifest", file])
        #expect(told.status == .exited(0), "\(told.errors)")
        #expect(!told.output.isEmpty)
        #expect(!told.output.contains("\u{1B}["), "no colours where there is no terminal")

        let json = try HostProcess.run(["ask", "Is this machine healthy?", "--json", "--manifest", file])
        #expect(json.status == .exited(0), "\(json.errors)")
        check(machine: try JSON(parsing: json.output))
    }

    @Test("remembers the session")
    func session() throws {
        let upstream = try ProgrammableUpstream(.completion("An answer to remember."))
        let manifest = Self.manifest(route: "[\"up/upstream-model\"]", upstream: upstream.baseURL)
        try HostProcess.serving(manifest) { host in
            let request: JSON = ["input": "Is the disk full?", "session": "s-1"]
            let first = try host.client.post("/api/v1/orchestrate", request).json()
            #expect(first["session"]?.string == "s-1")
            _ = try host.client.post(
                "/api/v1/orchestrate", ["input": "And the memory of this machine?", "session": "s-1"])
            #expect(upstream.requests.last?.text.contains("An answer to remember.") == true)
            #expect(upstream.requests.last?.text.contains("Is the disk full?") == true)
        }
    }
}
