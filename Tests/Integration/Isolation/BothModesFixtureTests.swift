import JackfieldJSON
import TestSupport
import Testing

@Suite("A plugin in C does the same in the host and in a process of its own", .serialized)
struct BothModesFixtureTests {
    /// KIND/NAME, what its manifest entry needs, and what it is asked. Left out is where a plugin repeats what the host
    /// said at once to a malformed payload or an unknown method: to a process the host says that later, by ending the
    /// call.
    static let agents: [(fixture: String, options: String, questions: [String])] = [
        ("agent/hello", "", ["", "hello", "Žluťoučký 🐎", String(repeating: "long ", count: 3000)]),
        ("agent/repeats", "", ["", "hello", String(repeating: "much ", count: 500)]),
        ("agent/threaded", "", ["a", "b"]),
        ("agent/blocking", "", ["a", "b"]),
        ("agent/two-timers", "", ["a"]),
        ("agent/newer-tail", "", ["a"]),
        ("agent/unknown-event", "", ["a"]),
        ("agent/asks-model", "grants: { models: [default] }", ["a", "b"]),
        (
            "agent/caller", "",
            ["good", "not granted", "start size", "undeclared", "stale parent", "zero", "reused"]
        ),
        ("agent/flood", "", ["0", "1", "3000"]),
        ("agent/late", "", ["finish", "emit", "never was", "status"]),
        ("agent/failing", "", ["2", "3", "6", "8", "10", "12", "13", "4711", "no size", "message", "null message"]),
        ("agent/refusing-start", "", ["2", "3", "6", "8", "10", "12", "13", "4711", "-1"]),
        ("agent/malformed", "", MisbehavingPluginTests.eventFaults.map { "event \($0)" } + ["result short"]),
    ]

    @Test("as an agent, whole and streamed: good ones, and those that make mistakes in calls")
    func agents() throws {
        let agents = Self.agents
        let lines = { (word: String) in
            agents.map { agent in
                let rest = agent.options.isEmpty ? "" : ", \(agent.options)"
                return "  \(Manifests.instance(agent.fixture)): { use: \(agent.fixture), isolation: \(word)\(rest) }"
            }.joined(separator: "\n")
        }
        let manifest = { (word: String) in
            """
            jackfield: 1
            profile: testing
            logging: { level: debug, format: json }
            plugins:
            \(lines(word))
              echo: { use: llm/echo, isolation: \(word) }
            models:
              default: { route: ["echo/echo"], retries: 0 }
            """
        }
        let plugins = try FixturePath(agents.map(\.fixture) + ["llm/echo"])
        try BothModes.compare(manifest, plugins: plugins) { host in
            for agent in agents {
                let name = Manifests.instance(agent.fixture)
                for question in agent.questions {
                    _ = try host.client.invoke(name, question)
                    _ = try host.client.stream(
                        "/api/v1/agents/\(name)/invoke", ["input": .string(question), "stream": true]
                    ).rest()
                }
            }
            _ = try host.client.get("/api/v1/agents")
        }
    }

    @Test("as a provider, whole and streamed")
    func providers() throws {
        let fixtures = ["llm/echo", "llm/burst", "llm/gives-up"]
        let manifest = { (word: String) in
            Manifests.plugins(
                fixtures, options: "isolation: \(word)",
                rest: """
                    models:
                      echo: { route: ["echo/echo"], retries: 0 }
                      burst: { route: ["burst/any"], retries: 0 }
                      gives-up: { route: ["gives-up/any"], retries: 0 }
                    """)
        }
        try BothModes.compare(manifest, plugins: FixturePath(fixtures)) { host in
            for model in ["echo", "burst", "gives-up"] {
                for text in ["hello there", "", "Žluťoučký 🐎"] {
                    _ = try host.client.complete(text, model: model)
                    _ = try host.client.streamCompletion(text, model: model, usage: true).rest()
                }
            }
        }
    }

    @Test(
        "as a validator, good or faulty",
        arguments: ["allow", "block", "contradictory", "nonsense", "unredacted"], ["input", "output"])
    func validators(name: String, direction: String) throws {
        let upstream = try ProgrammableUpstream(.completion("an answer of some words"))
        let manifest = { (word: String) in
            Manifests.gateway(
                [upstream.baseURL], plugins: "  \(name): { use: validator/\(name), isolation: \(word) }",
                rest: "validators: { \(direction): [\(name)] }"
            ).replacing("use: llm/openai,", with: "use: llm/openai, isolation: \(word),")
        }
        try BothModes.compare(
            manifest, plugins: FixturePath(["validator/\(name)"]), environment: Manifests.environment,
            upstreams: [upstream]
        ) { host in
            _ = try host.client.complete("hello")
            _ = try host.client.streamCompletion("hello").rest()
        }
    }
}
