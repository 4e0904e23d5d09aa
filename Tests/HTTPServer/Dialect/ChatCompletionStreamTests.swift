import HTTPServer
import JackfieldJSON
import JackfieldVocabulary
import NIOCore
import Testing

@Suite("A streamed answer is written")
struct ChatCompletionStreamTests {
    private static let head =
        #"{"id":"chatcmpl-0123456789abcdef0123456789abcdef","object":"chat.completion.chunk","created":1700000000,"model":"default","choices":["#
    private static func chunk(_ delta: String, choice: Int = 0, finish: String = "null", usage: Bool = false) -> String
    {
        head + #"{"index":\#(choice),"delta":\#(delta),"logprobs":null,"finish_reason":\#(finish)}]"#
            + (usage ? #","usage":null}"# : "}")
    }

    @Test("as chunks of one id, with the role first, a reason last and [DONE]")
    func text() {
        var stream = ChatCompletionStream.fixed()
        var buffer = ByteBuffer()
        for event: LLM.Event in [
            .text("one"), .text(" \"two\"\n\u{1}\u{1F600}"), .usage(LLM.Usage(promptTokens: 1)), .stop("stop"),
            .stop("length"),
        ] { stream.append(event, to: &buffer) }
        stream.finish(LLM.CompletionResult(), to: &buffer)
        let expected = [
            Self.chunk(#"{"role":"assistant","content":"one"}"#),
            Self.chunk(#"{"content":" \"two\"\n\u0001😀"}"#), Self.chunk("{}", finish: "\"stop\""), "[DONE]",
        ]
        #expect(buffer.text == expected.map { "data: \($0)\n\n" }.joined())
        #expect(stream.usage == LLM.Usage(promptTokens: 1), "kept for the host, though the client did not ask")
    }

    @Test("with the usage in a chunk of its own where it was asked for, and null before")
    func usage() {
        var stream = ChatCompletionStream.fixed(includeUsage: true)
        var buffer = ByteBuffer()
        stream.append(.text("one"), to: &buffer)
        stream.append(.text(" two"), to: &buffer)
        stream.append(.usage(LLM.Usage(promptTokens: 11, completionTokens: 2)), to: &buffer)
        stream.finish(LLM.CompletionResult(extra: #"{"system_fingerprint":"fp","choices":7}"#), to: &buffer)
        #expect(
            buffer.events == [
                Self.chunk(#"{"role":"assistant","content":"one"}"#, usage: true),
                Self.chunk(#"{"content":" two"}"#, usage: true), Self.chunk("{}", finish: "\"stop\"", usage: true),
                Self.head
                    + #"],"usage":{"prompt_tokens":11,"completion_tokens":2,"total_tokens":13},"system_fingerprint":"fp"}"#,
                "[DONE]",
            ])
    }

    @Test("of tool calls, each named once")
    func calls() {
        var stream = ChatCompletionStream.fixed()
        let events = stream.events(
            .toolCall(index: 0, id: "c\"0", name: "weather", arguments: ""),
            .toolCall(index: 0, id: nil, name: nil, arguments: #"{"a"#),
            .toolCall(index: 1, id: nil, name: "time", arguments: "{}"))
        #expect(
            events == [
                Self.chunk(
                    #"{"role":"assistant","content":null,"tool_calls":[{"index":0,"id":"c\"0","type":"function","function":{"name":"weather","arguments":""}}]}"#
                ),
                Self.chunk(#"{"tool_calls":[{"index":0,"function":{"arguments":"{\"a"}}]}"#),
                Self.chunk(
                    #"{"tool_calls":[{"index":1,"id":"call_0123456789abcdef0123456789abcdef_0_1","type":"function","function":{"name":"time","arguments":"{}"}}]}"#
                ),
            ])
        var buffer = ByteBuffer()
        stream.finish(LLM.CompletionResult(), to: &buffer)
        #expect(buffer.events == [Self.chunk("{}", finish: "\"tool_calls\""), "[DONE]"])
    }

    @Test("of several choices, of reasoning, a refusal and log probabilities")
    func kinds() {
        var stream = ChatCompletionStream.fixed()
        let events = stream.events(
            .text("hm", kind: .reasoning), .text("yes"), .text("no", kind: .refusal, choice: 1), .text("x", choice: 1),
            .logprobs(#"{"content": [{"token": "x", "logprob": -0.50}]}"#, choice: 1), .logprobs("}rubbish", choice: 1),
            .stop("content_filter", choice: 1), .stop("length", choice: 2))
        #expect(
            events == [
                Self.chunk(#"{"role":"assistant","reasoning_content":"hm"}"#), Self.chunk(#"{"content":"yes"}"#),
                Self.chunk(#"{"role":"assistant","refusal":"no"}"#, choice: 1),
                Self.chunk(#"{"content":"x"}"#, choice: 1),
                Self.head
                    + #"{"index":1,"delta":{},"logprobs":{"content":[{"token":"x","logprob":-0.50}]},"finish_reason":null}]}"#,
                Self.chunk("{}", choice: 1, finish: "\"content_filter\""),
                Self.chunk(#"{"role":"assistant"}"#, choice: 2, finish: "\"length\""),
            ])
        var buffer = ByteBuffer()
        stream.finish(LLM.CompletionResult(), to: &buffer)
        #expect(buffer.events == [Self.chunk("{}", finish: "\"stop\""), "[DONE]"], "the one choice that had not ended")
    }

    @Test("of nothing still has a choice and an end")
    func nothing() {
        var stream = ChatCompletionStream.fixed()
        var buffer = ByteBuffer()
        stream.finish(LLM.CompletionResult(), to: &buffer)
        #expect(buffer.events == [Self.chunk(#"{"role":"assistant"}"#, finish: "\"stop\""), "[DONE]"])
    }

    @Test("and broken off with an error as the last line")
    func failure() {
        var buffer = ByteBuffer()
        let error = DialectError(CallError(.unavailable, "10.0.0.7 reset"), origin: .upstream("up/m"), requestID: "r-1")
        error.appendEvent(to: &buffer)
        #expect(
            buffer.text
                == #"data: {"error":{"message":"The upstream up/m could not be reached, or did not answer as it should. The host's log tells more under the request id r-1.","type":"upstream_error","param":null,"code":"upstream_unavailable"}}"#
                + "\n\n")
    }

    @Test("as the same text that a whole answer holds, in whatever pieces it comes")
    func sameAsWhole() throws {
        let pieces = ["", "a\"b", "\\", "\u{7F}\u{0}", "\t\r\n", "žluťoučký 🐎", "</script>"]
        var stream = ChatCompletionStream.fixed()
        var answer = ChatCompletionAnswer()
        var buffer = ByteBuffer()
        for piece in pieces {
            stream.append(.text(piece), to: &buffer)
            answer.add(.text(piece))
        }
        let streamed = try buffer.events.map {
            try JSON(parsing: $0)["choices"]?[0]?["delta"]?["content"]?.string ?? ""
        }.joined()
        let whole = ChatCompletionEncoder.encode(
            answer, id: "i", created: 0, model: "m", result: LLM.CompletionResult())
        #expect(streamed == pieces.joined())
        #expect(try JSON(parsing: whole)["choices"]?[0]?["message"]?["content"]?.string == pieces.joined())
    }
}
