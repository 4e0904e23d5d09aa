import JackfieldJSON
import TestSupport
import Testing

/// Old binaries against today's host. What is expected is written down to the byte: a host that makes something else of
/// a plugin that nobody has touched has broken the ABI.
@Suite("A plugin that was built for a released ABI", .serialized)
struct MuseumTests {
    @Test(
        "is an agent: its text, finding, artifact, question and result arrive whole",
        arguments: Museum.releases, BothModes.isolations)
    func agent(release: String, isolation: String) throws {
        let finding = """
            {"id":"museum.humidity","severity":"warning","title":"The air is too humid for old paper.","value":42.5,\
            "threshold":40,"unit":"%","source":"the hygrometer at the door","agent":"guide","detail":{"room":3}}
            """
        let artifact = #"{"name":"ticket.txt","media_type":"text/plain","text":"admit one","agent":"guide"}"#
        let question = """
            {"id":"wing","text":"Which wing first?","options":["the east wing","the west wing"],"agent":"guide"}
            """
        try Museum.serving(release, isolation) { host in
            let answer = try host.client.invoke("guide", "what is old?")
            #expect(answer.status == 200)
            let json = try answer.json()
            #expect(json["answer"]?.string == "Welcome. You asked: what is old?")
            #expect(json["findings"]?.text == "[\(finding)]")
            #expect(json["artifacts"]?.text == "[\(artifact)]")
            #expect(json["questions"]?.text == "[\(question)]")
            #expect(json["model"]?.text == #"{"upstream":"museum/curator","consulted":true}"#)
            #expect(json["usage"]?.text == #"{"prompt_tokens":3,"completion_tokens":5,"total_tokens":8}"#)
            #expect(json["notes"]?.text == #"["The tour was given from memory."]"#)

            let events = try host.client.stream(
                "/api/v1/agents/guide/invoke", ["input": "a tour", "stream": true]
            ).events()
            #expect(
                events.prefix(7).map { "\($0.event ?? "") \($0.data ?? "")" } == [
                    #"agent_started {"id":"guide","why":"the request names it"}"#,
                    #"progress {"fraction":0.5,"message":"unlocking the doors","agent":"guide"}"#,
                    "finding \(finding)", "artifact \(artifact)", "question \(question)",
                    #"text {"text":"Welcome. You asked: ","agent":"guide"}"#,
                    #"text {"text":"a tour","agent":"guide"}"#,
                ] || Self.saysInOne(events, "Welcome. You asked: a tour"), "\(events)")

            let described = try host.client.get("/api/v1/agents").json()["agents"]?.array?
                .first { $0["id"]?.string == "guide" }
            #expect(described?["summary"]?.string == "Shows visitors around the museum of the ABI.")
            #expect(
                described?["capabilities"]?.text == """
                    [{"id":"tour","description":"Gives a tour of the exhibits.","examples":["What is there to see in the \
                    museum?"]}]
                    """)
            // The host chooses it by the keywords that it gave.
            let chosen = try host.client.post("/api/v1/orchestrate", ["input": "which exhibit is the oldest"])
            let why = try chosen.json()["agents"]?[0]
            #expect(why?["id"]?.string == "guide" && why?["why"]?.string?.contains("exhibit") == true, "\(chosen.text)")
        }
    }

    /// Two texts that come at once may go out in one event.
    private static func saysInOne(_ events: [ServerSentEvent], _ text: String) -> Bool {
        events.filter { $0.event == "text" }.compactMap { try? $0.json()["text"]?.string }.joined() == text
            && events.prefix(5).map(\.event) == ["agent_started", "progress", "finding", "artifact", "question"]
    }

    @Test(
        "is a provider: whole answers, streams, tool calls, vectors and a refusal arrive as it said them",
        arguments: Museum.releases, BothModes.isolations)
    func provider(release: String, isolation: String) throws {
        try Museum.serving(release, isolation) { host in
            let whole = try host.client.complete("good day to you", model: "museum")
            #expect(try Asking.content(whole) == "You said: good day to you")
            #expect(try whole.json()["choices"]?[0]?["finish_reason"]?.string == "stop")
            #expect(
                try whole.json()["usage"]?.text == #"{"prompt_tokens":7,"completion_tokens":5,"total_tokens":12}"#)

            let events = try host.client.streamCompletion("good day", model: "museum", usage: true).events()
            #expect(try Asking.content(events) == "You said: good day")
            #expect(events.last?.data == "[DONE]")
            #expect(
                try events.dropLast().last?.json()["usage"]?.text
                    == #"{"prompt_tokens":7,"completion_tokens":3,"total_tokens":10}"#)

            let tool: JSON = ["type": "function", "function": ["name": "look", "parameters": ["type": "object"]]]
            let asked: JSON = [
                "model": "museum", "messages": [["role": "user", "content": "look around"]], "tools": [tool],
            ]
            let call = try host.client.post("/v1/chat/completions", asked).json()["choices"]?[0]
            #expect(call?["finish_reason"]?.string == "tool_calls")
            #expect(
                call?["message"]?["tool_calls"]?.text == """
                    [{"id":"museum-call-1","type":"function","function":{"name":"look","arguments":"{\\"room\\":3}"}}]
                    """)

            let vectors = try host.client.post("/v1/embeddings", ["model": "museum", "input": ["abc", "Zz"]]).json()
            #expect(
                vectors["data"]?.array?.map { $0["embedding"]?.text ?? "" } == ["[3.0,97.0,1.0]", "[2.0,90.0,1.0]"])
            #expect(vectors["usage"]?["prompt_tokens"]?.int == 2)

            // Last, since an upstream that limits the rate is left alone for a while.
            let refusal = try host.client.complete("limit", model: "museum")
            #expect(refusal.status == 429)
            #expect(refusal.headers["retry-after"] == "2")
            #expect(try refusal.json()["error"]?["code"]?.string == "rate_limit_exceeded")
        }
    }

    @Test(
        "waits where the host takes no more, and loses nothing", arguments: Museum.releases, BothModes.isolations)
    func backPressure(release: String, isolation: String) throws {
        let count = 20_000
        try Museum.serving(release, isolation, validators: false) { host in
            let events = try host.client.streamCompletion("flood \(count)", model: "museum", usage: true).events()
            #expect(try Asking.content(events) == (0..<count).map { "\($0) " }.joined())
            #expect(try events.dropLast().last?.json()["usage"]?["completion_tokens"]?.int == count)
        }
    }

    @Test("hears that nobody waits any more", arguments: Museum.releases, BothModes.isolations)
    func cancelled(release: String, isolation: String) throws {
        try Museum.serving(release, isolation) { host in
            let stream = try host.client.stream("/api/v1/agents/guide/invoke", ["input": "wait", "stream": true])
            #expect(try stream.event()?.event == "agent_started")
            stream.leave()
            _ = try host.eventually("the guide's call to be counted as cancelled") {
                try host.samples("jackfield.plugin.calls").first { sample in
                    sample["labels"]?["plugin"]?.string == "guide" && sample["labels"]?["code"]?.string == "cancelled"
                }
            }
            #expect(try host.client.invoke("guide", "still there?").status == 200)
        }
    }

    @Test(
        "is a validator: blocks, flags and takes out words, whole and in a stream",
        arguments: Museum.releases, BothModes.isolations)
    func validator(release: String, isolation: String) throws {
        try Museum.serving(release, isolation) { host in
            let redacted = try host.client.complete("my secret:abc is odd", model: "museum")
            #expect(try Asking.content(redacted) == "You said: my secret:[kept] is odd")
            let stream = try host.client.streamCompletion("my secret:abc is here", model: "museum").events()
            #expect(try Asking.content(stream) == "You said: my secret:[kept] is here")
            let found = try host.samples("jackfield.validator.findings").map { $0["labels"] ?? [:] }
            for (rule, action) in [("museum.odd", "flag"), ("museum.secret", "redact")] {
                #expect(found.contains { $0["rule"]?.string == rule && $0["action"]?.string == action }, "\(found)")
            }

            let blocked = try host.client.complete("say forbidden things", model: "museum")
            #expect(blocked.status == 400)
            #expect(
                blocked.text == """
                    {"error":{"message":"The request was refused by the validator guard (museum.forbidden).",\
                    "type":"content_policy","param":null,"code":"content_filter"}}
                    """)
        }
    }

    @Test("is an exporter: what it wrote is what is scraped", arguments: Museum.releases, BothModes.isolations)
    func exporter(release: String, isolation: String) throws {
        try Museum.serving(release, isolation) { host in
            _ = try host.client.complete("good day", model: "museum")
            let page = try host.client.get("/api/v1/metrics/prometheus")
            #expect(page.status == 200)
            #expect(page.headers["content-type"] == "text/plain; charset=utf-8; clerk=museum")
            let lines = page.text.split(separator: "\n")
            #expect(lines.first == "the clerk counts in time")
            #expect(
                lines.contains { $0.hasPrefix("http.server.request.duration histogram [s] ") && $0.hasSuffix(" whole") }
            )
            #expect(
                lines.contains("jackfield.upstream.attempts counter [{attempt}] 1 outcome=ok upstream=scribe/museum-1"))
            #expect(lines.contains("http.server.active_requests gauge [{request}] 1"))
            #expect(!page.text.contains("cut off") && !page.text.contains("something new"))
        }
    }

    @Test("compiles from its source today as it did then", arguments: Museum.releases)
    func sources(release: String) throws {
        let folder = try TemporaryFolder("jackfield-museum")
        try Museum.build(release, into: folder.path)
    }
}

extension HostProcess {
    /// What the host has counted under this name.
    fileprivate func samples(_ metric: String) throws -> [JSON] {
        let families = try client.get("/api/v1/metrics").json()["metrics"]?.array ?? []
        return families.first { $0["name"]?.string == metric }?["samples"]?.array ?? []
    }
}
