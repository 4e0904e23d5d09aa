import JackfieldJSON
import TestSupport
import Testing

@Suite("A request that is wrong")
struct RequestFaultTests {
    /// OpenAI's envelope: error with message, type, param and code, and nothing beside it.
    static func envelope(_ response: HTTPTestResponse, status: Int?, _ what: String) throws -> JSON {
        if let status { #expect(response.status == status, "\(what): \(response.status) \(response.text)") }
        #expect(response.status >= 400, "\(what)")
        #expect(response.headers["x-request-id"]?.isEmpty == false, "\(what)")
        #expect(response.headers["content-type"]?.hasPrefix("application/json") == true, "\(what)")
        let json = try response.json()
        #expect(json.object?.members.map(\.key) == ["error"], "\(what)")
        let error = try #require(json["error"], "\(what)")
        #expect(error["message"]?.string?.isEmpty == false, "\(what)")
        #expect(error["type"]?.string?.isEmpty == false, "\(what)")
        #expect(
            error["param"] != nil && error["code"] != nil, "\(what): both are there, null where there is nothing to say"
        )
        return error
    }

    @Test("is answered in OpenAI's envelope at /v1, and never reaches an upstream")
    func openAI() throws {
        let upstream = try ProgrammableUpstream()
        let manifest = Manifests.gateway([upstream.baseURL], server: "max_body: 64KiB")
        try HostProcess.serving(manifest, environment: Manifests.environment) { host in
            let client = host.client
            func post(_ text: String) throws -> HTTPTestResponse { try client.post("/v1/chat/completions", text: text) }
            let good = #"[{"role": "user", "content": "hello"}]"#

            for malformed in [
                "", "{", "nonsense", #"{"model": "default", "messages": ["#, "\u{0}", "[1,2", #"{"a": 1, "a": 2}"#,
            ] {
                let error = try Self.envelope(post(malformed), status: 400, "malformed \(malformed)")
                #expect(error["type"]?.string == "invalid_request_error")
            }
            #expect(try Self.envelope(post("[]"), status: 400, "an array")["type"]?.string == "invalid_request_error")
            let invalidUTF8 = try client.send(
                "POST", "/v1/chat/completions", headers: [("content-type", "application/json")],
                body: Array(#"{"model": "default", "messages": [{"role": "user", "content": ""#.utf8) + [0xff, 0xfe]
                    + Array("\"}]}".utf8))
            _ = try Self.envelope(invalidUTF8, status: 400, "not UTF-8")
            let deep = String(repeating: "[", count: 10_000)
            _ = try Self.envelope(post(#"{"model": "default", "messages": "# + deep), status: 400, "deep")

            let unknown = try Self.envelope(
                client.complete("hello", model: "no-such-model"), status: 404, "an unknown model")
            #expect(unknown["code"]?.string == "model_not_found")
            #expect(unknown["message"]?.string?.contains("no-such-model") == true)

            let wrong: [(String, param: String)] = [
                (#"{"messages": \#(good)}"#, "model"),
                (#"{"model": 7, "messages": \#(good)}"#, "model"),
                (#"{"model": "default"}"#, "messages"),
                (#"{"model": "default", "messages": []}"#, "messages"),
                (#"{"model": "default", "messages": "hello"}"#, "messages"),
                (#"{"model": "default", "messages": [7]}"#, "messages"),
                (#"{"model": "default", "messages": [{"role": "user", "content": 7}]}"#, "messages"),
                (#"{"model": "default", "messages": [{"content": "hello"}]}"#, "messages"),
                (#"{"model": "default", "messages": \#(good), "temperature": "hot"}"#, "temperature"),
                (#"{"model": "default", "messages": \#(good), "max_tokens": -1}"#, "max_tokens"),
                (#"{"model": "default", "messages": \#(good), "stream": "yes"}"#, "stream"),
                (#"{"model": "default", "messages": \#(good), "n": 0}"#, "n"),
                (#"{"model": "default", "messages": \#(good), "tools": {}}"#, "tools"),
            ]
            for (body, param) in wrong {
                let error = try Self.envelope(post(body), status: 400, body)
                #expect(error["param"]?.string?.hasPrefix(param) == true, "\(body): \(error.text)")
            }

            let large = Asking.completion(String(repeating: "x", count: 100_000))
            _ = try Self.envelope(client.post("/v1/chat/completions", large), status: 413, "too large")
            _ = try Self.envelope(client.get("/v1/nowhere"), status: 404, "an unknown path")
            let method = try client.get("/v1/chat/completions")
            _ = try Self.envelope(method, status: 405, "a wrong method")
            #expect(method.headers["allow"]?.contains("POST") == true)

            #expect(upstream.connectionCount == 0)
            #expect(try client.complete("hello").status == 200, "and a good request is still answered")
        }
    }

    @Test("too large and chunked is refused once it is too large")
    func chunked() throws {
        let upstream = try ProgrammableUpstream()
        let manifest = Manifests.gateway([upstream.baseURL], server: "max_body: 16KiB")
        try HostProcess.serving(manifest, environment: Manifests.environment) { host in
            let connection = try HTTPTestConnection(port: host.port)
            defer { connection.close() }
            try connection.socket.write(
                "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n"
            )
            let chunk = "1000\r\n" + String(repeating: "x", count: 4096) + "\r\n"
            // The server may answer and close while we still write.
            for _ in 0..<16 { try? connection.socket.write(chunk) }
            _ = try Self.envelope(connection.readResponse(), status: 413, "chunked and too large")
        }
    }

    @Test("is answered as a problem at /api")
    func api() throws {
        try HostProcess.serving(Manifests.plugins(["agent/hello"]), plugins: FixturePath(["agent/hello"])) { host in
            func check(_ response: HTTPTestResponse, _ status: Int, _ what: String) throws {
                #expect(response.status == status, "\(what): \(response.status) \(response.text)")
                #expect(response.headers["content-type"]?.hasPrefix("application/problem+json") == true, "\(what)")
                #expect(response.headers["x-request-id"]?.isEmpty == false, "\(what)")
                let json = try response.json()
                #expect(json["status"]?.int == status, "\(what)")
                #expect(json["title"]?.string?.isEmpty == false, "\(what)")
            }
            try check(host.client.invoke("nobody", "hello"), 404, "an unknown agent")
            try check(host.client.post("/api/v1/agents/hello/invoke", text: "{"), 400, "malformed")
            try check(host.client.post("/api/v1/agents/hello/invoke", [:]), 400, "no input")
            try check(host.client.post("/api/v1/agents/hello/invoke", ["input": 7]), 400, "a wrong type")
            try check(host.client.post("/api/v1/agents/hello/invoke", ["input": ""]), 400, "an empty input")
            try check(
                host.client.post("/api/v1/orchestrate", ["input": "x", "agents": ["nobody"]]), 404, "no such agent")
            try check(host.client.get("/api/v1/nowhere"), 404, "an unknown path")
        }
    }

    @Test(
        "of HTTP itself gets an answer and not a crash",
        arguments: [
            "GET / HTTP/9.9\r\n\r\n", "nonsense\r\n\r\n",
            "GET /health HTTP/1.1\r\nhost: a\r\ncontent-length: -1\r\n\r\n",
            "POST /v1/chat/completions HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
            "GET /health HTTP/1.1\r\nbad header\r\n\r\n",
        ])
    func http(text: String) throws {
        try HostProcess.serving(Manifests.plugins(["agent/hello"]), plugins: FixturePath(["agent/hello"])) { host in
            let connection = try HTTPTestConnection(port: host.port)
            defer { connection.close() }
            try connection.socket.write(text)
            let response = try connection.readResponse()
            #expect((400...505).contains(response.status), "\(response.status) \(response.text)")
            #expect(try host.client.get("/health").status == 200)
        }
    }
}
