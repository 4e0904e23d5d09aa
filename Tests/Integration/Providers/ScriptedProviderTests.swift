import JackfieldJSON
import TestSupport
import Testing

@Suite("A scripted provider")
struct ScriptedProviderTests {
    private static func manifest(_ config: String, model: String = "retries: 0", timeout: String = "20s") -> String {
        """
        jackfield: 1
        profile: testing
        logging: { level: debug, format: json }
        plugins:
          actor: { use: llm/scripted, config: \(config), upstream: { breaker: { enabled: false } } }
        models:
          default: { route: ["actor/script"], timeout: \(timeout), \(model) }
        """
    }

    private static func rules(_ rules: String) -> String { "{ script: { rules: [\(rules)] } }" }

    @Test("answers whole and in pieces, and says that it is no model")
    func answers() throws {
        let rule = "{ answer: { text: [\"You said: \", { text: \"{{input}}\", delay_ms: 5 }], reasoning: hm } }"
        try HostProcess.serving(Self.manifest(Self.rules(rule))) { host throws in
            let whole = try host.client.complete("hello")
            #expect(try Asking.content(whole) == "You said: hello")
            #expect(try whole.json()["choices"]?[0]?["message"]?["reasoning_content"]?.string == "hm")
            #expect(try Asking.content(host.client.streamCompletion("hello").events()) == "You said: hello")
            #expect(try host.client.get("/v1/models").text.contains("default"))
        }
    }

    @Test("calls tools, and goes on when they have answered")
    func tools() throws {
        let rules = """
            { when: { tool_result: true }, answer: { text: "It is {{tool_result}}." } },
            { answer: { tool_calls: [{ name: f, arguments: { q: "{{input}}" } }, { name: g }] } }
            """
        try HostProcess.serving(Self.manifest(Self.rules(rules))) { host throws in
            let choice = try host.client.complete("what?").json()["choices"]?[0]
            let calls = try #require(choice?["message"]?["tool_calls"]?.array)
            #expect(choice?["finish_reason"]?.string == "tool_calls")
            #expect(calls.map { $0["function"]?["name"]?.string } == ["f", "g"])
            #expect(calls[0]["function"]?["arguments"]?.string == #"{"q":"what?"}"#)
            let answer = try host.client.post(
                "/v1/chat/completions",
                [
                    "model": "default",
                    "messages": [
                        ["role": "user", "content": "what?"],
                        ["role": "assistant", "content": nil, "tool_calls": .array(calls)],
                        ["role": "tool", "tool_call_id": calls[0]["id"] ?? "", "content": "fine"],
                        ["role": "tool", "tool_call_id": calls[1]["id"] ?? "", "content": "good"],
                    ],
                ])
            #expect(try Asking.content(answer) == "It is good.")
        }
    }

    @Test("fails once, and the host tries again")
    func retries() throws {
        let rules = "{ times: 1, fault: { code: unavailable } }, { answer: { text: \"try {{count}}\" } }"
        try HostProcess.serving(Self.manifest(Self.rules(rules), model: "retries: 1")) { host throws in
            #expect(try Asking.content(host.client.complete("x")) == "try 1")
        }
    }

    @Test("breaks off in the middle of a stream")
    func breaksOff() throws {
        let rule =
            "{ answer: { text: [\"Once \", \"upon\"] }, fault: { code: unavailable, message: gone, after_pieces: 1 } }"
        try HostProcess.serving(Self.manifest(Self.rules(rule))) { host throws in
            let events = try host.client.streamCompletion("x").events()
            let text = events.compactMap(\.data).joined()
            #expect(text.contains("Once "))
            #expect(!text.contains("upon"))
            #expect(text.contains("error"))
            #expect(try host.client.complete("x").status == 503)
        }
    }

    @Test("hangs until the deadline, and then holds nothing")
    func hangs() throws {
        let rules = "{ when: { equals: wait }, hang: true }, { answer: { text: here } }"
        try HostProcess.serving(Self.manifest(Self.rules(rules), timeout: "3s")) { host throws in
            #expect(try host.client.complete("wait").status == 504)
            #expect(try Asking.content(host.client.complete("x")) == "here")
        }
    }

    @Test("has embeddings, the same for the same text")
    func embeds() throws {
        try HostProcess.serving(Self.manifest(Self.rules(""))) { host throws in
            let answer = try host.client.post(
                "/v1/embeddings", ["model": "default", "input": ["a", "b", "a"], "dimensions": 4])
            let vectors = try #require(answer.json()["data"]?.array?.map { $0["embedding"] })
            #expect(vectors.count == 3)
            #expect(vectors[0]?.array?.count == 4)
            #expect(vectors[0] == vectors[2])
            #expect(vectors[0] != vectors[1])
        }
    }

    @Test("reads its script from a file, and says what is wrong with one")
    func file() throws {
        let folder = try TemporaryFolder("jackfield-script")
        let good = try folder.write("good.json", #"{"rules": [{"answer": {"text": "from the file"}}]}"#)
        try HostProcess.serving(Self.manifest("{ file: \"\(good)\" }")) { host throws in
            #expect(try Asking.content(host.client.complete("x")) == "from the file")
        }
        let bad = try folder.write("bad.json", #"{"rules": [{"anwser": {"text": "x"}}]}"#)
        try HostProcess.serving(Self.manifest("{ file: \"\(bad)\" }")) { host throws in
            #expect(try host.client.get("/api/v1/plugins").text.contains("rules[0].anwser is not known"))
        }
    }
}
