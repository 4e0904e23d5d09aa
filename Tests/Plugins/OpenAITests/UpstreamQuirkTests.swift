import JackfieldPlugin
import JackfieldVocabulary
import Testing

@testable import OpenAI

private func decode(_ chunks: String...) -> (events: [LLM.Event], failure: UpstreamError?, extra: String?) {
    var decoder = ChatStreamDecoder(limit: 1 << 20)
    var events: [LLM.Event] = []
    for chunk in chunks { events += decoder.decode(Array("data: \(chunk)\n\n".utf8)) }
    if decoder.failure == nil { events += decoder.finish(promptBytes: 0) }
    return (events, decoder.failure, decoder.result.extra)
}

/// What servers that claim to speak OpenAI's dialect are known to send.
struct UpstreamQuirkTests {
    /// Azure OpenAI, "Content filtering": a first chunk without choices, results of the filter in every choice, and with
    /// the asynchronous filter chunks without a delta.
    @Test func readsAStreamOfAzure() {
        let filter = #""content_filter_results":{"hate":{"filtered":false,"severity":"safe"}}"#
        let (events, failure, extra) = decode(
            #"{"choices":[],"created":0,"id":"","model":"","object":"","prompt_filter_results":[{"prompt_index":0,\#(filter)}]}"#,
            #"{"choices":[{\#(filter),"delta":{"content":"","refusal":null,"role":"assistant"},"finish_reason":null,"index":0,"logprobs":null}],"id":"c","usage":null}"#,
            #"{"choices":[{\#(filter),"delta":{"content":"a"},"finish_reason":null,"index":0}],"usage":null}"#,
            #"{"choices":[{"content_filter_offsets":{"check_offset":0},\#(filter),"finish_reason":null,"index":0}],"id":""}"#,
            #"{"choices":[{"delta":{},"finish_reason":"content_filter","index":0}]}"#,
            #"{"choices":[],"usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}"#)
        #expect(failure == nil)
        #expect(
            events == [
                .text("a"), .stop("content_filter"), .usage(LLM.Usage(promptTokens: 1, completionTokens: 2)),
            ])
        #expect(extra?.contains("prompt_filter_results") == true)
    }

    @Test func readsTheTokensThatWereWrittenToACache() {
        let usage =
            #"{"prompt_tokens":100,"completion_tokens":2,"prompt_tokens_details":{"cached_tokens":40,"cache_write_tokens":50}}"#
        let events = decode(#"{"choices":[{"delta":{"content":"a"},"finish_reason":"stop"}],"usage":\#(usage)}"#).events
        #expect(
            events.last
                == .usage(
                    LLM.Usage(promptTokens: 100, completionTokens: 2, cachedTokens: 40, cacheWriteTokens: 50)))
    }

    @Test(arguments: [
        ("STOP", "stop"), ("MAX_TOKENS", "length"), ("max_output_tokens", "length"), ("SAFETY", "content_filter"),
        ("RECITATION", "content_filter"), ("end_turn", "stop"),
    ])
    func readsReasonsInOtherWords(_ theirs: String, _ ours: String) {
        let events = decode(#"{"choices":[{"delta":{"content":"a"},"finish_reason":"\#(theirs)"}]}"#).events
        #expect(events.contains(.stop(ours)))
    }

    /// OpenAI says "stop" after a call that `tool_choice` forced; a reason of somebody's own says nothing about calls.
    @Test func leavesAPlainStopAlone() {
        let call = #""tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}}]"#
        #expect(decode(#"{"choices":[{"delta":{\#(call)},"finish_reason":"stop"}]}"#).events.contains(.stop("stop")))
        #expect(
            decode(#"{"choices":[{"delta":{\#(call)},"finish_reason":"eos"}]}"#).events.contains(.stop("tool_calls")))
    }

    /// DeepSeek, "Create chat completion": the answer was broken off, not ended.
    @Test(arguments: ["insufficient_system_resource", "error", "MALFORMED_FUNCTION_CALL"])
    func takesSomeReasonsForAFailure(_ reason: String) {
        let (events, failure, _) = decode(#"{"choices":[{"delta":{"content":"a"},"finish_reason":"\#(reason)"}]}"#)
        #expect(events == [.text("a")])
        #expect(failure?.code == .unavailable)
        #expect(failure?.explanation.contains(reason) == true)
    }

    @Test func readsAnErrorWithTheStatus200() {
        for body in [
            #"{"error":{"message":"m","type":"invalid_request_error","param":null,"code":"context_length_exceeded"}}"#,
            #"{"object":"error","message":"m","type":"BadRequestError","param":null,"code":400}"#,
            #"{"error":{"message":"m","code":"content_filter","status":400,"innererror":{"code":"ResponsibleAIPolicyViolation"}}}"#,
        ] {
            let error = #expect(throws: UpstreamError.self) {
                try ChatResponseDecoder.decode(Array(body.utf8), promptBytes: 0)
            }
            #expect(error?.code == (body.contains("content_filter") ? .refused : .invalidArgument))
            #expect(error?.retry == false)
            #expect(error?.detail == "m")
        }
    }
}
