import JackfieldJSON
import TestSupport
import Testing

@Suite("An upstream that fails")
struct UpstreamFaultTests {
    private static let page =
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{\"id\":"

    /// Faults ahead of an answer's first text. Each is answered with an error, whether a stream was asked for or not.
    static let faults: [(name: String, script: UpstreamScript)] = [
        ("closes", .close), ("resets", .reset()), ("says nothing of HTTP", .bytes("SSH-2.0-OpenSSH_9.2\r\n\r\n")),
        ("cuts its body off", .bytes(page)), ("sends a web page", .rubbish()), ("sends an empty body", .rubbish("")),
        ("sends JSON of another kind", .rubbish(#"{"hello": "world"}"#, contentType: "application/json")),
        ("sends broken JSON", .rubbish(#"{"choices": [{"#, contentType: "application/json")),
        ("fails", .error(500, "the upstream broke")), ("is overloaded", .error(503, "try again later")),
        (
            "does not know the key",
            .error(401, "no such key: sk-abc", type: "invalid_request_error", code: "invalid_api_key")
        ),
        ("redirects", .bytes("HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n")),
        (
            "fails with a web page",
            .bytes("HTTP/1.1 502 Bad\r\ncontent-type: text/html\r\ncontent-length: 4\r\n\r\n<h1>")
        ),
    ]

    @Test("is answered with an error in OpenAI's envelope")
    func envelope() throws {
        let upstream = try ProgrammableUpstream()
        try HostProcess.serving(Manifests.gateway([upstream.baseURL]), environment: Manifests.environment) { host in
            for (name, script) in Self.faults {
                upstream.answer(script)
                let whole = try host.client.complete("hello")
                let error = try RequestFaultTests.envelope(whole, status: nil, name)
                #expect((500...504).contains(whole.status), "\(name): \(whole.status) \(whole.text)")
                #expect(!error.text.contains(Manifests.key))

                let stream = try host.client.streamCompletion("hello")
                let body = try stream.rest()
                let text = String(decoding: body, as: UTF8.self)
                if stream.status == 200 {
                    #expect(text.contains("\"error\""), "\(name), streamed: \(text)")
                } else {
                    let response = HTTPTestResponse(status: stream.status, headers: stream.headers, body: body)
                    _ = try RequestFaultTests.envelope(response, status: nil, "\(name), streamed")
                }
            }
            upstream.answer(.completion("recovered"))
            #expect(try Asking.content(host.client.complete("hello")) == "recovered")
        }
    }

    @Test("by refusing connections is told apart from one that is slow")
    func refuses() throws {
        let (socket, port) = try ProgrammableUpstream.refusing()
        defer { socket.close() }
        try HostProcess.serving(Manifests.gateway(["http://127.0.0.1:\(port)/v1"]), environment: Manifests.environment)
        { host in
            let response = try host.client.complete("hello")
            let error = try RequestFaultTests.envelope(response, status: nil, "refused")
            #expect([502, 503].contains(response.status))
            #expect(
                error["message"]?.string?.contains("127.0.0.1:\(port)") == true
                    || error["message"]?.string?.contains("up0") == true)
        }
    }

    @Test("by hanging is answered within the deadline", arguments: [false, true])
    func hangs(streamed: Bool) throws {
        let upstream = try ProgrammableUpstream(.hang)
        // Every other limit is so far off that its running out cannot be taken for this one's.
        let manifest = Manifests.gateway([upstream.baseURL], timeout: "600ms", requestTimeout: "120s")
        try HostProcess.serving(manifest, environment: Manifests.environment) { host in
            let started = monotonicNanoseconds()
            let response = try host.client.post(
                "/v1/chat/completions", Asking.completion("hello", stream: streamed), within: .seconds(150))
            let milliseconds = (monotonicNanoseconds() - started) / 1_000_000
            _ = try RequestFaultTests.envelope(response, status: 504, "hang")
            #expect((500...60_000).contains(milliseconds), "took \(milliseconds) ms")
            try upstream.waitForOpenConnections(atMost: 0)
        }
    }

    @Test("by stalling in mid-stream is ended after the idle timeout with an error line")
    func stalls() throws {
        let upstream = try ProgrammableUpstream(.stall(after: ["half an "]))
        let manifest = Manifests.gateway(
            [upstream.baseURL], requestTimeout: "120s", model: "retries: 0, idle_timeout: 500ms")
        try HostProcess.serving(manifest, environment: Manifests.environment) { host in
            let events = try host.client.streamCompletion("hello").events()
            try Self.endsWithError(events, after: "half an ")
            try upstream.waitForOpenConnections(atMost: 0)
        }
    }

    @Test("in mid-stream is told in a data line with a top-level error", arguments: ["reset", "cut", "rubbish"])
    func midStream(kind: String) throws {
        let chunk = OpenAIDialect.chunk(["content": "half an "]).text
        let script: UpstreamScript =
            switch kind {
            case "reset": .reset(after: ["half an "])
            case "cut": .cut(after: ["half an "])
            default: .rubbishStream(["data: \(chunk)\n\n", "data: {\"choices\": 7}\n\n", "data: <html>\n\n"])
            }
        let upstream = try ProgrammableUpstream(script)
        try HostProcess.serving(Manifests.gateway([upstream.baseURL]), environment: Manifests.environment) { host in
            let stream = try host.client.streamCompletion("hello")
            #expect(stream.status == 200)
            try Self.endsWithError(stream.events(), after: "half an ")
        }
    }

    /// The text so far, then an error, and no sign of a good end.
    private static func endsWithError(_ events: [ServerSentEvent], after text: String) throws {
        #expect(events.flatMap(\.lines).allSatisfy { $0.hasPrefix("data:") || $0.hasPrefix(":") })
        let chunks = events.filter { $0.data != "[DONE]" }
        let error = try #require(try chunks.last?.json()["error"], "\(events.map(\.lines))")
        #expect(error["message"]?.string?.isEmpty == false)
        #expect(error["type"]?.string?.isEmpty == false)
        #expect(try Asking.content(Array(chunks.dropLast())) == text)
        let reasons = try chunks.compactMap { try $0.json()["choices"]?[0]?["finish_reason"]?.string }
        #expect(reasons.isEmpty, "an answer that broke off did not stop of itself")
    }

    @Test("with an error of the client's making passes that on")
    func clientErrors() throws {
        let upstream = try ProgrammableUpstream()
        try HostProcess.serving(Manifests.gateway([upstream.baseURL]), environment: Manifests.environment) { host in
            upstream.answer(
                .error(400, "too many tokens", type: "invalid_request_error", code: "context_length_exceeded"))
            let error = try RequestFaultTests.envelope(host.client.complete("hello"), status: 400, "400")
            #expect(error["message"]?.string?.contains("too many tokens") == true)

            upstream.answer(.error(429, "slow down", type: "rate_limit_error", headers: [("retry-after", "7")]))
            let limited = try host.client.complete("hello")
            _ = try RequestFaultTests.envelope(limited, status: 429, "429")
            #expect(limited.headers["retry-after"] == "7")
        }
    }
}
