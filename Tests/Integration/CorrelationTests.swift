import JackfieldJSON
import TestSupport
import Testing

@Suite("The correlation id")
struct CorrelationTests {
    @Test("of the client comes back with every answer, and an ill-formed one is replaced")
    func echo() throws {
        let upstream = try ProgrammableUpstream()
        try HostProcess.serving(Manifests.gateway([upstream.baseURL]), environment: Manifests.environment) { host in
            let client = host.client
            let asked = [("x-request-id", "Test-42.a_b")]
            #expect(try client.get("/health", headers: asked).headers.all("x-request-id") == ["Test-42.a_b"])
            #expect(try client.get("/api/v1/plugins", headers: asked).headers.all("x-request-id") == ["Test-42.a_b"])
            #expect(try client.get("/v1/models", headers: asked).headers.all("x-request-id") == ["Test-42.a_b"])
            #expect(try client.complete("hello", headers: asked).headers.all("x-request-id") == ["Test-42.a_b"])
            #expect(
                try client.complete("hello", model: "none", headers: asked).headers.all("x-request-id") == [
                    "Test-42.a_b"
                ])
            #expect(try client.get("/nowhere", headers: asked).headers.all("x-request-id") == ["Test-42.a_b"])
            for bad in ["", "with space", "quote\"", String(repeating: "x", count: 500), "umläut"] {
                let id = try client.get("/health", headers: [("x-request-id", bad)]).headers.all("x-request-id")
                #expect(id.count == 1 && id[0] != bad && !id[0].isEmpty, "\(bad)")
            }
            let ids = try (0..<50).map { _ in try client.get("/health").headers["x-request-id"] ?? "" }
            #expect(Set(ids).count == 50)
        }
    }

    @Test("is on every log line of a request, also on those of a plugin")
    func logged() throws {
        let upstream = try ProgrammableUpstream(.close)
        let plugins = "  caller: { use: agent/caller }\n  malformed: { use: agent/malformed }"
        let manifest = Manifests.gateway([upstream.baseURL], plugins: plugins)
        let path = try FixturePath(["agent/caller", "agent/malformed"])
        try HostProcess.serving(manifest, plugins: path, environment: Manifests.environment) { host in
            func line(_ id: String, _ isRight: (JSON) -> Bool = { _ in true }) throws -> JSON {
                try host.logLine("of \(id)") { $0["request_id"]?.string == id && isRight($0) }
            }
            _ = try host.client.complete("hello", headers: [("x-request-id", "upstream-fault")])
            _ = try line("upstream-fault")

            _ = try host.client.post(
                "/api/v1/agents/caller/invoke", ["input": "good"], headers: [("x-request-id", "plugin-line")])
            let plugin = try line("plugin-line") { $0["message"]?.string == "a line from the fixture" }
            #expect(plugin.text.contains("caller"), "with the plugin's id")

            _ = try host.client.post(
                "/api/v1/agents/malformed/invoke", ["input": "event range"], headers: [("x-request-id", "abi-fault")])
            _ = try line("abi-fault") { $0.text.contains("malformed") }

            upstream.answer(.completion("ok"))
            _ = try host.client.complete("hello", headers: [("x-request-id", "good-one")])
            _ = try line("good-one")
        }
    }

    @Test("and every line is JSON with time, level and message")
    func shape() throws {
        let upstream = try ProgrammableUpstream()
        try HostProcess.serving(Manifests.gateway([upstream.baseURL]), environment: Manifests.environment) { host in
            _ = try host.client.complete("hello")
            let ended = try host.stop()
            #expect(ended.status == .exited(0))
            for line in ended.errors.split(separator: "\n") {
                let json = try JSON(parsing: String(line))
                #expect(json["time"]?.string?.hasSuffix("Z") == true, "\(line)")
                #expect(json["level"]?.string?.isEmpty == false, "\(line)")
                #expect(json["message"]?.string?.isEmpty == false, "\(line)")
            }
        }
    }
}
