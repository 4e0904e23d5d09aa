import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary
import Testing

@testable import OpenAI

private func encode(_ request: LLM.CompletionRequest) throws -> JSON {
    let config = OpenAIConfig(baseURL: try BaseURL("http://localhost/v1"))
    return try JSON(parsing: String(decoding: try ChatRequestEncoder(config).encode(request), as: UTF8.self))
}

/// What the vocabulary has no place for goes through in both directions.
struct ExtraMemberTests {
    private let ephemeral = #"{"cache_control":{"type":"ephemeral"}}"#

    @Test func writesTheExtraFieldsOfParts() throws {
        let request = LLM.CompletionRequest(
            model: "m",
            messages: [
                LLM.Message(role: "user", parts: [.text("a", extra: ephemeral)]),
                LLM.Message(
                    role: "user",
                    parts: [
                        .imageURL(
                            "https://x/y.png", detail: "low", extra: #"{"image_url":{"detail":"high","f":1},"g":2}"#),
                        .image([0xff], mediaType: "image/png", detail: nil, extra: #"{"type":"text","g":3}"#),
                    ]),
            ])
        let messages = try encode(request)["messages"]
        #expect(
            messages?[0]?["content"]?.text == #"[{"type":"text","text":"a","cache_control":{"type":"ephemeral"}}]"#)
        #expect(
            messages?[1]?["content"]?[0]?.text
                == #"{"type":"image_url","image_url":{"url":"https://x/y.png","detail":"low","f":1},"g":2}"#)
        #expect(
            messages?[1]?["content"]?[1]?.text
                == #"{"type":"image_url","image_url":{"url":"data:image/png;base64,/w=="},"g":3}"#)
    }

    @Test func writesTheExtraFieldsOfToolsAndCalls() throws {
        let signature =
            #"{"extra_content":{"google":{"thought_signature":"s"}},"id":"forged","function":{"name":"no"}}"#
        var request = LLM.CompletionRequest(
            model: "m",
            messages: [
                LLM.Message(
                    role: "assistant", parts: [],
                    calls: [LLM.ToolCall(id: "a", name: "f", arguments: "{}", extra: signature)])
            ])
        request.tools = [
            LLM.Tool(
                name: "f", description: "d",
                extra: #"{"cache_control":{"type":"ephemeral"},"function":{"name":"no","description":"no","k":1}}"#)
        ]
        let body = try encode(request)
        #expect(
            body["messages"]?[0]?["tool_calls"]?[0]?.text
                == #"{"id":"a","type":"function","function":{"name":"f","arguments":"{}"},"#
                + #""extra_content":{"google":{"thought_signature":"s"}}}"#)
        #expect(
            body["tools"]?[0]?.text
                == #"{"type":"function","function":{"name":"f","description":"d","k":1},"cache_control":{"type":"ephemeral"}}"#
        )
    }

    @Test(arguments: ["", "7", "[]", "{", #"{"a":1}}"#])
    func refusesExtraFieldsThatAreNoObject(_ extra: String) throws {
        let message = LLM.Message(role: "user", parts: [.text("a", extra: extra)])
        let request = LLM.CompletionRequest(model: "m", messages: [message])
        #expect(throws: CallError(.invalidArgument, "the extra fields of a part of a message must be a JSON object")) {
            try encode(request)
        }
    }

    @Test func passesOnWhatAMessageSaysBesides() throws {
        let body =
            #"{"choices":[{"index":0,"message":{"role":"assistant","content":"x","function_call":null,"audio":null,"#
            + #""annotations":[{"type":"url_citation"}],"thinking_blocks":[{"signature":"s"}]},"finish_reason":"stop"}]}"#
        let (events, _) = try ChatResponseDecoder.decode(Array(body.utf8), promptBytes: 0)
        #expect(
            events.prefix(3) == [
                .text("x"),
                .extra(#"{"annotations":[{"type":"url_citation"}],"thinking_blocks":[{"signature":"s"}]}"#),
                .stop("stop"),
            ])
    }

    @Test func passesOnWhatADeltaSaysBesides() {
        var decoder = ChatStreamDecoder(limit: 1 << 20)
        let stream =
            #"data: {"choices":[{"index":1,"delta":{"content":"a","reasoning_details":[{"text":"é"}]}}]}"# + "\n\n"
            + #"data: {"choices":[{"index":1,"delta":{"content":"b"},"finish_reason":"stop"}]}"# + "\n\n"
        let events = decoder.decode(Array(stream.utf8)) + decoder.finish(promptBytes: 0)
        #expect(
            events.dropLast() == [
                .text("a", choice: 1), .extra(#"{"reasoning_details":[{"text":"é"}]}"#, choice: 1),
                .text("b", choice: 1), .stop("stop", choice: 1),
            ])
    }

    @Test func passesOnWhatACallSaysBesides() throws {
        let body =
            #"{"choices":[{"message":{"tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{}"}},"#
            + #"{"id":"b","type":"function","extra_content":{"google":{}},"function":{"name":"g","arguments":"{}"}}]},"#
            + #""finish_reason":"tool_calls"}]}"#
        let (events, _) = try ChatResponseDecoder.decode(Array(body.utf8), promptBytes: 0)
        #expect(
            events.dropLast() == [
                .toolCall(index: 0, id: "a", name: "f", arguments: "{}"),
                .toolCall(index: 1, id: "b", name: "g", arguments: "{}"),
                .extra(#"{"tool_calls":[{"index":1,"extra_content":{"google":{}}}]}"#), .stop("tool_calls"),
            ])
    }
}
