import JackfieldJSON
import TestSupport
import Testing

/// What `make run` starts, with no key and no other server.
@Suite("The default manifest")
struct DefaultManifestTests {
    private func serving(environment: [String: String] = [:], body: (HostProcess) throws -> Void) throws {
        let manifest = try Repository.read("Host/Packaging/jackfield.yaml")
        // The log in JSON, since the tests read from it where the host listens.
        try HostProcess.serving(
            manifest, environment: environment, arguments: ["--set", "logging.format=json"], body: body)
    }

    @Test("answers without a key, and says that no language model was asked")
    func offline() throws {
        try serving { host in
            for id in ["system", "offline", "prompt-injection", "secrets", "prometheus"] {
                let state = try PluginState(of: id, in: host)
                #expect(state.status == "ready", "\(id) is \(state)")
            }
            #expect(try PluginState(of: "openai", in: host).status == "disabled")
            #expect(try host.client.get("/ready").status == 200)

            let answer = try host.client.post("/api/v1/orchestrate", ["input": "Is this machine healthy?"]).json()
            #expect(answer["findings"]?.array?.isEmpty == false, "\(answer.text)")
            #expect(answer["model"]?["consulted"]?.bool == false)

            let completion = try host.client.complete("Hello")
            #expect(completion.status == 200, "\(completion.text)")
            #expect(try Asking.content(completion)?.isEmpty == false)
            #expect(try host.client.get("/api/v1/metrics/prometheus").text.contains("# TYPE"))
        }
    }

    @Test("asks any OpenAI-compatible server whose address the environment gives, without a key")
    func server() throws {
        let upstream = try ProgrammableUpstream(.completion("from a server of one's own"))
        try serving(environment: ["OPENAI_BASE_URL": upstream.baseURL]) { host throws in
            #expect(try Asking.content(host.client.complete("Hello")) == "from a server of one's own")
            #expect(upstream.requests.last?.headers["authorization"] == nil, "there is no key to send")
        }
    }

    @Test("is changed from the command line and the environment")
    func overrides() throws {
        try HostProcess.serving(
            Repository.read("Host/Packaging/jackfield.yaml"), environment: ["JACKFIELD_LOGGING__FORMAT": "json"],
            arguments: ["--without", "prometheus,secrets", "--set", "validators.output=[]", "--set", "exporters=[]"]
        ) { host in
            let listed = try host.client.get("/api/v1/plugins").json()["plugins"]?.array ?? []
            let running = listed.filter { $0["status"]?.string == "ready" }.compactMap { $0["id"]?.string }
            #expect(!running.contains("prometheus") && !running.contains("secrets") && running.contains("system"))
        }
    }
}
