import JackfieldPlugin
import JackfieldVocabulary
import Testing

@testable import Anthropic

private let message =
    #"{"id":"msg_1","type":"message","model":"claude-x","content":[{"type":"text","text":"Hi"}],"#
    + #""stop_reason":"end_turn","usage":{"input_tokens":3,"output_tokens":4}}"#
private let greeting = start() + block(0, emptyText, text("H"), text("i")) + end()

private func streamed(_ pieces: String..., failure: CallError? = nil) -> ScriptedHost.Reply {
    ScriptedHost.Reply(type: "text/event-stream; charset=utf-8", pieces: pieces, failure: failure)
}

private func whole(_ body: String, status: Int = 200) -> ScriptedHost.Reply {
    ScriptedHost.Reply(status: status, pieces: [body])
}

private func asked(stream: Bool) -> LLM.CompletionRequest {
    var asked = request(hello)
    asked.stream = stream
    return asked
}

struct AnthropicProviderTests {
    @Test func asksForAMessage() throws {
        let host = try ScriptedHost(
            config:
                #"{"base_url":"https://h/v1?team=a","api_key":"sk-ant-0123456789","beta":["a"],"headers":{"x-b":"c"}}"#,
            whole(message))
        var asked = asked(stream: false)
        asked.extra = #"{"betas":["b"]}"#
        let result = try host.complete(asked)
        #expect(result == LLM.CompletionResult(id: "msg_1", model: "claude-x"))
        #expect(
            host.events == [.text("Hi"), .stop("stop"), .usage(LLM.Usage(promptTokens: 3, completionTokens: 4))])
        let sent = try #require(host.requests.first)
        #expect(sent.method == "POST")
        #expect(sent.url == "https://h/v1/messages?team=a")
        #expect(
            sent.headers.map { "\($0.name): \($0.value)" } == [
                "anthropic-version: 2023-06-01", "x-api-key: sk-ant-0123456789", "x-b: c", "anthropic-beta: a,b",
                "accept: application/json", "content-type: application/json",
            ])
        #expect(sent.body == (try encodedWhole(asked).body))
    }

    @Test func passesAStreamOnPieceByPiece() throws {
        let host = try ScriptedHost(
            streamed(start(), block(0, emptyText, text("H")), block(1, emptyText, text("i")), end()))
        let result = try host.complete(asked(stream: true))
        #expect(
            host.events == [
                .text("H"), .text("i"), .stop("stop"), .usage(LLM.Usage(promptTokens: 25, completionTokens: 15)),
            ])
        #expect(result.id == "msg_1")
        #expect(host.requests[0].headers.contains { $0 == ("accept", "text/event-stream") })
        #expect(host.givenUp == 0)
    }

    @Test func takesWhatTheUpstreamDecidedToSend() throws {
        let host = try ScriptedHost(whole(message), streamed(greeting))
        _ = try host.complete(asked(stream: true))
        #expect(host.events.first == .text("Hi"))
        _ = try host.complete(asked(stream: false))
        #expect(host.events.first == .text("Hi"))
    }

    @Test func tellsWhyItWasRefusedAndNeverTheKey() throws {
        let body = #"{"type":"error","error":{"type":"authentication_error","message":"bad sk-ant-0123456789"}}"#
        let host = try ScriptedHost(whole(body, status: 401))
        let error = refusal { try host.complete(asked(stream: true)) }
        #expect(error?.code == .unauthenticated)
        #expect(error?.message.contains("«redacted»") == true)
        #expect(error?.message.contains("0123456789") == false)
    }

    @Test func saysThatABrokenAnswerMayBeTriedAgainOnlyWhereNothingWasGiven() throws {
        let error = event(#"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#)
        let half = start() + block(0, emptyText, text("H"))
        let cut = CallError(.unavailable, "connection reset")
        let host = try ScriptedHost(
            streamed(start(), error), streamed(half, error), streamed(start()), streamed(half),
            streamed(start(), failure: cut), streamed(half, failure: cut))
        for (index, retry) in [true, false, true, false, true, false].enumerated() {
            let error = refusal { try host.complete(asked(stream: true)) }
            #expect(error?.code == .unavailable)
            #expect(error?.retry == retry, "answer \(index)")
        }
        #expect(refusal { try host.complete(asked(stream: true)) } != nil)
    }

    @Test func forgivesANetworkThatFailsAfterTheAnswer() throws {
        let answer = String(greeting.dropLast(event(#"{"type":"message_stop"}"#).count))
        let host = try ScriptedHost(streamed(answer, failure: CallError(.unavailable, "connection reset")))
        _ = try host.complete(asked(stream: true))
        #expect(host.events.contains(.stop("stop")))
    }

    @Test func leavesTheUpstreamWhenNobodyWantsTheAnswer() throws {
        var endless = streamed(start() + block(0, emptyText, text("H")), block(1, emptyText, text("i")))
        endless.isEndless = true
        let host = try ScriptedHost(endless)
        host.wanted = 1
        #expect(refusal { try host.complete(asked(stream: true)) }?.code == .cancelled)
        #expect(host.givenUp == 1)
    }

    @Test func givesUpOnAnAnswerThatIsTooLong() throws {
        let long = start() + block(0, emptyText, text(String(repeating: "a", count: 3000)))
        let host = try ScriptedHost(
            config: #"{"base_url":"https://h","max_answer_bytes":2048}"#, streamed(long), whole(long))
        #expect(refusal { try host.complete(asked(stream: true)) }?.code == .exhausted)
        #expect(refusal { try host.complete(asked(stream: false)) }?.code == .exhausted)
        #expect(host.givenUp == 2)
    }

    @Test func asksNobodyForWhatCannotBe() throws {
        let host = try ScriptedHost()
        var many = asked(stream: true)
        many.choices = 2
        #expect(refusal { try host.complete(many) }?.code == .unsupported)
        #expect(refusal { try host.embed("text") }?.code == .unsupported)
        #expect(host.requests.isEmpty)
    }

    @Test func turnsThePagesOfTheListOfModels() throws {
        let host = try ScriptedHost(
            whole(#"{"data":[{"id":"a"}],"has_more":true,"last_id":"a/1"}"#),
            whole(#"{"data":[{"id":"b"}],"has_more":true,"last_id":"a/1"}"#))
        #expect(try host.models().map(\.id) == ["a", "b"])
        // The second page names itself as the next: a list that goes in circles ends here.
        #expect(
            host.requests.map(\.url) == [
                "https://h/v1/models?limit=1000", "https://h/v1/models?limit=1000&after_id=a%2F1",
            ])
        #expect(host.requests[0].headers.contains { $0 == ("x-api-key", "sk-ant-0123456789") })
    }
}
