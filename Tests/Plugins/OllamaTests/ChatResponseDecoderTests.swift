import JackfieldPlugin
import JackfieldVocabulary
import Testing

@testable import Ollama

private func decode(_ json: String) throws -> (events: [LLM.Event], result: LLM.CompletionResult) {
    let request = LLM.CompletionRequest(model: "m", messages: [LLM.Message(role: "user", text: "x")])
    return try ChatResponseDecoder.decode(Array(json.utf8), for: request, makeID: counting())
}

struct ChatResponseDecoderTests {
    @Test func readsAnAnswerWithEverything() throws {
        let (events, result) = try decode(
            """
            {
              "model": "llama3.2", "created_at": "2024-07-22T20:33:28.123648Z",
              "message": {"role": "assistant", "content": "On it.", "thinking": "hm",
                          "tool_calls": [{"function": {"name": "f", "arguments": {"a": [1]}}}]},
              "done_reason": "stop", "done": true, "load_duration": 3753500, "prompt_eval_count": 122, "eval_count": 33
            }
            """)
        #expect(
            events == [
                .text("hm", kind: .reasoning), .text("On it."),
                .toolCall(index: 0, id: "id1", name: "f", arguments: #"{"a":[1]}"#), .stop("tool_calls"),
                .usage(LLM.Usage(promptTokens: 122, completionTokens: 33)),
            ])
        #expect(result == LLM.CompletionResult(model: "llama3.2", extra: #"{"load_duration":3753500}"#))
    }

    @Test(arguments: [
        ("", "the upstream's answer is empty"), (" \n", "the upstream's answer is empty"),
        ("<html></html>", "the upstream answered with a page of HTML instead of a chat; see base_url"),
        ("{", "the upstream's answer is not JSON: "), ("[]", "the upstream's answer holds an array"),
        (#"{"choices":[]}"#, "the upstream's answer is not one of /api/chat"),
        (#"{"message":{"content":"a"},"done":false}"#, "the upstream's answer is not complete"),
        (#"{"message":"a","done":true}"#, "the upstream's message is a string"),
    ])
    func refusesRubbishWithASentence(_ body: String, _ start: String) {
        let error = #expect(throws: UpstreamError.self) { try decode(body) }
        #expect(error?.code == .unavailable)
        #expect(error?.retry == true)
        #expect(error?.explanation.hasPrefix(start) == true, "\(error?.explanation ?? "")")
    }

    @Test func findsAnErrorInAnAnswerThatClaimsToBeOne() {
        let error = #expect(throws: UpstreamError.self) {
            try decode(#"{"error":"model runner has unexpectedly stopped"}"#)
        }
        #expect(error?.code == .unavailable)
        #expect(error?.detail == "model runner has unexpectedly stopped")
    }
}
