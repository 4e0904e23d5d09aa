import JackfieldJSON
import TestSupport
import Testing

@Suite("A fallback")
struct FallbackTests {
    /// All that can go wrong before the first event of an answer. The upstream behind it answers in its place.
    static let faults: [(name: String, script: UpstreamScript)] = [
        ("fails", .error(500, "broken")), ("does not know the key", .error(401, "no such key")),
        ("does not know the model", .error(404, "no such model", code: "model_not_found")),
        ("closes", .close), ("resets", .reset()), ("resets after the head", .reset(after: [])),
        ("ends a stream that has not begun", .cut(after: [])), ("speaks no HTTP", .bytes("SSH-2.0-OpenSSH\r\n\r\n")),
        ("sends a web page", .rubbish()), ("says nothing", .hang), ("sends a head and nothing", .stall(after: [])),
        (
            "sends an error as its first event",
            UpstreamScript { exchange in
                try exchange.begin()
                try exchange.event(["error": ["message": "overloaded", "type": "server_error"]] as JSON)
                try exchange.write("data: [DONE]\n\n")
                try exchange.end()
            }
        ),
        (
            "cuts its answer off",
            .bytes("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{\"id\":")
        ),
        // Last, since it rests from then on.
        ("limits the rate", .error(429, "slow down", type: "rate_limit_error", headers: [("retry-after", "60")])),
    ]

    @Test("answers where the first upstream does not begin to", arguments: [false, true])
    func answers(streamed: Bool) throws {
        let first = try ProgrammableUpstream()
        let second = try ProgrammableUpstream(.completion("from the second"))
        let manifest = Manifests.gateway([first.baseURL, second.baseURL], timeout: "2s")
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            for (index, (name, script)) in Self.faults.enumerated() {
                first.answer(script)
                let before = first.requests.count
                let answer: (status: Int, headers: HTTPHeaderList, text: String)
                if streamed {
                    let stream = try host.client.streamCompletion("hello")
                    answer = try (stream.status, stream.headers, Asking.content(stream.events()))
                } else {
                    let response = try host.client.complete("hello")
                    answer = try (response.status, response.headers, Asking.content(response) ?? response.text)
                }
                #expect(answer.status == 200, "\(name): \(answer.text)")
                #expect(answer.text == "from the second", "\(name)")
                #expect(answer.headers["x-jackfield-upstream"] == "up1/upstream-model", "\(name)")
                #expect(answer.headers["x-jackfield-attempts"] == "2", "\(name)")
                // Twice where a connection that was kept from before is closed, which says nothing of the upstream.
                #expect(first.requests.count > before, "\(name)")
                #expect(second.requests.count == index + 1, "\(name)")
            }
            #expect(try UpstreamState(of: "up0", in: host).state == "resting")
        }
    }

    @Test("still holds for a stream of which only the role was sent")
    func roleOnly() throws {
        let first = try ProgrammableUpstream(
            UpstreamScript { exchange in
                try exchange.begin()
                try exchange.event(OpenAIDialect.chunk(["role": "assistant", "content": ""]))
                exchange.socket.reset()
            })
        let second = try ProgrammableUpstream(.completion("from the second"))
        let manifest = Manifests.gateway([first.baseURL, second.baseURL])
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            #expect(try Asking.content(host.client.streamCompletion("hello").events()) == "from the second")
        }
    }

    @Test("never restarts a stream that has begun: the client gets what there is, and an error line")
    func begun() throws {
        let first = try ProgrammableUpstream()
        let second = try ProgrammableUpstream(.completion("never asked"))
        let manifest = Manifests.gateway([first.baseURL, second.baseURL], model: "retries: 3, idle_timeout: 1s")
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            for script in [UpstreamScript.reset(after: ["half "]), .cut(after: ["half "]), .stall(after: ["half "])] {
                first.answer(script)
                let before = first.requests.count
                let stream = try host.client.streamCompletion("hello")
                #expect(stream.status == 200)
                #expect(stream.headers["x-jackfield-upstream"] == "up0/upstream-model")
                let events = try stream.events()
                #expect(try Asking.content(events) == "half ")
                #expect(try events.last?.json()["error"]?["message"]?.string?.isEmpty == false)
                #expect(first.requests.count == before + 1)
            }
            #expect(second.requests.isEmpty)
        }
    }

    @Test("leaves half of the client's time to the next one where the first hangs")
    func split() throws {
        let first = try ProgrammableUpstream(.hang)
        let second = try ProgrammableUpstream(.completion("in time"))
        // The model's own timeout is far longer than the client's.
        let manifest = Manifests.gateway([first.baseURL, second.baseURL], timeout: "60s", requestTimeout: "60s")
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            let response = try host.client.complete("hello", headers: [("x-jackfield-timeout-ms", "6000")])
            #expect(try Asking.content(response) == "in time")
            #expect(response.headers["x-jackfield-attempts"] == "2")
        }
    }

    @Test("is taken for embeddings too")
    func embeddings() throws {
        let first = try ProgrammableUpstream(.error(500, "broken"))
        let second = try ProgrammableUpstream(.completion("unused"))
        let manifest = Manifests.gateway([first.baseURL, second.baseURL])
        try HostProcess.serving(manifest, environment: Manifests.environment) { host throws in
            let response = try host.client.post("/v1/embeddings", ["model": "default", "input": "hello"])
            #expect(response.status == 200, "\(response.text)")
            #expect(response.headers["x-jackfield-upstream"] == "up1/upstream-model")
            #expect(response.headers["x-jackfield-attempts"] == "2")
        }
    }
}
