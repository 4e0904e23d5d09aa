import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary
import Testing

@testable import Ollama

/// A line of a stream, as Ollama writes it.
func line(_ message: String, more: String = #""done":false"#) -> String {
    #"{"model":"llama3.2","created_at":"2025-10-26T17:21:21.196249Z","message":{"role":"assistant",\#(message)},\#(more)}"#
        + "\n"
}

/// The last line, without its usage if `counts` is nil.
func last(_ reason: String = "stop", counts: (Int, Int)? = (26, 4), message: String = #""content":"""#) -> String {
    let usage = counts.map { #","prompt_eval_count":\#($0.0),"prompt_eval_duration":342546000,"eval_count":\#($0.1)"# }
    return line(message, more: #""done_reason":"\#(reason)","done":true,"total_duration":4883583458\#(usage ?? "")"#)
}

/// Ids in the order in which they are made.
func counting() -> () -> String {
    var count = 0
    return {
        count += 1
        return "id\(count)"
    }
}

private struct Outcome: Equatable {
    var events: [LLM.Event] = []
    var failure: UpstreamError?
    var result = LLM.CompletionResult()

    func text(_ kind: LLM.TextKind = .content) -> String {
        events.map { if case .text(let text, kind, _) = $0 { text } else { "" } }.joined()
    }
    var rest: [LLM.Event] { events.filter { if case .text = $0 { false } else { true } } }
}

private func decode(
    _ stream: String, pieces size: Int = .max, limit: Int = 1 << 20,
    change: (inout LLM.CompletionRequest) -> Void = { _ in }
) -> Outcome {
    var request = LLM.CompletionRequest(model: "llama3.2", messages: [LLM.Message(role: "user", text: "0123456789")])
    change(&request)
    var decoder = ChatStreamDecoder(for: request, limit: limit, makeID: counting())
    var outcome = Outcome()
    var rest = Array(stream.utf8)[...]
    while !rest.isEmpty {
        outcome.events += decoder.decode(Array(rest.prefix(size)))
        rest = rest.dropFirst(size)
    }
    if decoder.failure == nil { outcome.events += decoder.finish() }
    outcome.failure = decoder.failure
    outcome.result = decoder.result
    return outcome
}

private let hello =
    line(#""content":"","thinking":"Let me""#) + line(#""content":"","thinking":" see""#) + line(#""content":"Hé""#)
    + line(#""content":"llo \ud83d\ude00\n""#) + last()

struct ChatStreamDecoderTests {
    @Test func joinsTheTokensOfOnePiece() {
        let outcome = decode(hello)
        #expect(
            outcome.events == [
                .text("Let me see", kind: .reasoning), .text("Héllo 😀\n"), .stop("stop"),
                .usage(LLM.Usage(promptTokens: 26, completionTokens: 4)),
            ])
        #expect(outcome.failure == nil)
        #expect(outcome.result.model == "llama3.2")
        #expect(outcome.result.extra == #"{"total_duration":4883583458,"prompt_eval_duration":342546000}"#)
        #expect(!outcome.result.isNotAModel)
    }

    @Test func readsTheSameWhereverTheStreamIsCut() {
        let whole = decode(hello)
        for size in 1...80 {
            let cut = decode(hello, pieces: size)
            #expect(cut.text() == whole.text(), "pieces of \(size)")
            #expect(cut.text(.reasoning) == whole.text(.reasoning), "pieces of \(size)")
            #expect(cut.rest == whole.rest, "pieces of \(size)")
            #expect(cut.failure == nil, "pieces of \(size)")
        }
    }

    @Test func toleratesEmptyLinesReturnsAndALastLineWithoutItsEnd() {
        let odd = "\r\n\n" + hello.replacing("\n{", with: "\r\n\n{").dropLast()
        #expect(decode(String(odd)).text() == "Héllo 😀\n")
        #expect(decode(String(odd)).rest == decode(hello).rest)
    }

    @Test func toleratesWhatItDoesNotKnow() {
        let stream =
            line(#""content":"a","mood":"good","images":null"#, more: #""done":false,"heartbeat":[1,{"a":null}]"#)
            + line(#""content":null"#) + #"{"model":"llama3.2","done":false}"# + "\n"
            + last(message: #""content":"b","mood":"better""#)
        let outcome = decode(stream)
        #expect(outcome.text() == "ab")
        #expect(outcome.rest.first == .extra(#"{"mood":"better"}"#))
        #expect(outcome.result.extra?.hasPrefix(#"{"heartbeat":[1,{"a":null}]"#) == true)
    }

    @Test func leavesWhatFollowsTheEnd() {
        let outcome = decode(hello + line(#""content":"more""#) + "rubbish")
        #expect(outcome == decode(hello))
    }

    @Test(arguments: [
        ("stop", "stop"), ("length", "length"), ("content_filter", "content_filter"), ("", "stop"), ("unknown", "stop"),
    ])
    func saysWhyTheAnswerEnded(_ reason: String, _ stop: String) {
        #expect(decode(line(#""content":"a""#) + last(reason)).rest.first == .stop(stop))
    }

    @Test func estimatesWhatOllamaDidNotCount() {
        // The prompt's count is left out where all of it was in the cache.
        let stream = line(#""content":"12345678""#) + last(counts: nil)
        #expect(
            decode(stream).rest.last == .usage(LLM.Usage(promptTokens: 7, completionTokens: 2, isEstimated: true)))
        let half = stream.replacing(#""done":true"#, with: #""done":true,"eval_count":9"#)
        #expect(decode(half).rest.last == .usage(LLM.Usage(promptTokens: 7, completionTokens: 9, isEstimated: true)))
    }

    @Test func readsLogprobs() {
        let entry = #"{"token":"a","logprob":-0.5,"bytes":[97],"top_logprobs":[]}"#
        let outcome = decode(line(#""content":"a""#, more: #""done":false,"logprobs":[\#(entry)]"#) + last())
        #expect(outcome.rest.first == .logprobs(#"{"content":[\#(entry)]}"#))
    }
}

struct ToolCallTests {
    private let call = #"{"function":{"name":"f","arguments":{"city":"Oslo","days":1.50}}}"#

    @Test func readsParallelCallsAndMakesIdsForThem() {
        let stream =
            line(#""content":"Hm","tool_calls":[\#(call),{"function":{"index":1,"name":"g","arguments":{}}}]"#)
            + line(#""content":"","tool_calls":[{"id":"call_own","function":{"name":"h","arguments":"{\"a\":1}"}}]"#)
            + last()
        let events = [
            LLM.Event.toolCall(index: 0, id: "id1", name: "f", arguments: #"{"city":"Oslo","days":1.50}"#),
            .toolCall(index: 1, id: "id2", name: "g", arguments: "{}"),
            .toolCall(index: 2, id: "call_own", name: "h", arguments: #"{"a":1}"#), .stop("tool_calls"),
        ]
        for size in [1, 7, 4096] {
            let outcome = decode(stream, pieces: size)
            #expect(outcome.text() == "Hm")
            #expect(Array(outcome.rest.dropLast()) == events)
        }
    }

    @Test func givesOneCallWhereOneIsWanted() {
        let stream = line(#""content":"","tool_calls":[\#(call),\#(call)]"#) + last()
        #expect(decode(stream).rest.count == 4)
        let outcome = decode(stream) { $0.parallelToolCalls = false }
        #expect(outcome.rest.count == 3)
        #expect(outcome.rest[1] == .stop("tool_calls"))
    }

    @Test func keepsTheOrderOfTextAndCalls() {
        let stream = line(#""content":"a","tool_calls":[\#(call)]"#) + line(#""content":"b""#) + last("length")
        let kinds = decode(stream).events.map { event in
            switch event {
            case .text(let text, _, _): text
            case .toolCall: "call"
            case .stop(let reason, _): reason
            default: ""
            }
        }
        #expect(kinds == ["a", "call", "b", "length", ""])
    }

    @Test func refusesACallOfNoTool() {
        for bad in ["{}", #"{"function":{}}"#, #"{"function":{"name":""}}"#, "7"] {
            let failure = decode(line(#""content":"","tool_calls":[\#(bad)]"#) + last()).failure
            #expect(failure?.explanation == "the upstream calls a tool without a name", "\(bad)")
        }
    }

    @Test func makesIdsThatDiffer() {
        let ids = Set((0..<100).map { _ in CallID.random() })
        #expect(ids.count == 100)
        #expect(ids.allSatisfy { $0.hasPrefix("call_") && $0.utf8.count == 21 })
    }
}

struct DamagedStreamTests {
    @Test func takesAnEndWithoutDoneForABrokenConnection() {
        let cut = decode(line(#""content":"a""#))
        #expect(cut.events == [.text("a")])
        #expect(cut.failure?.code == .unavailable)
        #expect(cut.failure?.retry == true)
        #expect(cut.failure?.explanation.contains("broke off after") == true)
        #expect(decode(String(hello.dropLast(10))).failure?.explanation.contains("broke off") == true)
        #expect(
            decode("").failure?.explanation == "the upstream's stream ended without anything of a chat; see base_url")
    }

    @Test func leavesOutObjectsThatItDoesNotKnowButWantsAnAnswer() {
        let strange = #"{"status":"pulling manifest"}"# + "\n{}\n"
        #expect(decode(strange + hello) == decode(hello))
        let failure = decode(strange).failure
        #expect(failure?.code == .unavailable)
        #expect(failure?.explanation == "the upstream's stream ended without anything of a chat; see base_url")
    }

    @Test(arguments: [
        "<html><body>It works!</body></html>\n", "not json\n", "[1]\n", "7\n", "null\n",
        #"{"message":7,"done":false}"# + "\n",
        #"{"message":{"content":[1]},"done":false}"# + "\n", "{\"message\"\n", "data: {\"choices\":[]}\n",
    ])
    func refusesRubbishWithASentence(_ rubbish: String) {
        for stream in [rubbish, rubbish + hello] {
            let failure = decode(stream).failure
            #expect(failure?.code == .unavailable)
            #expect(failure?.retry == true)
            #expect(failure?.explanation.contains("upstream") == true)
        }
        let later = decode(line(#""content":"a""#) + rubbish + last())
        #expect(later.text() == "a")
        #expect(later.failure != nil)
    }

    @Test func reportsAnErrorInTheStreamWhateverCameBefore() {
        let missing = decode(#"{"error":"model 'llama3.2' not found"}"# + "\n")
        #expect(missing.failure?.code == .notFound)
        #expect(missing.failure?.explanation.contains("ollama pull llama3.2") == true)
        let later = decode(line(#""content":"a""#) + #"{"error":"an error was encountered while running the model"}"#)
        #expect(later.events == [.text("a")])
        #expect(later.failure?.detail == "an error was encountered while running the model")
    }

    @Test func boundsTheAnswer() {
        let outcome = decode(hello, pieces: 100, limit: 200)
        #expect(outcome.failure?.code == .exhausted)
        #expect(outcome.failure?.explanation == "the upstream's answer is longer than 200 bytes; see max_answer_bytes")
        // Also a line that never ends.
        #expect(decode(String(repeating: "x", count: 5000), pieces: 100, limit: 1000).failure?.code == .exhausted)
    }

    @Test func boundsTheFieldsThatNobodyReads() throws {
        let many = (0..<100).map { #""k\#($0)":"\#(String(repeating: "v", count: 1000))""# }.joined(separator: ",")
        let extra = try #require(decode(line(#""content":"a""#, more: #""done":false,\#(many)"#) + last()).result.extra)
        #expect(try JSON(parsing: extra).object?.count == 32)
        let large = #""done":false,"k":"\#(String(repeating: "v", count: 70_000))","small":1"#
        #expect(
            decode(line(#""content":"a""#, more: large) + last(counts: nil)).result.extra
                == #"{"small":1,"total_duration":4883583458}"#)
    }

    @Test func saysWhatIsWrongWhereNothingWasGenerated() {
        // Observed: a conversation without a message of the user only loads the model.
        let load = last("load", counts: nil)
        let noUser = decode(load) { $0.messages[0].role = "system" }
        #expect(noUser.failure?.code == .invalidArgument)
        #expect(noUser.failure?.retry == false)
        let unexplained = decode(load)
        #expect(unexplained.failure?.code == .unavailable)
        #expect(unexplained.failure?.retry == true)
        // Whoever sends no message wants the model to be loaded, and nothing else.
        #expect(decode(load) { $0.messages = [] }.rest.first == .stop("stop"))
        #expect(decode(line(#""content":"a""#) + load).failure == nil)
    }
}
