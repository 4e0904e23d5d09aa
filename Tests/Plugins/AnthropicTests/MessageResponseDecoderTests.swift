import JackfieldPlugin
import JackfieldVocabulary
import Testing

@testable import Anthropic

private func decode(_ body: String) throws -> Outcome {
    let (events, result) = try MessageResponseDecoder.decode(Array(body.utf8), promptBytes: 40)
    return Outcome(events: events, failure: nil, result: result)
}

private func message(_ content: String, more: String = "") -> String {
    #"{"id":"msg_1","type":"message","role":"assistant","model":"claude-x","content":\#(content),"#
        + #""stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":3,"output_tokens":4}\#(more)}"#
}

struct MessageResponseDecoderTests {
    @Test func readsAWholeMessage() throws {
        let outcome = try decode(
            message(
                #"[{"type":"thinking","thinking":"Hm.","signature":"s"},{"type":"text","text":"One, "},"#
                    + #"{"type":"text","text":"two."},{"type":"tool_use","id":"a","name":"f","input":{"x":[1, 2]}},"#
                    + #"{"type":"tool_use","id":"b","name":"g","input":{}},{"type":"next_new_block"}]"#,
                more: #","context_management":{"applied_edits":[]},"next_new_member":1"#))
        #expect(
            outcome.events == [
                .text("Hm.", kind: .reasoning), .text("One, two."),
                .toolCall(index: 0, id: "a", name: "f", arguments: ""),
                .toolCall(index: 0, id: nil, name: nil, arguments: #"{"x":[1, 2]}"#),
                .toolCall(index: 1, id: "b", name: "g", arguments: ""),
                .toolCall(index: 1, id: nil, name: nil, arguments: "{}"),
                .extra(#"{"thinking_blocks":[{"type":"thinking","thinking":"Hm.","signature":"s"}]}"#),
                .stop("tool_calls"), .usage(LLM.Usage(promptTokens: 3, completionTokens: 4)),
            ])
        #expect(
            outcome.result
                == LLM.CompletionResult(
                    id: "msg_1", model: "claude-x", extra: #"{"context_management":{"applied_edits":[]}}"#))
    }

    @Test func tellsWhichStopSequenceEndedIt() throws {
        let body = message(#"[{"type":"text","text":"a"}]"#).replacing(
            #""end_turn","stop_sequence":null"#, with: #""stop_sequence","stop_sequence":"END""#)
        let outcome = try decode(body)
        #expect(outcome.stops == ["stop"])
        #expect(outcome.result.extra == #"{"stop_sequence":"END"}"#)
    }

    @Test func takesAnEmptyAnswerForOne() throws {
        #expect(try decode(message("[]")).stops == ["stop"])
    }

    @Test func findsAnErrorInThePlaceOfAMessage() {
        let body = #"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#
        #expect {
            try decode(body)
        } throws: { error in
            let error = error as? UpstreamError
            return error?.code == .unavailable && error?.detail == "Overloaded"
        }
    }

    @Test(arguments: ["", "  ", "<html>", "{}", "[]", "{\"content\":", #"{"choices":[{"message":{}}]}"#, "null", "7 8"])
    func callsRubbishRubbish(_ body: String) {
        #expect {
            try decode(body)
        } throws: { error in
            (error as? UpstreamError)?.code == .unavailable && (error as? UpstreamError)?.retry == true
        }
    }
}
