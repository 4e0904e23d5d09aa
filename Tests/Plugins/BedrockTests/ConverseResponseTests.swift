import JackfieldPlugin
import JackfieldVocabulary
import Testing

@testable import Bedrock

private func decode(_ body: String) throws -> ([LLM.Event], LLM.CompletionResult) {
    try ConverseResponseDecoder.decode(Array(body.utf8), id: "r", promptBytes: 40)
}

struct ConverseResponseTests {
    @Test func readsEveryKindOfContent() throws {
        let (events, result) = try decode(
            #"{"metrics":{"latencyMs":1},"output":{"message":{"role":"assistant","content":["#
                + #"{"reasoningContent":{"reasoningText":{"text":"hm","signature":"s"}}},"#
                + #"{"reasoningContent":{"redactedContent":"AAE="}},{"text":"one "},{"text":"two"},"#
                + #"{"citationsContent":{"content":[{"text":" three"}],"citations":[]}},{"mystery":1},"#
                + #"{"toolUse":{"toolUseId":"a","name":"f","input":{"x":1.50}}},"#
                + #"{"toolUse":{"toolUseId":"b","name":"g","input":{}}}]}},"stopReason":"tool_use","mystery":2,"#
                + #""usage":{"inputTokens":3,"outputTokens":2,"totalTokens":5},"#
                + #""trace":{"promptRouter":{"invokedModelId":"arn:real"}}}"#)
        #expect(
            events == [
                .text("hm", kind: .reasoning), .text("one two three"),
                .toolCall(index: 0, id: "a", name: "f", arguments: #"{"x":1.50}"#),
                .toolCall(index: 1, id: "b", name: "g", arguments: "{}"),
                .extra(
                    #"{"thinking_blocks":[{"type":"thinking","thinking":"hm","signature":"s"},"#
                        + #"{"type":"redacted_thinking","data":"AAE="}]}"#), .stop("tool_calls"),
                .usage(LLM.Usage(promptTokens: 3, completionTokens: 2)),
            ])
        #expect(result.id == "r")
        #expect(result.model == "arn:real")
        #expect(
            result.extra
                == #"{"metrics":{"latencyMs":1},"trace":{"promptRouter":{"invokedModelId":"arn:real"}}}"#)
    }

    @Test func readsAnEmptyAnswerOfAGuardrailAndEstimatesItsUsage() throws {
        let (events, _) = try decode(
            #"{"output":{"message":{"role":"assistant","content":[]}},"stopReason":"guardrail_intervened"}"#)
        #expect(
            events == [
                .stop("content_filter"), .usage(LLM.Usage(promptTokens: 10, completionTokens: 0, isEstimated: true)),
            ])
    }

    @Test(arguments: [
        ("", "is not JSON"), ("<html>", "is not JSON"), ("{}", "no output.message.content"), ("[]", "no output"),
        (#"{"output":{"message":{"content":"text"}}}"#, "no output.message.content"),
        (#"{"output":{"message":{"content":[]}},"stopReason":"malformed_tool_use"}"#, "malformed_tool_use"),
    ])
    func saysWhatIsNoAnswer(_ body: String, _ words: String) {
        let error = #expect(throws: UpstreamError.self) { try decode(body) }
        #expect(error?.code == .unavailable)
        #expect(error?.retry == true)
        #expect(error?.explanation.contains(words) == true)
    }

    @Test func readsTheListOfModels() throws {
        let body =
            #"{"modelSummaries":[{"modelId":"a","providerName":"P","outputModalities":["TEXT"],"#
            + #""modelLifecycle":{"startOfLifeTime":"2015-08-30T12:36:00Z"}},{"modelId":"img","outputModalities":["IMAGE"]},"#
            + #"{"modelId":"e","outputModalities":["EMBEDDING"]},{"modelId":"bare"},{"odd":1}]}"#
        #expect(
            try ModelListDecoder.decode(Array(body.utf8)) == [
                LLM.Model(id: "a", owner: "P", created: 1_440_938_160), LLM.Model(id: "e", owner: "amazon"),
                LLM.Model(id: "bare", owner: "amazon"),
            ])
        #expect(throws: UpstreamError.self) { try ModelListDecoder.decode(Array("{}".utf8)) }
    }

    @Test(
        arguments: [
            (#"{"embedding":[0.5,-1],"inputTextTokenCount":4}"#, 1, [[0.5, -1]], 4 as UInt64?),
            (#"{"embeddings":[[1,2],[3,4]]}"#, 2, [[1, 2], [3, 4]], nil),
            (#"{"embeddings":{"float":[[1,2]]}}"#, 1, [[1, 2]], nil),
        ] as [(String, Int, [[Float]], UInt64?)])
    func readsVectorsOfEveryFamily(_ body: String, _ count: Int, _ vectors: [[Float]], _ tokens: UInt64?) throws {
        let answer = try EmbeddingDecoder.decode(Array(body.utf8), count: count)
        #expect(answer.vectors == vectors)
        #expect(answer.tokens == tokens)
    }

    @Test(arguments: ["", "{}", #"{"embedding":["x"]}"#, #"{"embedding":[]}"#, #"{"embeddings":[[1],[2]]}"#])
    func refusesWhatAreNoVectors(_ body: String) {
        #expect(throws: UpstreamError.self) { try EmbeddingDecoder.decode(Array(body.utf8), count: 1) }
    }
}
