import JackfieldJSON
import TestSupport
import Testing

@Suite("OpenAI's dialect at /v1")
struct OpenAIDialectTests {
    private func serving(_ script: UpstreamScript, body: (HostProcess, ProgrammableUpstream) throws -> Void) throws {
        let upstream = try ProgrammableUpstream(script)
        try HostProcess.serving(Manifests.gateway([upstream.baseURL]), environment: Manifests.environment) { host in
            try body(host, upstream)
        }
    }

    @Test("a completion has the fields that clients read")
    func completion() throws {
        try serving(.completion("All is well.")) { host, upstream in
            let response = try host.client.complete("How is it?")
            #expect(response.status == 200)
            #expect(response.headers["content-type"]?.hasPrefix("application/json") == true)
            #expect(response.headers["x-request-id"]?.isEmpty == false)
            let json = try response.json()
            #expect(json["object"]?.string == "chat.completion")
            #expect(json["id"]?.string?.isEmpty == false)
            #expect((json["created"]?.int ?? 0) > 1_600_000_000)
            #expect(json["model"]?.string?.isEmpty == false)
            #expect(json["choices"]?.array?.count == 1)
            let choice = json["choices"]?[0]
            #expect(choice?["index"]?.int == 0)
            #expect(choice?["message"]?["role"]?.string == "assistant")
            #expect(choice?["message"]?["content"]?.string == "All is well.")
            #expect(choice?["finish_reason"]?.string == "stop")
            #expect(json["usage"]?["prompt_tokens"]?.int == 11)
            #expect(json["usage"]?["completion_tokens"]?.int == 7)
            #expect(json["usage"]?["total_tokens"]?.int == 18)

            let asked = try #require(upstream.requests.last)
            #expect(asked.path == "/v1/chat/completions")
            #expect(asked.json?["model"]?.string == "upstream-model", "the route's model, not the client's name for it")
            #expect(asked.headers["authorization"] == "Bearer \(Manifests.key)")
        }
    }

    @Test("what the client asks for reaches the upstream unchanged")
    func parameters() throws {
        try serving(.completion("ok")) { host, upstream in
            var request = Asking.completion("hello").object!
            request["temperature"] = .number("0.25")
            request["top_p"] = .number("0.5")
            request["max_tokens"] = 17
            request["seed"] = 42
            request["stop"] = ["END", "STOP"]
            request["presence_penalty"] = .number("-0.5")
            request["user"] = "somebody"
            request["response_format"] = ["type": "json_object"]
            request["logit_bias"] = ["50256": -100]
            request["messages"] = [
                ["role": "system", "content": "Be short."],
                ["role": "user", "content": "hello \u{1F600} \"quoted\" \n"],
            ]
            #expect(try host.client.post("/v1/chat/completions", .object(request)).status == 200)
            let asked = try #require(upstream.requests.last?.json)
            #expect(asked["temperature"]?.double == 0.25)
            #expect(asked["top_p"]?.double == 0.5)
            #expect((asked["max_tokens"] ?? asked["max_completion_tokens"])?.int == 17)
            #expect(asked["seed"]?.int == 42)
            #expect(asked["stop"] == ["END", "STOP"])
            #expect(asked["presence_penalty"]?.double == -0.5)
            #expect(asked["user"]?.string == "somebody")
            #expect(asked["response_format"] == ["type": "json_object"])
            #expect(asked["logit_bias"]?["50256"]?.int == -100)
            #expect(asked["messages"]?.array?.count == 2)
            #expect(asked["messages"]?[0]?["role"]?.string == "system")
            #expect(asked["messages"]?[1]?["content"]?.string == "hello \u{1F600} \"quoted\" \n")
        }
    }

    @Test("a stream is chunks of one id and one time, then [DONE]; nothing but data lines and comments")
    func stream() throws {
        try serving(.completion("one two three")) { host, _ in
            let stream = try host.client.streamCompletion("count")
            #expect(stream.status == 200)
            #expect(stream.headers["content-type"]?.hasPrefix("text/event-stream") == true)
            let events = try stream.events()
            for line in events.flatMap(\.lines) {
                #expect(line.hasPrefix("data:") || line.hasPrefix(":"), "\(line)")
            }
            #expect(events.last?.data == "[DONE]")
            #expect(events.filter { $0.data == "[DONE]" }.count == 1)
            let chunks = try events.dropLast().map { try $0.json() }
            #expect(Set(chunks.map { $0["id"] }).count == 1)
            #expect(Set(chunks.map { $0["created"] }).count == 1)
            #expect(Set(chunks.map { $0["model"] }).count == 1)
            #expect(chunks.allSatisfy { $0["object"]?.string == "chat.completion.chunk" })
            #expect(chunks.allSatisfy { $0["choices"]?.array?.count == 1 }, "no usage chunk unless asked for")
            #expect(chunks.first?["choices"]?[0]?["delta"]?["role"]?.string == "assistant")
            #expect(try Asking.content(events) == "one two three")
            #expect(chunks.last?["choices"]?[0]?["finish_reason"]?.string == "stop")
            let reasons = chunks.compactMap { $0["choices"]?[0]?["finish_reason"]?.string }
            #expect(reasons == ["stop"])
        }
    }

    @Test("a stream ends with a usage chunk without choices when it was asked for")
    func usage() throws {
        try serving(.completion("one two three")) { host, _ in
            let events = try host.client.streamCompletion("count", usage: true).events()
            let last = try #require(events.dropLast().last).json()
            #expect(last["choices"] == [])
            #expect(last["usage"]?["prompt_tokens"]?.int == 11)
            #expect(last["usage"]?["total_tokens"]?.int == 14)
            #expect(events.last?.data == "[DONE]")
            let others = try events.dropLast(2).map { try $0.json()["usage"] ?? .null }
            #expect(others.allSatisfy { $0.isNull })
        }
    }

    @Test("pieces reach the client as they come, not at the end")
    func streamsAsItComes() throws {
        let gate = Gate()
        let script = UpstreamScript.stream(["first ", "second"]) { if $0 == 1 { try gate.wait() } }
        try serving(script) { host, _ in
            let stream = try host.client.streamCompletion("go")
            var text = ""
            while text.isEmpty, let event = try stream.event() { text += try Asking.content([event]) }
            #expect(text == "first ", "while the upstream still holds back the rest")
            gate.open()
            #expect(try text + Asking.content(stream.events()) == "first second")
        }
    }

    @Test("tool calls come through, whole and in pieces")
    func tools() throws {
        let arguments = #"{"city": "Ostrava", "days": 3}"#
        try serving(.toolCall("weather", arguments: arguments)) { host, upstream in
            let tools: JSON = [
                [
                    "type": "function",
                    "function": [
                        "name": "weather", "description": "The weather.",
                        "parameters": ["type": "object", "properties": ["city": ["type": "string"]]],
                    ],
                ]
            ]
            var request = Asking.completion("weather?").object!
            request["tools"] = tools
            request["tool_choice"] = "auto"
            let whole = try host.client.post("/v1/chat/completions", .object(request)).json()
            let choice = whole["choices"]?[0]
            #expect(choice?["finish_reason"]?.string == "tool_calls")
            let call = choice?["message"]?["tool_calls"]?[0]
            #expect(call?["id"]?.string == "call_1")
            #expect(call?["type"]?.string == "function")
            #expect(call?["function"]?["name"]?.string == "weather")
            #expect(call?["function"]?["arguments"]?.string == arguments)
            #expect(upstream.requests.last?.json?["tools"]?[0]?["function"]?["name"]?.string == "weather")
            #expect(upstream.requests.last?.json?["tools"]?[0]?["function"]?["parameters"]?["type"]?.string == "object")

            request["stream"] = true
            let chunks = try host.client.stream("/v1/chat/completions", .object(request)).events()
                .filter { $0.data != "[DONE]" }.map { try $0.json() }
            let pieces = chunks.compactMap { $0["choices"]?[0]?["delta"]?["tool_calls"]?[0] }
            #expect(pieces.allSatisfy { $0["index"]?.int == 0 })
            #expect(pieces.compactMap { $0["id"]?.string } == ["call_1"])
            #expect(pieces.compactMap { $0["function"]?["name"]?.string } == ["weather"])
            #expect(pieces.compactMap { $0["function"]?["arguments"]?.string }.joined() == arguments)
            #expect(chunks.compactMap { $0["choices"]?[0]?["finish_reason"]?.string } == ["tool_calls"])
        }
    }

    @Test("a tool's answer goes back to the model with its call")
    func toolAnswers() throws {
        try serving(.completion("It is raining.")) { host, upstream in
            let messages: JSON = [
                ["role": "user", "content": "weather?"],
                [
                    "role": "assistant", "content": nil,
                    "tool_calls": [
                        ["id": "call_9", "type": "function", "function": ["name": "weather", "arguments": "{}"]]
                    ],
                ],
                ["role": "tool", "tool_call_id": "call_9", "content": "rain"],
            ]
            let response = try host.client.post("/v1/chat/completions", ["model": "default", "messages": messages])
            #expect(try Asking.content(response) == "It is raining.")
            let asked = upstream.requests.last?.json?["messages"]
            #expect(asked?[1]?["tool_calls"]?[0]?["id"]?.string == "call_9")
            #expect(asked?[2]?["tool_call_id"]?.string == "call_9")
            #expect(asked?[2]?["role"]?.string == "tool")
        }
    }

    @Test("the models are the manifest's")
    func models() throws {
        let upstream = try ProgrammableUpstream()
        let manifest = Manifests.gateway(
            [upstream.baseURL], models: "  second: { route: [\"up0/another\"] }")
        try HostProcess.serving(manifest, environment: Manifests.environment) { host in
            let list = try host.client.get("/v1/models").json()
            #expect(list["object"]?.string == "list")
            let ids = (list["data"]?.array ?? []).compactMap { $0["id"]?.string }
            #expect(ids.contains("default") && ids.contains("second"), "\(ids)")
            #expect(list["data"]?.array?.allSatisfy { $0["object"]?.string == "model" } == true)
            #expect(
                list["data"]?.array?.allSatisfy { $0["created"]?.int != nil && $0["owned_by"]?.string != nil } == true)
        }
    }

    @Test("embeddings come back in the order of the input")
    func embeddings() throws {
        try serving(.completion("unused")) { host, _ in
            let response = try host.client.post("/v1/embeddings", ["model": "default", "input": ["a", "bb", "ccc"]])
            #expect(response.status == 200, "\(response.text)")
            let json = try response.json()
            #expect(json["object"]?.string == "list")
            #expect(json["data"]?.array?.map { $0["index"]?.int } == [0, 1, 2])
            #expect(json["data"]?.array?.map { $0["embedding"]?[1]?.int } == [1, 2, 3])
            #expect(json["usage"]?["prompt_tokens"]?.int == 5)
        }
    }
}
