import JackfieldJSON
import TestSupport
import Testing

@Suite("Deadlines that are due at once")
struct DeadlineCollisionTests {
    @Test("do not take the host down when the first of them cancels the second")
    func twoTimers() throws {
        let manifest = Manifests.plugins(["agent/two-timers"], server: "loops: 1")
        try HostProcess.serving(manifest, plugins: FixturePath(["agent/two-timers"])) { host in
            let answers = try inParallel(200, width: 32) { [client = host.client] _ in
                try client.invoke("two-timers", "go").json()["answer"]?.string
            }
            #expect(answers == Array(repeating: "the first timer has ended", count: 200))
            _ = try host.eventually("all timers to be gone") {
                let live = try host.client.get("/api/v1/plugins/two-timers").json()["live_calls"]
                return live?["incoming"]?.int == 0 && live?["outgoing"]?.int == 0 ? true : nil
            }
        }
    }

    /// The agent's deadline is its model's, to the nanosecond.
    private static let nested = Manifests.plugins(
        ["agent/asks-model", "llm/mute"], options: "grants: { models: [default] }", requestTimeout: "700ms",
        server: "loops: 1", rest: "models: { default: { route: [\"mute/any\"], retries: 0 } }")

    @Test("of an agent and of the model that it asks end the request, and nothing else")
    func nestedDeadlines() throws {
        try HostProcess.serving(Self.nested, plugins: FixturePath(["agent/asks-model", "llm/mute"])) { host in
            let statuses = try inParallel(16, width: 16) { [client = host.client] _ in
                try client.invoke("asks-model", "go").status
            }
            #expect(statuses.allSatisfy { $0 == 504 || $0 == 200 }, "\(statuses)")
            #expect(try host.client.get("/health").status == 200)
        }
    }

    @Test("are survived by `ask` too, where no listener cancels the request before them")
    func ask() throws {
        let folder = try TemporaryFolder()
        let manifest = try folder.write("jackfield.yaml", Self.nested)
        let plugins = try FixturePath(["agent/asks-model", "llm/mute"])
        let ended = try HostProcess.run(
            ["ask", "hello", "--agent", "asks-model", "--manifest", manifest, "--plugin-path", plugins.path])
        // Whichever of the two comes first, it is an orderly end.
        #expect([.exited(0), .exited(1)].contains(ended.status), "\(ended.status) \(ended.errors.suffix(2000))")
    }
}
