import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary
import Testing

@testable import OpenAI

private func decode(_ json: String) throws(UpstreamError) -> (events: [LLM.Event], result: LLM.CompletionResult) {
    try ChatResponseDecoder.decode(Array(json.utf8), promptBytes: 40)
}

private func answer(_ message: String, finish: String = "\"stop\"", more: String = "") -> String {
    "{\"id\":\"c1\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":\(message),"
        + "\"logprobs\":null,\"finish_reason\":\(finish)}]\(more)}"
}

struct ChatResponseDecoderTests {
    @Test func readsAnAnswerWithEverything() throws {
        let usage =
            #","usage":{"prompt_tokens":19,"completion_tokens":10,"total_tokens":30,"prompt_tokens_details":{"cached_tokens":4},"#
            + #""completion_tokens_details":{"reasoning_tokens":6}},"service_tier":"default","system_fingerprint":null,"citations":["a"]"#
        let (events, result) = try decode(
            answer(#"{"role":"assistant","content":"Hi \"you\"","refusal":null}"#, more: usage))
        #expect(
            events == [
                .text("Hi \"you\""), .stop("stop"),
                .usage(
                    LLM.Usage(
                        promptTokens: 19, completionTokens: 10, totalTokens: 30, cachedTokens: 4, reasoningTokens: 6)),
            ])
        #expect(result.id == "c1")
        #expect(result.model == "m")
        #expect(result.extra == #"{"service_tier":"default","citations":["a"]}"#)
        #expect(!result.isNotAModel)
    }

    @Test func readsParallelToolCalls() throws {
        let (events, _) = try decode(
            answer(
                #"{"content":null,"tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{\"x\":1}"}},"#
                    + #"{"id":"b","type":"function","function":{"name":"g","arguments":{"y":2}}}]}"#,
                finish: "\"tool_calls\""))
        #expect(
            events.prefix(3) == [
                .toolCall(index: 0, id: "a", name: "f", arguments: #"{"x":1}"#),
                .toolCall(index: 1, id: "b", name: "g", arguments: #"{"y":2}"#), .stop("tool_calls"),
            ])
    }

    @Test func readsContentThatIsAListOfParts() throws {
        let (events, _) = try decode(
            answer(
                #"{"content":[{"type":"thinking","thinking":[{"type":"text","text":"hm"}]},{"type":"text","text":"a"},"b"]}"#
            ))
        #expect(events.prefix(3) == [.text("hm", kind: .reasoning), .text("a"), .text("b")])
    }

    @Test func toleratesWhatIsMissing() throws {
        // No id, model, role, index, finish reason or usage.
        let (events, result) = try decode(#"{"choices":[{"message":{"content":"hello"}}]}"#)
        #expect(
            events == [
                .text("hello"), .stop("stop"),
                .usage(LLM.Usage(promptTokens: 10, completionTokens: 2, isEstimated: true)),
            ])
        #expect(result == LLM.CompletionResult())
    }

    @Test func readsSeveralChoicesInAnyOrderOfTheirMembers() throws {
        let (events, _) = try decode(
            #"{"usage":null,"choices":[{"finish_reason":"stop","message":{"content":"one"},"index":1},{"index":0,"message":{"content":"zero"},"finish_reason":"length"}]}"#
        )
        #expect(
            events.dropLast() == [
                .text("one", choice: 1), .stop("stop", choice: 1), .text("zero"), .stop("length"),
            ])
    }

    @Test(arguments: [
        "", "  ", "<!DOCTYPE html><html></html>", "not json", "{\"choices\":[", "{\"choices\":[]}", "{}", "[]", "null",
        #"{"choices":[{"message":{"content":7}}]}"#, #"{"choices":[{"message":"x"}]}"#,
        #"{"choices":[{"index":-1.5,"message":3}]}"#,
    ])
    func refusesRubbishWithASentence(_ body: String) {
        let error = #expect(throws: UpstreamError.self) { try decode(body) }
        #expect(error?.code == .unavailable)
        #expect(error?.retry == true)
        #expect(error?.explanation.hasPrefix("the upstream") == true)
    }

    @Test func findsAnErrorInAnAnswerThatClaimsToBeOne() {
        let error = #expect(throws: UpstreamError.self) {
            try decode(#"{"error":{"message":"no quota","code":"insufficient_quota"}}"#)
        }
        #expect(error?.code == .exhausted)
        #expect(error?.retry == false)
    }

    @Test func boundsTheChoices() {
        let many = (0..<5000).map { "{\"index\":\($0),\"message\":{}}" }.joined(separator: ",")
        #expect(throws: UpstreamError.self) { try decode("{\"choices\":[\(many)]}") }
    }

    @Test func boundsTheFieldsThatNobodyReads() throws {
        let many = (0..<100).map { "\"k\($0)\":\"\(String(repeating: "v", count: 1000))\"" }.joined(separator: ",")
        let (_, result) = try decode("{\(many),\"choices\":[{\"message\":{\"content\":\"x\"}}]}")
        let extra = try #require(result.extra)
        #expect(extra.utf8.count < 70_000)
        #expect(try JSON(parsing: extra).object?.count == 32)
    }
}
