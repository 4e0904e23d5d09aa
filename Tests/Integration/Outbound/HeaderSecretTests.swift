import JackfieldJSON
import TestSupport
import Testing

@Suite("A secret that the host puts into a header")
struct HeaderSecretTests {
    private static let key = "sk-l0ng-and-s3cret-do-not-print"
    private static let environment = [
        "THE_KEY": key, "OTHER_KEY": "other-\(key)", "BROKEN": "one\r\nX-Injected: \(key)",
    ]

    @Test("is seen by the upstream alone: the plugin writes its name", arguments: ["in-process", "process"])
    func filled(isolation: String) throws {
        let upstream = try ProgrammableUpstream(.rubbish("ok", contentType: "text/plain"))
        let manifest = Fetching.manifest([upstream.origin], secrets: ["THE_KEY", "OTHER_KEY"], isolation: isolation)
        try Fetching.serving(manifest, environment: Self.environment) { host in
            let answer = try host.client.fetch(
                "GET \(upstream.origin)/", "Authorization: Bearer ${secret:THE_KEY}",
                "X-Both: ${secret:THE_KEY}/${secret:OTHER_KEY}", "X-Plain: $5 ${other} $${secret")
            #expect(answer.hasPrefix("status 200"))
            let headers = try #require(upstream.requests.first).headers
            #expect(headers["authorization"] == "Bearer \(Self.key)")
            #expect(headers["x-both"] == "\(Self.key)/other-\(Self.key)")
            #expect(headers["x-plain"] == "$5 ${other} $${secret")
            #expect(!answer.contains(Self.key))
            let ended = try host.stop()
            #expect(!(ended.errors + ended.output).contains(Self.key))
        }
    }

    @Test("is not filled in, and the request not sent, where that is not right")
    func refused() throws {
        let upstream = try ProgrammableUpstream(.rubbish("ok", contentType: "text/plain"))
        let cleartext = "http://gpu.internal:\(upstream.port)"
        let manifest = Fetching.manifest(
            [upstream.origin, cleartext], outbound: "private: [gpu.internal]",
            secrets: ["THE_KEY", "BROKEN", "UNSET_KEY"])
        try Fetching.serving(manifest, environment: Self.environment) { host in
            for (value, sentence) in [
                ("${secret:OTHER_KEY}", "the secret OTHER_KEY is not listed in plugins.fetches.grants.secrets"),
                ("${secret:UNSET_KEY}", "the secret UNSET_KEY is in none of its places"),
                ("${secret:BROKEN}", "the secret BROKEN holds a line break"),
                ("${secret:THE_KEY", "write ${secret:NAME}"), ("${secret:}", "write ${secret:NAME}"),
                ("${secret:THE_KEY:-x}", "write ${secret:NAME}"),
                ("${secret:../../etc/passwd}", "write ${secret:NAME}"),
                ("a${secret:THE_KEY}b${secret:OTHER_KEY}", "OTHER_KEY is not listed"),
            ] {
                let answer = try host.client.fetch("GET \(upstream.origin)/?q=1", "X-Key: \(value)")
                #expect(answer.hasPrefix("finish 5: "), "\(value): \(answer)")
                #expect(answer.contains(sentence), "\(value): \(answer)")
            }
            let clear = try host.client.fetch("GET \(cleartext)/", "X-Key: ${secret:THE_KEY}")
            #expect(clear.hasPrefix("finish 5: ") && clear.contains("https"), "\(clear)")
            #expect(upstream.requests.isEmpty)
            let lines = try host.refusals(9)
            #expect(lines.allSatisfy { $0["reason"]?.string == "secret" })
            let ended = try host.stop()
            #expect(!(ended.errors + ended.output).contains(Self.key))
        }
    }

    @Test("is taken out of an error that repeats it, however the error comes")
    func echoed() throws {
        let upstream = try ProgrammableUpstream(
            UpstreamScript { exchange in
                let key = exchange.request.headers["authorization"]?.dropFirst("Bearer ".count) ?? ""
                try exchange.begin(401, headers: [("www-authenticate", "no \(key)"), ("location", "/\(key)")])
                let text = "Incorrect API key provided: \(key)\(key). You have sk-l0ng-and-s3cr"
                // Cut anywhere, also within the key.
                for piece in Array(text.utf8).chunks(of: 7) {
                    try exchange.write(String(decoding: piece, as: UTF8.self))
                }
                try exchange.end()
            })
        try Fetching.serving(Fetching.manifest([upstream.origin], secrets: ["THE_KEY"]), environment: Self.environment)
        {
            host in
            let answer = try host.client.fetch("GET \(upstream.origin)/", "Authorization: Bearer ${secret:THE_KEY}")
            #expect(upstream.requests.first?.headers["authorization"] == "Bearer \(Self.key)")
            #expect(
                answer.hasSuffix(
                    "Incorrect API key provided: «redacted»«redacted». You have sk-l0ng-and-s3cr"), "\(answer)")
        }
    }

    /// Each provider's own header, with its configuration as the host hands it over.
    @Test(
        "works for the bundled providers, whose configuration then holds none",
        arguments: ["openai", "anthropic", "ollama"])
    func providers(name: String) throws {
        let dialect: any ProviderDialect =
            switch name {
            case "openai": OpenAIProviderDialect()
            case "anthropic": AnthropicDialect()
            default: OllamaDialect()
            }
        let upstream = try ProgrammableUpstream(dialect.answer(DialectAnswer("hello there")))
        // "$${" is a plain "${": it is for the plugin to hand on, not for the manifest to fill in.
        let (config, header, expected) =
            switch name {
            case "openai": (#"api_key: "$${secret:THE_KEY}""#, "authorization", "Bearer \(Self.key)")
            case "anthropic": (#"api_key: "$${secret:THE_KEY}""#, "x-api-key", Self.key)
            default:
                (#"headers: { Authorization: "Bearer $${secret:THE_KEY}" }"#, "authorization", "Bearer \(Self.key)")
            }
        let base = name == "openai" ? upstream.baseURL : upstream.origin
        let manifest = """
            jackfield: 1
            profile: testing
            logging: { level: trace, format: json }
            plugins:
              up: { use: llm/\(name), config: { base_url: "\(base)", \(config) }, grants: { http: ["\(upstream.origin)"], secrets: [THE_KEY] } }
            models:
              default: { route: [up/any-model], retries: 0 }
            """
        try HostProcess.serving(manifest, environment: Self.environment) { host in
            #expect(try Asking.content(host.client.complete("hello")) == "hello there")
            let request = try #require(upstream.requests.last)
            #expect(request.headers[header] == expected)
            let state = try host.client.get("/api/v1/plugins/up").json()
            #expect(state["config"]?.text.contains("${secret:THE_KEY}") == true)
            #expect(!state.text.contains(Self.key))
            let ended = try host.stop()
            #expect(!(ended.errors + ended.output).contains(Self.key))
        }
    }
}

extension [UInt8] {
    fileprivate func chunks(of size: Int) -> [[UInt8]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
