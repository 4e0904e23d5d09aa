import JackfieldJSON
import JackfieldVocabulary
import Testing

@testable import Orchestration

@Suite("What a model said in one turn")
struct ModelTurnTests {
    private func turn(_ events: [LLM.Event]) throws -> (turn: ModelTurn, passed: [LLM.Event]) {
        var turn = ModelTurn()
        var passed: [LLM.Event] = []
        for event in events where try turn.see(event) { passed.append(event) }
        return (turn, passed)
    }

    @Test("text goes on at once; calls, stop and usage are kept")
    func passes() throws {
        let text: [LLM.Event] = [.text("Hm, ", kind: .reasoning), .text("let me "), .text("see"), .logprobs("[]")]
        let kept: [LLM.Event] = [
            .toolCall(index: 0, id: "c", name: "f", arguments: "{}"), .stop("tool_calls"),
            .usage(LLM.Usage(promptTokens: 1)), .usage(LLM.Usage(promptTokens: 2)), .extra(#"{"a":1}"#),
        ]
        let (turn, passed) = try turn(text + kept)
        #expect(passed == text)
        #expect(turn.stop == "tool_calls" && turn.usage?.promptTokens == 2)
        #expect(turn.extras == [.extra(#"{"a":1}"#)])
    }

    @Test("pieces of calls are joined by their index, in any order")
    func joins() throws {
        let (turn, _) = try turn([
            .toolCall(index: 1, id: "b", name: "second", arguments: ""),
            .toolCall(index: 0, id: "a", name: "first", arguments: #"{"x""#),
            .toolCall(index: 1, id: nil, name: nil, arguments: "  "),
            .toolCall(index: 0, id: nil, name: nil, arguments: ":1}"),
        ])
        #expect(
            turn.toolCalls(round: 1) == [
                LLM.ToolCall(id: "a", name: "first", arguments: #"{"x":1}"#),
                LLM.ToolCall(id: "b", name: "second", arguments: "{}"),
            ])
    }

    @Test("a call without an id gets one that no other round has")
    func names() throws {
        let (turn, _) = try turn([.toolCall(index: 3, id: nil, name: "f", arguments: "{}")])
        #expect(turn.toolCalls(round: 1)[0].id == "call_1_3")
        #expect(turn.toolCalls(round: 2)[0].id == "call_2_3")
    }

    @Test("becomes a message with its thoughts and the members that its upstream wants back")
    func message() throws {
        let (turn, _) = try turn([
            .text("I think", kind: .reasoning), .text("Let me see."),
            .toolCall(index: 0, id: "a", name: "f", arguments: "{}"),
            .extra(#"{"thinking_blocks":[{"signature":"s"}],"tool_calls":[{"index":0,"extra_content":{"k":1}}]}"#),
        ])
        let calls = turn.toolCalls(round: 1)
        #expect(calls[0].extra == #"{"extra_content":{"k":1}}"#)
        let message = turn.message(calls)
        #expect(message.role == "assistant" && message.text == "Let me see." && message.reasoning == "I think")
        #expect(message.calls == calls)
        #expect(message.extra == #"{"thinking_blocks":[{"signature":"s"}]}"#)
        #expect(ModelTurn().message([]).parts.isEmpty)
    }

    @Test("a provider that says that it ran a tool is not believed")
    func forged() throws {
        let run = LLM.ToolRun(id: "a", name: "x/y", arguments: "{}", content: "1", round: 1, duration: 0)
        #expect(try turn([.toolRun(run)]).passed.isEmpty)
    }

    @Test("calls that are longer than anybody needs end it")
    func bound() {
        let piece = LLM.Event.toolCall(
            index: 0, id: nil, name: nil, arguments: String(repeating: "x", count: 1 << 20))
        let error = #expect(throws: CallError.self) { try turn(Array(repeating: piece, count: 5)) }
        #expect(error?.code == .exhausted)
    }
}
