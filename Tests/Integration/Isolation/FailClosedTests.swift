import JackfieldJSON
import TestSupport
import Testing

@Suite("An isolated validator that fails")
struct FailClosedTests {
    /// The fixture, and what the log says of it.
    static let failures: [(fixture: String, reason: String)] = [
        ("validator/hostile-validator-crash", "was ended by signal SIG"),
        ("validator/hostile-validator-stall", ""),
        ("validator/mute", ""),
        ("validator/nonsense", "answered"),
        ("validator/contradictory", "milder than its own findings"),
    ]

    private func serving(
        _ fixture: String, _ direction: String, onFailure: String = "",
        _ body: (HostProcess, ProgrammableUpstream) throws -> Void
    ) throws {
        let upstream = try ProgrammableUpstream(.completion("through"))
        let manifest = Manifests.gateway(
            [upstream.baseURL],
            plugins: "  checks: { use: \(fixture), isolation: process, sandbox: { grace: 200ms } }",
            rest: "validators: { \(direction): [checks], timeout: 500ms\(onFailure) }")
        try HostProcess.serving(manifest, plugins: FixturePath([fixture]), environment: Manifests.environment) {
            try body($0, upstream)
        }
    }

    /// Logged under the request's id, counted, and shown where one looks for the plugin.
    private func expectReported(
        _ host: HostProcess, _ failure: (fixture: String, reason: String), id: String?, action: String
    )
        throws
    {
        let line = try host.logLine("the failure of \(failure.fixture)") {
            $0["message"]?.string == "validator failed" && $0["request_id"]?.string == id
        }
        #expect(line["level"]?.string == "error" && line["plugin"]?.string == "checks", "\(line.text)")
        #expect(
            line["action"]?.string == action && line["reason"]?.string?.contains(failure.reason) == true, "\(line.text)"
        )
        let families = try host.client.get("/api/v1/metrics").json()["metrics"]?.array ?? []
        let findings = families.first { $0["name"]?.string == "jackfield.validator.findings" }
        let sample = findings?["samples"]?.array?.first { $0.text.contains("\"failure\"") }
        #expect(
            sample?.text.contains("\"\(action)\"") == true && sample?["value"]?.double ?? 0 >= 1,
            "\(findings?.text ?? "")")
        _ = try host.eventually("the plugin's page to tell it") {
            let plugin = try host.client.get("/api/v1/plugins/checks").json()
            return plugin["faults"] != nil || plugin["process"]?["last_end"]?.string != nil ? true : nil
        }
    }

    @Test("blocks what it should have seen, in both directions", arguments: 0..<failures.count, ["input", "output"])
    func blocks(index: Int, direction: String) throws {
        let failure = Self.failures[index]
        try serving(failure.fixture, direction) { host, upstream in
            let whole = try host.client.complete("hello")
            _ = try RequestFaultTests.envelope(whole, status: 503, failure.fixture)
            #expect(!whole.text.contains("through"))
            try expectReported(host, failure, id: whole.headers["x-request-id"], action: "block")
            let streamed = try host.client.streamCompletion("hello")
            let body = String(decoding: try streamed.rest(), as: UTF8.self)
            #expect(!body.contains("through") && body.contains("error"), "\(body)")
            if direction == "input" { #expect(upstream.requests.isEmpty, "nothing went out") }
        }
    }

    @Test("lets it pass where the manifest says so, and is reported all the same", arguments: 0..<failures.count)
    func allows(index: Int) throws {
        let failure = Self.failures[index]
        try serving(failure.fixture, "input", onFailure: ", on_failure: { checks: allow }") { host, upstream in
            let whole = try host.client.complete("hello")
            #expect(try Asking.content(whole) == "through", "\(whole.text)")
            try expectReported(host, failure, id: whole.headers["x-request-id"], action: "allow")
        }
    }
}
