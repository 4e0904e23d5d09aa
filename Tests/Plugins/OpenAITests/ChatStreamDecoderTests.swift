import JackfieldPlugin
import JackfieldVocabulary
import Testing

@testable import OpenAI

/// A chunk with one choice.
private func chunk(_ delta: String, finish: String? = nil, more: String = "") -> String {
    let reason = finish.map { "\"\($0)\"" } ?? "null"
    return "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\"\(more),"
        + "\"choices\":[{\"index\":0,\"delta\":\(delta),\"finish_reason\":\(reason)}]}\n\n"
}

private struct Outcome {
    var events: [LLM.Event] = []
    var failure: UpstreamError?
    var result = LLM.CompletionResult()

    func text(_ kind: LLM.TextKind = .content, choice: UInt32 = 0) -> String {
        events.map { if case .text(let text, kind, choice) = $0 { text } else { "" } }.joined()
    }
    var stops: [String] {
        events.compactMap { if case .stop(let reason, let choice) = $0 { "\(choice):\(reason)" } else { nil } }
    }
    var usage: LLM.Usage? { events.compactMap { if case .usage(let usage) = $0 { usage } else { nil } }.last }
    /// The calls, joined as a client joins them: "index id name arguments".
    var calls: [String] {
        var joined: [(index: UInt32, id: String, name: String, arguments: String)] = []
        for case .toolCall(let index, let id, let name, let arguments, _) in events {
            if let at = joined.firstIndex(where: { $0.index == index }) {
                joined[at].id += id ?? ""
                joined[at].name += name ?? ""
                joined[at].arguments += arguments
            } else {
                joined.append((index, id ?? "", name ?? "", arguments))
            }
        }
        return joined.map { "\($0.index) \($0.id) \($0.name) \($0.arguments)" }
    }
}

private func decode(_ stream: String, pieces size: Int = .max, limit: Int = 1 << 20, prompt: Int = 40) -> Outcome {
    var decoder = ChatStreamDecoder(limit: limit)
    var outcome = Outcome()
    var rest = Array(stream.utf8)[...]
    while !rest.isEmpty {
        outcome.events += decoder.decode(Array(rest.prefix(size)))
        rest = rest.dropFirst(size)
    }
    if decoder.failure == nil { outcome.events += decoder.finish(promptBytes: prompt) }
    outcome.failure = decoder.failure
    outcome.result = decoder.result
    return outcome
}

private let hello =
    chunk(#"{"role":"assistant","content":""}"#) + chunk(#"{"content":"Hé"}"#)
    + chunk(#"{"content":"llo \ud83d\ude00\n"}"#)
    + chunk("{}", finish: "stop", more: #","system_fingerprint":"fp""#)
    + "data: {\"id\":\"c1\",\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":2,\"total_tokens\":5}}\n\n"
    + "data: [DONE]\n\n"

struct ChatStreamDecoderTests {
    @Test func joinsTheTokensOfOnePiece() {
        let outcome = decode(hello)
        #expect(
            outcome.events == [
                .text("Héllo 😀\n"), .stop("stop"),
                .usage(LLM.Usage(promptTokens: 3, completionTokens: 2, totalTokens: 5)),
            ])
        #expect(outcome.result == LLM.CompletionResult(id: "c1", model: "m", extra: #"{"system_fingerprint":"fp"}"#))
    }

    @Test func readsTheSameHoweverTheStreamIsCut() {
        for ends in ["\n", "\r\n", "\r"] {
            let stream = hello.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: ends)
            for size in 1...stream.utf8.count {
                let outcome = decode(stream, pieces: size)
                #expect(outcome.failure == nil)
                #expect(outcome.text() == "Héllo 😀\n")
                #expect(outcome.stops == ["0:stop"])
                #expect(outcome.usage?.totalTokens == 5)
            }
        }
    }

    @Test func toleratesCommentsKeepAlivesAndDataWithoutSpace() {
        let noise = ": PROCESSING\n\n:\n\nevent: ping\n\ndata:\n\ndata: {}\n\n"
        let outcome = decode(noise + hello.replacing("data: ", with: noise + "data:"))
        #expect(outcome.failure == nil)
        #expect(outcome.text() == "Héllo 😀\n")
        #expect(outcome.usage?.totalTokens == 5)
    }

    @Test func estimatesTheUsageThatIsNotSaid() {
        let outcome = decode(chunk(#"{"content":"12345678"}"#, finish: "length") + "data: [DONE]\n\n", prompt: 41)
        #expect(outcome.usage == LLM.Usage(promptTokens: 11, completionTokens: 2, isEstimated: true))
        #expect(outcome.stops == ["0:length"])
    }

    @Test func needsNoDoneAfterAFinishReason() {
        let outcome = decode(chunk(#"{"content":"x"}"#, finish: "stop"))
        #expect(outcome.failure == nil)
        #expect(outcome.stops == ["0:stop"])
    }

    @Test func needsNoFinishReasonBeforeDone() {
        let outcome = decode(chunk(#"{"content":"x"}"#) + "data: [DONE]")
        #expect(outcome.failure == nil)
        #expect(outcome.stops == ["0:stop"])
    }

    @Test func takesAnEndWithoutAnySignForABrokenStream() {
        let outcome = decode(chunk(#"{"content":"half an ans"}"#))
        #expect(outcome.failure?.code == .unavailable)
        #expect(outcome.failure?.explanation.contains("broke off") == true)
        #expect(outcome.stops == [])
        #expect(outcome.text() == "half an ans")
    }

    @Test func takesACutEventForABrokenStreamUnlessTheAnswerWasComplete() {
        let cut = decode(chunk(#"{"content":"a"}"#) + "data: {\"choices\":[{\"ind")
        #expect(cut.failure?.explanation.contains("broke off") == true)
        let complete = decode(chunk(#"{"content":"a"}"#, finish: "stop") + "data: {\"choices\":[],\"usa")
        #expect(complete.failure == nil)
        #expect(complete.usage?.isEstimated == true)
    }

    @Test(arguments: [
        "", "\n\n", "data: [DONE]\n\n", ": only comments\n\n", "data: {\"choices\":[]}\n\ndata: [DONE]\n\n",
    ])
    func refusesAStreamWithoutAnAnswer(_ stream: String) {
        let outcome = decode(stream)
        #expect(outcome.failure?.code == .unavailable)
        #expect(outcome.failure?.retry == true)
        #expect(outcome.events.isEmpty)
    }

    @Test func keepsWhatCameBeforeAnErrorInTheMiddle() {
        let outcome = decode(
            chunk(#"{"content":"so far"}"#)
                + "data: {\"error\":{\"message\":\"slow down\",\"type\":\"rate_limit_error\",\"code\":\"rate_limit_exceeded\"}}\n\n"
                + chunk(#"{"content":"never"}"#))
        #expect(outcome.text() == "so far")
        #expect(outcome.failure?.code == .rateLimited)
        #expect(outcome.failure?.detail == "slow down")
    }

    @Test(arguments: [
        "data: {\"error\":\"boom\"}\n\n", "error: {\"code\":500,\"message\":\"boom\"}\n\n",
        "event: error\ndata: {\"message\":\"boom\"}\n\n",
        "data: {\"object\":\"error\",\"message\":\"boom\",\"code\":500}\n\n",
        "data: {\"error\":{\"code\":502,\"message\":\"boom\"},\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"error\"}]}\n\n",
    ])
    func understandsErrorsInManyShapes(_ stream: String) {
        let outcome = decode(stream)
        #expect(outcome.failure?.code == .unavailable)
        #expect(outcome.failure?.detail == "boom")
    }

    @Test(arguments: ["data: <html>\n\n", "data: {\"choices\":[{]}\n\n", "data: 7\n\n", "data: {\"choices\":{}}\n\n"])
    func refusesRubbish(_ stream: String) {
        #expect(decode(stream).failure?.code == .unavailable)
        #expect(decode(stream).failure?.retry == true)
    }

    @Test func stopsAtTheLimit() {
        let outcome = decode(hello, pieces: 10, limit: 100)
        #expect(outcome.failure?.code == .exhausted)
        #expect(outcome.failure?.explanation.contains("max_answer_bytes") == true)
    }

    @Test func separatesReasoningContentRefusalAndChoices() {
        let stream =
            chunk(#"{"reasoning_content":"let ","reasoning":"let "}"#) + chunk(#"{"reasoning":"me see"}"#)
            + chunk(#"{"content":"yes"}"#) + chunk(#"{"refusal":"no"}"#)
            + "data: {\"choices\":[{\"delta\":{\"content\":\"B\"},\"index\":1,\"finish_reason\":\"stop\"}]}\n\n"
            + chunk("{}", finish: "stop") + "data: [DONE]\n\n"
        let outcome = decode(stream)
        #expect(
            outcome.events.dropLast() == [
                .text("let me see", kind: .reasoning), .text("yes"), .text("no", kind: .refusal), .text("B", choice: 1),
                .stop("stop", choice: 1), .stop("stop"),
            ])
    }

    @Test func passesLogprobsOn() {
        let stream =
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"logprobs\":{\"content\":[]},\"finish_reason\":\"stop\"}]}\n\n"
        #expect(decode(stream).events.prefix(3) == [.text("a"), .logprobs("{\"content\":[]}"), .stop("stop")])
    }

    @Test(arguments: [
        ("function_call", "tool_calls"), ("max_tokens", "length"), ("eos", "stop"),
        ("content_filter", "content_filter"),
    ])
    func translatesFinishReasons(_ theirs: String, _ ours: String) {
        #expect(decode(chunk(#"{"content":"x"}"#, finish: theirs)).stops == ["0:\(ours)"])
    }
}

struct StreamedToolCallTests {
    private func calls(_ deltas: String..., pieces size: Int = .max) -> [String] {
        decode(
            deltas.map { chunk("{\"tool_calls\":[\($0)]}") }.joined() + chunk("{}", finish: "tool_calls")
                + "data: [DONE]\n\n",
            pieces: size
        ).calls
    }

    @Test func joinsTheArgumentsOfParallelCalls() {
        for size in [Int.max, 50, 7] {
            let joined = calls(
                #"{"index":0,"id":"a","type":"function","function":{"name":"f","arguments":""}}"#,
                #"{"index":0,"function":{"arguments":"{\"x\""}}"#, #"{"index":0,"function":{"arguments":":1}"}}"#,
                #"{"index":1,"id":"b","type":"function","function":{"name":"g","arguments":"{"}}"#,
                #"{"index":1,"function":{"arguments":"}"}}"#, pieces: size)
            #expect(joined == [#"0 a f {"x":1}"#, "1 b g {}"])
        }
    }

    @Test func emitsOneEventForThePiecesOfOneNetworkPiece() {
        let outcome = decode(
            chunk(#"{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":""}}]}"#)
                + chunk(#"{"tool_calls":[{"index":0,"function":{"arguments":"{"}}]}"#)
                + chunk(#"{"tool_calls":[{"index":0,"function":{"arguments":"}"}}]}"#, finish: "tool_calls"))
        #expect(outcome.events.first == .toolCall(index: 0, id: "a", name: "f", arguments: "{}"))
        #expect(outcome.stops == ["0:tool_calls"])
    }

    @Test func countsCallsThatHaveNoIndex() {
        #expect(
            calls(
                #"{"id":"a","function":{"name":"f","arguments":"{"}}"#, #"{"function":{"arguments":"}"}}"#,
                #"{"id":"b","function":{"name":"g","arguments":"{}"}}"#) == ["0 a f {}", "1 b g {}"])
    }

    @Test func tellsCallsApartThatAllHaveTheIndexZero() {
        #expect(
            calls(
                #"{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}}"#,
                #"{"index":0,"id":"b","function":{"name":"f","arguments":"{}"}}"#) == ["0 a f {}", "1 b f {}"])
    }

    @Test func ignoresIdsThatChangeFromPieceToPiece() {
        #expect(
            calls(
                #"{"index":0,"id":"a","function":{"name":"f","arguments":"{"}}"#,
                #"{"index":0,"id":"z","function":{"arguments":"}"}}"#) == ["0 a f {}"])
    }

    @Test func repeatedNamesAndIdsAreSaidOnce() {
        #expect(
            calls(
                #"{"index":0,"id":"a","function":{"name":"f","arguments":"{"}}"#,
                #"{"index":0,"id":"a","function":{"name":"f","arguments":"}"}}"#) == ["0 a f {}"])
    }

    @Test func takesArgumentsThatAreAnObject() {
        #expect(
            calls(#"{"index":0,"id":"a","function":{"name":"f","arguments":{"x": [1]}}}"#) == [#"0 a f {"x": [1]}"#])
    }

    @Test func makesUpTheIdThatIsMissing() throws {
        let made = try #require(calls(#"{"index":0,"function":{"name":"f","arguments":"{}"}}"#).first)
        #expect(made.hasPrefix("0 call_"))
        #expect(made.hasSuffix(" f {}"))
    }

    @Test func saysToolCallsWhereTheUpstreamGaveNoReason() {
        let outcome = decode(
            chunk(#"{"tool_calls":[{"index":0,"id":"a","function":{"name":"f","arguments":"{}"}}]}"#)
                + "data: [DONE]\n\n")
        #expect(outcome.stops == ["0:tool_calls"])
    }
}
