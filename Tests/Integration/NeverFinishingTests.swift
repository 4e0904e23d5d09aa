import JackfieldJSON
import TestSupport
import Testing

@Suite("A plugin that never finishes")
struct NeverFinishingTests {
    /// - Returns: seconds that the body took.
    private func seconds(_ body: () throws -> Void) rethrows -> Double {
        let started = monotonicNanoseconds()
        try body()
        return Double(monotonicNanoseconds() - started) / 1e9
    }

    private func manifest(_ baseURL: String, onFailure: String = "") -> String {
        Manifests.gateway(
            [baseURL], requestTimeout: "120s",
            plugins: "  mute: { use: validator/mute }\n  hello: { use: agent/hello }",
            rest: "validators: { input: [mute], timeout: 1s\(onFailure) }")
    }

    @Test("as a validator fails within its own limit, and what it should have seen does not pass")
    func validator() throws {
        let upstream = try ProgrammableUpstream(.completion("through"))
        let plugins = try FixturePath(["validator/mute", "agent/hello"])
        try HostProcess.serving(manifest(upstream.baseURL), plugins: plugins, environment: Manifests.environment) {
            host in
            let took = try seconds {
                _ = try RequestFaultTests.envelope(host.client.complete("hello"), status: 503, "a completion")
                #expect(try host.client.invoke("hello", "hello").status == 503)
            }
            // The request's own limit is two minutes; the room is for a busy machine.
            #expect((1.5...60).contains(took), "two requests of one second took \(took) s")
            #expect(upstream.requests.isEmpty)
        }
    }

    @Test("as a validator that may be missing lets its request pass")
    func allowed() throws {
        let upstream = try ProgrammableUpstream(.completion("through"))
        let plugins = try FixturePath(["validator/mute", "agent/hello"])
        let manifest = manifest(upstream.baseURL, onFailure: ", on_failure: { mute: allow }")
        try HostProcess.serving(manifest, plugins: plugins, environment: Manifests.environment) { host in
            #expect(try Asking.content(host.client.complete("hello")) == "through")
            let failures = try host.client.get("/api/v1/metrics").text
            #expect(failures.contains("\"failure\""), "a validator's failure is counted")
        }
    }

    @Test("as a validator does not hold `ask` either")
    func ask() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("jackfield.yaml", manifest("http://127.0.0.1:9/v1"))
        let plugins = try FixturePath(["validator/mute", "agent/hello"])
        let ended = try HostProcess.run(
            ["ask", "hello", "--agent", "hello", "--manifest", file, "--plugin-path", plugins.path],
            environment: Manifests.environment)
        #expect(ended.status == .exited(1), "\(ended.status) \(ended.errors.suffix(2000))")
        #expect(ended.errors.contains("mute"), "\(ended.errors)")
    }

    @Test("as an exporter ends at the request's deadline")
    func exporter() throws {
        let manifest = Manifests.plugins(["exporter/mute"], requestTimeout: "700ms", rest: "exporters: [mute]")
        try HostProcess.serving(manifest, plugins: FixturePath(["exporter/mute"])) { host in
            // Nothing else would ever end it: the client would give up.
            let response = try host.client.get("/api/v1/metrics/prometheus")
            #expect(response.status == 504, "\(response.status) \(response.text)")
            #expect(try host.client.get("/health").status == 200)
            #expect(try host.client.get("/api/v1/metrics").status == 200, "the host's own view needs no exporter")
        }
    }

    @Test("and may block holds no requests that nobody waits for any more")
    func stuck() throws {
        let manifest = Manifests.plugins(
            ["agent/stays-inside"], requestTimeout: "400ms", server: "drain_timeout: 500ms")
        try HostProcess.serving(manifest, plugins: FixturePath(["agent/stays-inside"])) { host in
            let padding = String(repeating: "x", count: 1_000_000)
            func flood(_ count: Int) throws {
                let statuses = try inParallel(count, width: 16) { [client = host.client] _ in
                    try client.invoke("stays-inside", "stay " + padding).status
                }
                #expect(statuses.allSatisfy { (429...504).contains($0) }, "\(Set(statuses))")
            }
            // What the allocator keeps after a first round is no leak.
            try flood(20)
            let before = try host.residentMegabytes
            try flood(280)
            let after = try host.residentMegabytes
            #expect(after < before + 80, "\(before) MiB before, \(after) MiB after 280 requests of 1 MB")
            // Its requests have 400 ms, of which a busy machine may take all.
            _ = try host.eventually("the host to be well") {
                try host.client.get("/health").status == 200 ? true : nil
            }
        }
    }
}
