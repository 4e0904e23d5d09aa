import JackfieldPlugin
import JackfieldVocabulary
import Testing

@testable import Anthropic

private let greeting =
    start() + block(0, emptyText, text("Hé"), text(#"llo \ud83d\ude00\n"#)) + ping + end()

struct MessageStreamDecoderTests {
    @Test func joinsTheTokensOfOnePiece() {
        let outcome = decode(greeting)
        #expect(
            outcome.events == [
                .text("Héllo 😀\n"), .stop("stop"), .usage(LLM.Usage(promptTokens: 25, completionTokens: 15)),
            ])
        #expect(outcome.result == LLM.CompletionResult(id: "msg_1", model: "claude-x"))
    }

    @Test func readsTheSameHoweverTheStreamIsCut() {
        for ends in ["\n", "\r\n", "\r"] {
            let stream = greeting.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: ends)
            for size in 1...200 {
                let outcome = decode(stream, pieces: size)
                #expect(outcome.failure == nil)
                #expect(outcome.text() == "Héllo 😀\n")
                #expect(outcome.stops == ["stop"])
            }
        }
    }

    @Test func givesEveryPieceOutAsItComes() {
        var decoder = MessageStreamDecoder(limit: 1 << 20)
        #expect(decoder.decode(Array(start().utf8)).isEmpty)
        let pieces = [text("a"), text("b")].map { #"{"type":"content_block_delta","index":0,"delta":\#($0)}"# }
        _ = decoder.decode(
            Array(event(#"{"type":"content_block_start","index":0,"content_block":\#(emptyText)}"#).utf8))
        #expect(decoder.decode(Array(event(pieces[0]).utf8)) == [.text("a")])
        #expect(decoder.decode(Array(event(pieces[1]).utf8)) == [.text("b")])
        #expect(!decoder.isDone)
        #expect(decoder.decode(Array(end().utf8)).isEmpty)
        #expect(decoder.isDone)
    }

    @Test func givesOutThinkingWithItsSignature() {
        let stream =
            start()
            + block(
                0, #"{"type":"thinking","thinking":"","signature":""}"#,
                #"{"type":"thinking_delta","thinking":"Let me "}"#, #"{"type":"thinking_delta","thinking":"see.\n"}"#,
                #"{"type":"signature_delta","signature":"EqQB+/="}"#)
            + block(1, #"{"type":"redacted_thinking","data":"EmwK"}"#)
            + block(2, emptyText, text("42"))
            + end(usage: #"{"output_tokens":15,"output_tokens_details":{"thinking_tokens":9}}"#)
        let outcome = decode(stream, pieces: 50)
        #expect(outcome.text(.reasoning) == "Let me see.\n")
        #expect(outcome.text() == "42")
        #expect(
            outcome.extra == [
                #"{"thinking_blocks":[{"type":"thinking","thinking":"Let me see.\n","signature":"EqQB+/="},"#
                    + #"{"type":"redacted_thinking","data":"EmwK"}]}"#
            ])
        #expect(outcome.usage?.reasoningTokens == 9)
        // Ahead of the stop, as the vocabulary wants it.
        let extra = outcome.events.firstIndex { if case .extra = $0 { true } else { false } }
        let stop = outcome.events.firstIndex { if case .stop = $0 { true } else { false } }
        #expect(extra! < stop!)
    }

    @Test func keepsASignatureWhoseThinkingIsWithheld() {
        let stream =
            start()
            + block(0, #"{"type":"thinking","thinking":""}"#, #"{"type":"signature_delta","signature":"abc"}"#)
            + block(1, emptyText, text("42")) + end()
        let outcome = decode(stream)
        #expect(outcome.extra == [#"{"thinking_blocks":[{"type":"thinking","thinking":"","signature":"abc"}]}"#])
        #expect(outcome.text(.reasoning).isEmpty)
    }

    @Test func numbersCallsAmongThemselvesAndJoinsTheirArguments() {
        func piece(_ json: String) -> String { #"{"type":"input_json_delta","partial_json":"\#(json)"}"# }
        let stream =
            start() + block(0, emptyText, text("Checking."))
            + block(
                1, #"{"type":"tool_use","id":"toolu_1","name":"disk","input":{}}"#, piece(""), piece(#"{\"path\""#),
                piece(#":\"/\"}"#))
            + block(2, #"{"type":"tool_use","id":"toolu_2","name":"now","input":{}}"#, piece(""))
            + block(3, #"{"type":"tool_use","id":"toolu_3","name":"whole","input":{"a": 1}}"#)
            + block(4, #"{"type":"tool_use","name":"nameless","input":null}"#, piece("{}"))
            + end("tool_use")
        for size in [7, 100, 100_000] {
            let outcome = decode(stream, pieces: size)
            #expect(
                outcome.calls.prefix(3) == [
                    #"0 toolu_1 disk {"path":"/"}"#, "1 toolu_2 now {}", #"2 toolu_3 whole {"a": 1}"#,
                ])
            #expect(outcome.calls.last?.hasPrefix("3 toolu_") == true)
            #expect(outcome.calls.last?.hasSuffix(" nameless {}") == true)
            #expect(outcome.stops == ["tool_calls"])
        }
    }

    @Test func addsTheCacheToThePrompt() {
        let stream =
            start(
                #"{"input_tokens":5,"cache_read_input_tokens":100,"cache_creation_input_tokens":30,"output_tokens":1,"#
                    + #""cache_creation":{"ephemeral_5m_input_tokens":30},"service_tier":"standard"}"#)
            + block(0, emptyText, text("a")) + end()
        let outcome = decode(stream)
        #expect(
            outcome.usage
                == LLM.Usage(promptTokens: 135, completionTokens: 15, cachedTokens: 100, cacheWriteTokens: 30))
        #expect(outcome.result.extra == #"{"service_tier":"default"}"#)
    }

    @Test func takesTheLaterCountsOfTheWholeAnswer() {
        let stream =
            start() + block(0, emptyText, text("a"))
            + end(usage: #"{"input_tokens":90,"cache_read_input_tokens":10,"output_tokens":20}"#)
        #expect(decode(stream).usage == LLM.Usage(promptTokens: 100, completionTokens: 20, cachedTokens: 10))
        let empty = start() + block(0, emptyText, text("a")) + end(usage: #"{"input_tokens":0,"output_tokens":20}"#)
        #expect(decode(empty).usage == LLM.Usage(promptTokens: 25, completionTokens: 20))
    }

    @Test func estimatesTheUsageThatNobodyTold() {
        let stream = start("null") + block(0, emptyText, text("12345678")) + end(usage: "null")
        #expect(
            decode(stream, prompt: 40).usage == LLM.Usage(promptTokens: 10, completionTokens: 2, isEstimated: true))
    }

    @Test(
        arguments: [
            ("end_turn", "stop", nil), ("stop_sequence", "stop", nil), ("max_tokens", "length", nil),
            ("model_context_window_exceeded", "length", #"{"stop_reason":"model_context_window_exceeded"}"#),
            ("refusal", "content_filter", #"{"stop_reason":"refusal"}"#),
            ("pause_turn", "stop", #"{"stop_reason":"pause_turn"}"#), ("tool_use", "stop", nil),
            ("next_new_reason", "stop", #"{"stop_reason":"next_new_reason"}"#),
        ] as [(String, String, String?)])
    func translatesTheReason(_ reason: String, _ stop: String, _ extra: String?) {
        let outcome = decode(start() + block(0, emptyText, text("a")) + end(reason))
        #expect(outcome.stops == [stop])
        #expect(outcome.result.extra == extra)
    }

    @Test func tellsWhyTheUpstreamRefused() {
        let more = #","stop_details":{"type":"refusal","category":"cyber","explanation":"Not this."}"#
        let outcome = decode(start() + end("refusal", more: more))
        #expect(outcome.text(.refusal) == "Not this.")
        #expect(outcome.stops == ["content_filter"])
        #expect(outcome.result.extra?.contains(#""category":"cyber""#) == true)
    }

    @Test func toleratesWhatItDoesNotKnow() {
        let stream =
            ": comment\n\n" + start() + event(#"{"type":"next_new_event","index":7,"x":{}}"#)
            + block(
                0, #"{"type":"server_tool_use","id":"s","name":"web_search","input":{}}"#,
                #"{"type":"input_json_delta","partial_json":"{}"}"#)
            + block(1, #"{"type":"web_search_tool_result","tool_use_id":"s","content":[]}"#)
            + block(
                2, #"{"type":"text","text":"A","citations":[]}"#, #"{"type":"citations_delta","citation":{}}"#,
                text("nswer"), #"{"type":"next_new_delta","text":5}"#)
            + event(#"{"type":"content_block_delta","index":9,"delta":{"type":"text_delta","text":"lost"}}"#) + end()
        let outcome = decode(stream)
        #expect(outcome.failure == nil)
        #expect(outcome.text() == "Answer")
        #expect(outcome.calls.isEmpty)
        #expect(outcome.stops == ["stop"])
    }

    @Test func takesAnEmptyAnswerForOne() {
        let outcome = decode(start() + end())
        #expect(outcome.failure == nil)
        #expect(outcome.stops == ["stop"])
    }

    @Test func takesAReasonForTheEnd() {
        let whole = start() + block(0, emptyText, text("a")) + end()
        let outcome = decode(String(whole.dropLast(event(#"{"type":"message_stop"}"#).count)))
        #expect(outcome.failure == nil)
        #expect(outcome.stops == ["stop"])
        // The last event is cut, and nothing is missed.
        #expect(decode(String(whole.dropLast(5))).failure == nil)
    }
}
