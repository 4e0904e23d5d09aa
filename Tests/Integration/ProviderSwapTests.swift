import JackfieldJSON
import TestSupport
import Testing

@Suite("Swapping a provider")
struct ProviderSwapTests {
    @Test("is an edit of the manifest: the same binary asks the other server")
    func swaps() throws {
        let first = try ProgrammableUpstream(.completion("from the first"))
        let second = try ProgrammableUpstream(.completion("from the second"))
        for (upstream, other, text) in [(first, second, "from the first"), (second, first, "from the second")] {
            let before = other.requests.count
            try HostProcess.serving(Manifests.gateway([upstream.baseURL]), environment: Manifests.environment) {
                host throws in
                #expect(try Asking.content(host.client.complete("who answers?")) == text)
            }
            #expect(other.requests.count == before, "only the provider of the manifest is asked")
        }
    }

    @Test("to a plugin of another make needs no other change")
    func swapsPlugin() throws {
        let upstream = try ProgrammableUpstream(.completion("from the server"))
        let plugins = try FixturePath(["llm/echo"])
        func manifest(_ provider: String, route: String) -> String {
            """
            jackfield: 1
            logging: { format: json }
            plugins:
              provider: { \(provider) }
            models:
              default: { route: ["provider/\(route)"] }
            """
        }
        let server =
            "use: llm/openai, config: { base_url: \"\(upstream.baseURL)\" }, grants: { http: [\"\(upstream.origin)\"] }"
        try HostProcess.serving(manifest(server, route: "upstream-model"), plugins: plugins) { host throws in
            #expect(try Asking.content(host.client.complete("hello")) == "from the server")
        }
        try HostProcess.serving(manifest("use: llm/echo", route: "echo"), plugins: plugins) { host throws in
            #expect(try Asking.content(host.client.complete("hello")) == "hello")
        }
    }

    @Test("the next entry of the route answers when the first refuses")
    func fallsBack() throws {
        let (socket, port) = try ProgrammableUpstream.refusing()
        defer { socket.close() }
        let second = try ProgrammableUpstream(.completion("the second steps in"))
        let manifest = Manifests.gateway(["http://127.0.0.1:\(port)/v1", second.baseURL])
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            #expect(try Asking.content(host.client.complete("hello")) == "the second steps in")
            #expect(try Asking.content(host.client.streamCompletion("hello").events()) == "the second steps in")
        }
    }

    @Test("the next entry of the route answers when the first hangs, resets or is broken", arguments: [0, 1, 2, 3])
    func fallsBackFromFaults(fault: Int) throws {
        let scripts: [UpstreamScript] = [.hang, .reset(), .error(500, "broken"), .rubbish()]
        let first = try ProgrammableUpstream(scripts[fault])
        let second = try ProgrammableUpstream(.completion("the second steps in"))
        let manifest = Manifests.gateway([first.baseURL, second.baseURL], timeout: "3s")
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            #expect(try Asking.content(host.client.complete("hello")) == "the second steps in")
            #expect(try Asking.content(host.client.streamCompletion("hello").events()) == "the second steps in")
            #expect(try first.waitForRequests(2).count == 2, "the first was asked first")
        }
    }

    @Test("what the plugin is not granted, it does not reach")
    func notGranted() throws {
        let upstream = try ProgrammableUpstream()
        let manifest = """
            jackfield: 1
            logging: { format: json }
            plugins:
              provider: { use: llm/openai, config: { base_url: "\(upstream.baseURL)" }, grants: { http: ["http://127.0.0.1:1"] } }
            models:
              default: { route: ["provider/upstream-model"], retries: 0 }
            """
        try HostProcess.serving(manifest) { host in
            let response = try host.client.complete("hello")
            let error = try RequestFaultTests.envelope(response, status: 502, "not granted")
            #expect(error["code"]?.string == "upstream_forbidden")
            // What was missing is for the operator to read.
            try host.logLine("the grant") { $0["message"]?.string == "completion failed" && $0.text.contains("grant") }
            #expect(upstream.connectionCount == 0)
        }
    }
}
