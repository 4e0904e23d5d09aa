import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary
import Testing

@testable import Bedrock

/// What comes out of a stream that is cut into pieces of `size` bytes.
private func decode(
    _ frames: [[UInt8]], size: Int = 1 << 20, limit: Int = 1 << 20
) -> (events: [LLM.Event], failure: UpstreamError?, result: LLM.CompletionResult) {
    let stream = frames.flatMap { $0 }
    var decoder = ConverseStreamDecoder(limit: limit)
    var events: [LLM.Event] = []
    for start in stride(from: 0, to: stream.count, by: size) {
        events += decoder.decode(Array(stream[start..<min(start + size, stream.count)]))
    }
    events += decoder.finish(promptBytes: 40)
    return (events, decoder.failure, decoder.result(id: "r"))
}

/// The same events with neighbours joined: what a client has at the end.
private func joined(_ events: [LLM.Event]) -> [LLM.Event] {
    events.reduce(into: []) { all, event in
        switch (all.last, event) {
        case (.text(let before, let kind, _)?, .text(let text, let more, _)) where kind == more:
            all[all.count - 1] = .text(before + text, kind: kind)
        case (.toolCall(let index, let id, let name, let before, _)?, .toolCall(let same, nil, nil, let more, _))
        where index == same:
            all[all.count - 1] = .toolCall(index: index, id: id, name: name, arguments: before + more)
        default: all.append(event)
        }
    }
}

struct ConverseStreamTests {
    private static let usage = LLM.Event.usage(LLM.Usage(promptTokens: 3, completionTokens: 2))

    @Test(arguments: [1, 7, 100, 1 << 20])
    func readsTextReasoningAndParallelCalls(_ size: Int) {
        let frames = [
            Frames.start,
            Frames.event("contentBlockDelta", #"{"contentBlockIndex":0,"delta":{"reasoningContent":{"text":"let "}}}"#),
            Frames.event("contentBlockDelta", #"{"contentBlockIndex":0,"delta":{"reasoningContent":{"text":"me"}}}"#),
            Frames.event(
                "contentBlockDelta", #"{"contentBlockIndex":0,"delta":{"reasoningContent":{"signature":"c2ln"}}}"#),
            Frames.event("contentBlockStop", #"{"contentBlockIndex":0}"#),
            Frames.event(
                "contentBlockDelta", #"{"contentBlockIndex":1,"delta":{"reasoningContent":{"redactedContent":"AAE="}}}"#
            ),
            Frames.text("He", 2), Frames.text("llo", 2), Frames.event("contentBlockStop", #"{"contentBlockIndex":2}"#),
            Frames.event(
                "contentBlockStart", #"{"contentBlockIndex":3,"start":{"toolUse":{"toolUseId":"a","name":"f"}}}"#),
            Frames.event("contentBlockDelta", #"{"contentBlockIndex":3,"delta":{"toolUse":{"input":""}}}"#),
            Frames.event("contentBlockDelta", #"{"contentBlockIndex":3,"delta":{"toolUse":{"input":"{\"x\""}}}"#),
            Frames.event("contentBlockDelta", #"{"contentBlockIndex":3,"delta":{"toolUse":{"input":":1}"}}}"#),
            Frames.event("contentBlockStop", #"{"contentBlockIndex":3}"#),
            Frames.event(
                "contentBlockStart", #"{"contentBlockIndex":4,"start":{"toolUse":{"toolUseId":"b","name":"g"}}}"#),
            Frames.event("contentBlockStop", #"{"contentBlockIndex":4}"#), Frames.stop("tool_use"), Frames.metadata,
        ]
        let (events, failure, result) = decode(frames, size: size)
        #expect(failure == nil)
        #expect(
            joined(events) == [
                .text("let me", kind: .reasoning), .text("Hello"),
                .toolCall(index: 0, id: "a", name: "f", arguments: #"{"x":1}"#),
                .toolCall(index: 1, id: "b", name: "g", arguments: "{}"),
                .extra(
                    #"{"thinking_blocks":[{"type":"thinking","thinking":"let me","signature":"c2ln"},"#
                        + #"{"type":"redacted_thinking","data":"AAE="}]}"#), .stop("tool_calls"),
                ConverseStreamTests.usage,
            ])
        #expect(result == LLM.CompletionResult(id: "r", extra: #"{"metrics":{"latencyMs":9}}"#))
    }

    @Test func joinsWhatComesInOnePiece() {
        let (events, _, _) = decode([Frames.start, Frames.text("a"), Frames.text("b"), Frames.stop(), Frames.metadata])
        #expect(events == [.text("ab"), .stop("stop"), ConverseStreamTests.usage])
    }

    @Test func keepsUnsignedReasoningToTheText() {
        let thought = Frames.event(
            "contentBlockDelta", #"{"contentBlockIndex":0,"delta":{"reasoningContent":{"text":"hm"}}}"#)
        let (events, _, _) = decode([thought, Frames.text("x", 1), Frames.stop(), Frames.metadata])
        #expect(events == [.text("hm", kind: .reasoning), .text("x"), .stop("stop"), ConverseStreamTests.usage])
    }

    @Test func leavesOutWhatItDoesNotKnow() {
        let (events, failure, _) = decode([
            Frames.message([(":message-type", "ping")], "?"), Frames.event("mysteryEvent", "not even JSON"),
            Frames.start,
            Frames.event("contentBlockStart", #"{"contentBlockIndex":0,"start":{"mystery":{}}}"#),
            Frames.event("contentBlockDelta", #"{"contentBlockIndex":0,"delta":{"mystery":"x"},"odd":[]}"#),
            Frames.event("contentBlockDelta", #"{"contentBlockIndex":1,"delta":{"citation":{"title":"t"}}}"#),
            Frames.text("x", 1), Frames.stop("brand_new_reason"), Frames.metadata,
        ])
        #expect(failure == nil)
        #expect(events == [.text("x"), .stop("stop"), ConverseStreamTests.usage])
    }

    @Test(arguments: [
        ("end_turn", "stop"), ("stop_sequence", "stop"), ("tool_use", "tool_calls"), ("max_tokens", "length"),
        ("model_context_window_exceeded", "length"), ("guardrail_intervened", "content_filter"),
        ("content_filtered", "content_filter"),
    ])
    func translatesWhyTheModelStopped(_ reason: String, _ word: String) {
        let (events, _, _) = decode([Frames.text("x"), Frames.stop(reason), Frames.metadata])
        #expect(events.contains(.stop(word)))
    }

    @Test(arguments: ["malformed_model_output", "malformed_tool_use"])
    func takesOutputThatCouldNotBeReadForAFailure(_ reason: String) {
        let (_, failure, _) = decode([Frames.text("x"), Frames.stop(reason), Frames.metadata])
        #expect(failure?.code == .unavailable)
        #expect(failure?.explanation.contains(reason) == true)
    }

    @Test func countsTokensFromTheCacheIn() {
        let metadata = Frames.event(
            "metadata",
            #"{"usage":{"inputTokens":3,"outputTokens":2,"totalTokens":115,"cacheReadInputTokens":100,"cacheWriteInputTokens":10}}"#
        )
        let (events, _, _) = decode([Frames.text("x"), Frames.stop(), metadata])
        #expect(
            events.last
                == .usage(
                    LLM.Usage(
                        promptTokens: 113, completionTokens: 2, totalTokens: 115, cachedTokens: 100,
                        cacheWriteTokens: 10)))
    }

    @Test func estimatesTheUsageThatTheUpstreamDoesNotTell() {
        let (events, failure, _) = decode([Frames.text("12345678"), Frames.stop()])
        #expect(failure == nil)
        #expect(events.last == .usage(LLM.Usage(promptTokens: 10, completionTokens: 2, isEstimated: true)))
    }

    @Test func takesAStreamWithoutItsEndForBroken() {
        let (events, failure, _) = decode([Frames.start, Frames.text("half")])
        #expect(events == [.text("half")])
        #expect(failure?.code == .unavailable)
        #expect(failure?.retry == true)
        #expect(failure?.explanation.contains("broke off after") == true)
        #expect(decode([]).failure?.explanation == "the upstream's stream ended without an answer")
        // Cut inside of a message.
        let cut = Array((Frames.text("half") + Frames.stop()).dropLast(3))
        #expect(decode([cut]).failure?.explanation.contains("broke off") == true)
        #expect(decode([cut]).events == [.text("half")])
    }

    @Test func givesWhatCameBeforeTheDamage() {
        var damaged = Frames.text("b")
        damaged[damaged.count - 1] ^= 1
        let (events, failure, _) = decode([Frames.text("a"), damaged, Frames.stop(), Frames.metadata])
        #expect(events == [.text("a")])
        #expect(failure?.explanation == "a message of the upstream's stream has a wrong checksum")
        #expect(
            decode([Array("data: {}\n\n<html></html>".utf8)]).failure?.explanation.contains(
                "wrong checksum of its prelude") == true)
        #expect(decode([Frames.event("contentBlockDelta", "{")]).failure?.explanation.contains("is not JSON") == true)
        let lost = Frames.event("contentBlockDelta", #"{"contentBlockIndex":0,"delta":{"toolUse":{"input":"{}"}}}"#)
        #expect(decode([lost]).failure?.explanation.contains("had not begun") == true)
    }

    @Test func boundsWhatItTakes() {
        let (events, failure, _) = decode(
            [Frames.text("a"), Frames.text(String(repeating: "b", count: 3000))], size: 100, limit: 2048)
        #expect(events == [.text("a")])
        #expect(failure?.code == .exhausted || failure?.explanation.contains("more than the 2048") == true)
        let many = (0..<5000).map { Frames.text("", $0) }
        #expect(decode(many, limit: 1 << 24).failure?.code == .exhausted)
    }

    @Test(arguments: [
        ("throttlingException", CallError.Code.rateLimited, true), ("modelStreamErrorException", .unavailable, true),
        ("validationException", .invalidArgument, false), ("internalServerException", .unavailable, true),
        ("serviceUnavailableException", .unavailable, true), ("modelTimeoutException", .unavailable, true),
        ("newException", .unavailable, true),
    ])
    func reportsExceptionsInTheStream(_ type: String, _ code: CallError.Code, _ retry: Bool) {
        let (events, failure, _) = decode([
            Frames.text("a"), Frames.exception(type, #"{"message":"words","originalMessage":"more"}"#), Frames.stop(),
        ])
        #expect(events == [.text("a")])
        #expect(failure?.code == code)
        #expect(failure?.retry == retry)
        #expect(failure?.detail == "words: more")
        #expect(failure?.explanation.contains(type.dropFirst()) == true)
        #expect(failure?.explanation.contains("in the middle of the stream") == true)
    }

    @Test func reportsErrorsOfTheStreamItself() {
        let error = Frames.message(
            [(":message-type", "error"), (":error-code", "InternalFailure"), (":error-message", "gone")], "")
        let (_, failure, _) = decode([error])
        #expect(failure?.code == .unavailable)
        #expect(failure?.detail == "gone")
    }
}
