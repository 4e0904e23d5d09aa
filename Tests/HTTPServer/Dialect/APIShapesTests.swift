import HTTPServer
import JackfieldJSON
import JackfieldVocabulary
import NIOCore
import Testing

@testable import Orchestration

@Suite("The shapes of /api")
struct APIShapesTests {
    private func decode(_ text: String, agent: String? = nil) throws(ProblemDetails) -> OrchestrateRequest {
        try OrchestrateRequest.decode(ByteBuffer(string: text), agent: agent)
    }

    private func errors(_ text: String, agent: String? = nil) -> [String] {
        do throws(ProblemDetails) {
            _ = try decode(text, agent: agent)
            return []
        } catch {
            #expect(error.status == 400 && error.label == "invalid_argument")
            return error.errors.map(\.path)
        }
    }

    @Test("a question is read in full, and from as little as its input")
    func request() throws {
        let full = try decode(
            #"{"input":"Is it well?","session":"s-1","agents":["a","b"],"model":"default","context":{"x":[1.50]},"stream":true}"#
        )
        #expect(full.stream)
        #expect(
            full.request.input == "Is it well?" && full.request.session == "s-1" && full.request.agents == ["a", "b"])
        #expect(full.request.model == "default" && full.request.context == #"{"x":[1.50]}"#)
        let least = try decode(#"{"input":"x","session":null,"agents":null,"model":null,"context":null,"stream":null}"#)
        #expect(
            !least.stream && least.request.agents == nil && least.request.session == nil && least.request.context == nil
        )
        #expect(try decode(#"{"input":"x"}"#, agent: "system").request.agents == ["system"])
    }

    @Test("everything that is wrong is told at once")
    func refused() {
        #expect(
            errors(
                #"{"input":" \n","session":7,"agents":["a",7,"","a"],"model":"","context":[],"stream":"yes","inptu":1}"#
            )
                == ["input", "session", "agents[1]", "agents[2]", "agents[3]", "model", "context", "stream", "inptu"])
        #expect(errors("{}") == ["input"])
        #expect(errors(#"{"input":7}"#) == ["input"])
        #expect(errors(#"{"input":"x","agents":[]}"#) == ["agents"])
        #expect(errors(#"{"input":"x","agents":["a"]}"#, agent: "system") == ["agents"])
        #expect(errors(#"{"input":"x","session":"\#(String(repeating: "s", count: 129))"}"#) == ["session"])
        for body in ["", "{", "[]", "7"] { #expect(errors(body) == [""]) }
        let many = (0..<1000).map { "\"k\($0)\":0" }.joined(separator: ",")
        #expect(errors("{\"input\":\"x\",\(many)}").count == 8)
    }

    private static let finding = Agent.Finding(
        id: "cpu.busy", severity: .warning, title: "The processor is busy.", value: 93.25, threshold: 90, unit: "%",
        source: "/proc/stat", detail: #"{"cores": 4}"#)

    private static let answer = OrchestrationAnswer(
        text: "It is \"busy\".",
        findings: [
            ("system", finding), ("system", Agent.Finding(id: "x", severity: .ok, title: "Fine.", detail: "}rubbish")),
        ],
        artifacts: [
            ("system", "a.txt", "text/plain", Array("hi".utf8)), ("system", "b.png", "image/png", [0x89, 0x50]),
        ],
        questions: [("system", "q1", "Which disk?", ["sda", "sdb"])],
        runs: [
            AgentRun(id: "system", why: "named \"machine\"", status: .completed, duration: 1_234_567_890, error: nil),
            AgentRun(
                id: "bad", why: "asked for", status: .failed, duration: 999, error: CallError(.internal, "/secret/path")
            ),
        ],
        upstream: nil, consulted: false, usage: LLM.Usage(promptTokens: 3, completionTokens: 4),
        notes: ["No language model was asked."])

    @Test("an answer is written with all its members")
    func encoded() {
        #expect(
            text(APIShapes.encode(answer: Self.answer, session: "s-1", requestID: "r-1"))
                == #"{"answer":"It is \"busy\".","findings":[{"id":"cpu.busy","severity":"warning","title":"The processor is busy.","value":93.25,"threshold":90,"unit":"%","source":"/proc/stat","agent":"system","detail":{"cores":4}},"#
                + #"{"id":"x","severity":"ok","title":"Fine.","value":null,"threshold":null,"unit":null,"source":null,"agent":"system"}],"#
                + #""artifacts":[{"name":"a.txt","media_type":"text/plain","text":"hi","agent":"system"},{"name":"b.png","media_type":"image/png","base64":"iVA=","agent":"system"}],"#
                + #""questions":[{"id":"q1","text":"Which disk?","options":["sda","sdb"],"agent":"system"}],"#
                + #""agents":[{"id":"system","why":"named \"machine\"","status":"completed","duration_ms":1234.567},"#
                + #"{"id":"bad","why":"asked for","status":"failed","duration_ms":0,"error":{"code":"internal","message":"The plugin bad failed. The host's log tells more under the request id r-1."}}],"#
                + #""model":{"upstream":null,"consulted":false},"usage":{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7},"#
                + #""notes":["No language model was asked."],"session":"s-1","request_id":"r-1"}"#)
    }

    @Test("a stream is events named for what they carry, and its last one is the whole answer")
    func streamed() throws {
        var buffer = ByteBuffer()
        let events: [OrchestrationEvent] = [
            .agentStarted(id: "system", why: "fits"), .text(agent: "system", "a\n\"b\""),
            .progress(agent: "system", fraction: 0.5, message: "half"),
            .progress(agent: "system", fraction: nil, message: "?"),
            .question(agent: "system", id: "q", text: "t", options: []),
            .agentFinished(AgentRun(id: "system", why: "fits", status: .completed, duration: 2_000_000, error: nil)),
        ]
        for event in events { APIEventStream.append(event, requestID: "r-1", to: &buffer) }
        let expected = [
            ("agent_started", #"{"id":"system","why":"fits"}"#), ("text", #"{"text":"a\n\"b\"","agent":"system"}"#),
            ("progress", #"{"fraction":0.5,"message":"half","agent":"system"}"#),
            ("progress", #"{"fraction":null,"message":"?","agent":"system"}"#),
            ("question", #"{"id":"q","text":"t","options":[],"agent":"system"}"#),
            ("agent_finished", #"{"id":"system","why":"fits","status":"completed","duration_ms":2}"#),
        ]
        #expect(buffer.text == expected.map { "event: \($0)\ndata: \($1)\n\n" }.joined())

        buffer.clear()
        APIEventStream.append(.finding(agent: "system", Self.finding), requestID: "r-1", to: &buffer)
        APIEventStream.append(
            .artifact(agent: "a", name: "n", mediaType: "application/json", data: [0x7b, 0x7d]), requestID: "r",
            to: &buffer)
        APIEventStream.append(answer: Self.answer, session: nil, requestID: "r-1", to: &buffer)
        APIEventStream.append(
            .invalid([ProblemDetails.FieldError(path: "", message: "m")]), requestID: "r-1", to: &buffer)
        #expect(
            buffer.text.split(separator: "\n").filter { $0.hasPrefix("event: ") }.map { $0.dropFirst(7) } == [
                "finding", "artifact", "answer", "error",
            ])
        let data = try buffer.events.map { try JSON(parsing: $0) }
        #expect(data[0]["id"]?.string == "cpu.busy" && data[1]["text"]?.string == "{}")
        #expect(data[2]["request_id"]?.string == "r-1" && data[2]["session"] == .null && data[3]["status"]?.int == 400)
    }
}
