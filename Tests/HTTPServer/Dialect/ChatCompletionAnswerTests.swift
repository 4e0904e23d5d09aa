import HTTPServer
import JackfieldJSON
import JackfieldVocabulary
import Testing

@Suite("A whole answer is written")
struct ChatCompletionAnswerTests {
    private func encode(_ events: [LLM.Event], extra: String? = nil) -> String {
        var answer = ChatCompletionAnswer()
        for event in events { answer.add(event) }
        return text(
            ChatCompletionEncoder.encode(
                answer, id: ChatCompletionStream.id, created: 1_700_000_000, model: "default",
                result: LLM.CompletionResult(id: "upstream-id", model: "upstream-model", extra: extra)))
    }

    private static let head =
        #"{"id":"chatcmpl-0123456789abcdef0123456789abcdef","object":"chat.completion","created":1700000000,"model":"default","choices":["#

    @Test("of one text, with usage and the provider's extra fields")
    func oneText() {
        let usage = LLM.Usage(promptTokens: 11, completionTokens: 7, cachedTokens: 3, reasoningTokens: 2)
        let answer = encode(
            [.text("All is \"well\""), .text(".\n"), .stop("stop"), .usage(usage)],
            extra: #"{"system_fingerprint":"fp_1","id":"theirs","usage":7,"service_tier":"default"}"#)
        #expect(
            answer == Self.head
                + #"{"index":0,"message":{"role":"assistant","content":"All is \"well\".\n","refusal":null},"logprobs":null,"finish_reason":"stop"}],"#
                + #""usage":{"prompt_tokens":11,"completion_tokens":7,"total_tokens":18,"prompt_tokens_details":{"cached_tokens":3},"completion_tokens_details":{"reasoning_tokens":2}},"#
                + #""system_fingerprint":"fp_1","service_tier":"default"}"#)
    }

    @Test("of tool calls that came in pieces, and content null beside them")
    func calls() {
        let answer = encode([
            .text("thinking", kind: .reasoning),
            .toolCall(index: 0, id: "c0", name: "weather", arguments: "{\"city\":"),
            .toolCall(index: 1, id: nil, name: "time", arguments: ""),
            .toolCall(index: 0, id: nil, name: nil, arguments: "\"Brno\"}"),
        ])
        #expect(
            answer == Self.head
                + #"{"index":0,"message":{"role":"assistant","content":null,"refusal":null,"reasoning_content":"thinking","tool_calls":["#
                + #"{"id":"c0","type":"function","function":{"name":"weather","arguments":"{\"city\":\"Brno\"}"}},"#
                + #"{"id":"call_0123456789abcdef0123456789abcdef_0_1","type":"function","function":{"name":"time","arguments":""}}]},"#
                + #""logprobs":null,"finish_reason":"tool_calls"}]}"#)
    }

    @Test("of several choices in order, with a refusal and log probabilities")
    func choices() throws {
        let answer = encode([
            .text("", kind: .content, choice: 1), .text("second", choice: 1), .text("No.", kind: .refusal, choice: 0),
            .logprobs(#"{"content":[{"token":"a","logprob":-0.10}],"refusal":null}"#, choice: 1),
            .logprobs(#"{"content":[{"token":"b","logprob":-1}]}"#, choice: 1), .logprobs("rubbish", choice: 1),
            .stop("length", choice: 1), .stop("content_filter", choice: 0),
        ])
        #expect(
            answer == Self.head
                + #"{"index":0,"message":{"role":"assistant","content":null,"refusal":"No."},"logprobs":null,"finish_reason":"content_filter"},"#
                + #"{"index":1,"message":{"role":"assistant","content":"second","refusal":null},"#
                + #""logprobs":{"content":[{"token":"a","logprob":-0.10},{"token":"b","logprob":-1}],"refusal":null},"finish_reason":"length"}]}"#
        )
    }

    @Test("of nothing, and with what a provider must not break it with")
    func nothing() throws {
        let answer = encode([], extra: #"}, "choices": ["#)
        #expect(
            answer == Self.head
                + #"{"index":0,"message":{"role":"assistant","content":"","refusal":null},"logprobs":null,"finish_reason":"stop"}]}"#
        )
        let many = (0..<10_000).map { LLM.Event.text("x", choice: UInt32($0)) }
        #expect(try JSON(parsing: encode(many))["choices"]?.array?.count == 128)
    }

    @Test("with ids that differ and have their form")
    func ids() {
        let ids = Set((0..<1000).map { _ in ChatCompletionID.make() })
        #expect(ids.count == 1000)
        for id in ids {
            #expect(id.hasPrefix("chatcmpl-") && id.utf8.count == 41)
            #expect(id.dropFirst(9).allSatisfy { $0.isHexDigit && !$0.isUppercase })
        }
    }
}
