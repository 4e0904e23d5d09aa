import JackfieldJSON
import TestSupport
import Testing

@Suite("A plugin that dies or stalls in its role")
struct HostileRoleTests {
    private func serving(
        _ role: String, _ name: String, _ rest: String, upstream: ProgrammableUpstream,
        body: (HostProcess) throws -> Void
    )
        throws
    {
        let fixture = "\(role)/hostile-\(name)"
        let manifest = Manifests.gateway(
            [upstream.baseURL], requestTimeout: "30s",
            plugins:
                "  bad: { use: \(fixture), \(HostileHangTests.options) }\n  hello: { use: agent/hello }",
            rest: rest)
        try HostProcess.serving(
            manifest, plugins: FixturePath([fixture, "agent/hello"]), environment: Manifests.environment, body: body)
    }

    @Test(
        "as a validator blocks the request, and what it should have seen does not pass",
        arguments: ["validator-crash", "validator-stall"])
    func blocks(name: String) throws {
        let upstream = try ProgrammableUpstream(.completion("through"))
        try serving("validator", name, "validators: { input: [bad], timeout: 500ms }", upstream: upstream) { host in
            _ = try RequestFaultTests.envelope(host.client.complete("hello"), status: 503, "a completion")
            #expect(upstream.requests.isEmpty)
            try host.end(of: "bad", "")
            let failures = try host.client.get("/api/v1/metrics").text
            #expect(failures.contains("\"failure\""), "a validator's failure is counted")
        }
    }

    @Test(
        "as a validator that may be missing lets its request pass", arguments: ["validator-crash", "validator-stall"])
    func allows(name: String) throws {
        let upstream = try ProgrammableUpstream(.completion("through"))
        let rest = "validators: { input: [bad], timeout: 500ms, on_failure: { bad: allow } }"
        try serving("validator", name, rest, upstream: upstream) { host in
            #expect(try Asking.content(host.client.complete("hello")) == "through")
            try host.end(of: "bad", "")
            let failures = try host.client.get("/api/v1/metrics").text
            #expect(failures.contains("\"failure\""), "a validator's failure is counted")
        }
    }

    @Test("as an exporter costs nobody but its reader anything")
    func exporter() throws {
        let upstream = try ProgrammableUpstream(.completion("through"))
        try serving("exporter", "exporter-crash", "exporters: [bad]", upstream: upstream) { host in
            #expect(try host.client.get("/api/v1/metrics/prometheus").status == 503)
            try host.end(of: "bad", "signal SIGSEGV")
            #expect(try host.client.get("/api/v1/metrics").status == 200)
            #expect(try Asking.content(host.client.complete("hello")) == "through")
        }
    }

    @Test("as a provider ends the stream with an error, and the next upstream is asked where nothing was sent")
    func provider() throws {
        let upstream = try ProgrammableUpstream(.completion("through"))
        let models = "  broken: { route: [\"bad/any\"], timeout: 20s, retries: 0 }"
        let manifest = Manifests.gateway(
            [upstream.baseURL], plugins: "  bad: { use: llm/hostile-llm-crash, isolation: process }", models: models)
        try HostProcess.serving(
            manifest, plugins: FixturePath(["llm/hostile-llm-crash"]), environment: Manifests.environment
        ) { host in
            let stream = try host.client.streamCompletion("hello", model: "broken")
            let events = try stream.events()
            #expect(try Asking.content(events.filter { $0.data?.contains("choices") == true }) == "the first half, ")
            #expect(events.contains { $0.data?.contains("error") == true }, "\(events)")
            try host.end(of: "bad", "signal SIGSEGV")
            #expect(try Asking.content(host.client.complete("hello")) == "through")
        }
    }
}
