import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary
import Testing

@testable import OpenAI

private func encode(_ request: LLM.CompletionRequest, _ change: (inout OpenAIConfig) -> Void = { _ in }) throws
    -> String
{
    var config = OpenAIConfig(baseURL: try BaseURL("http://localhost/v1"))
    change(&config)
    return String(decoding: try ChatRequestEncoder(config).encode(request), as: UTF8.self)
}

private func ask(_ parts: LLM.Part...) -> LLM.CompletionRequest {
    LLM.CompletionRequest(model: "m", messages: [LLM.Message(role: "user", parts: parts)])
}

struct ChatRequestEncoderTests {
    @Test func writesTheLeastThatIsNeeded() throws {
        #expect(
            try encode(ask(.text("say \"hi\"\n")))
                == #"{"model":"m","messages":[{"role":"user","content":"say \"hi\"\n"}]}"#)
    }

    @Test func writesEveryField() throws {
        var request = ask(.text("x"))
        request.stream = true
        request.maxTokens = 5
        request.choices = 2
        request.temperature = 0.5
        request.topP = 1
        request.frequencyPenalty = -1
        request.presencePenalty = 0.25
        request.seed = -7
        request.stop = ["a", "b"]
        request.logprobs = true
        request.topLogprobs = 3
        request.user = "u"
        request.tools = [
            LLM.Tool(name: "f", description: "d", parameters: #"{"type":"object"}"#, strict: true), LLM.Tool(name: "g"),
        ]
        request.toolChoice = "\"auto\""
        request.parallelToolCalls = false
        request.responseFormat = #"{"type":"json_object"}"#
        #expect(
            try encode(request) == #"{"model":"m","messages":[{"role":"user","content":"x"}],"stream":true,"#
                + #""stream_options":{"include_usage":true},"max_tokens":5,"n":2,"temperature":0.5,"top_p":1,"frequency_penalty":-1,"#
                + #""presence_penalty":0.25,"seed":-7,"stop":["a","b"],"logprobs":true,"top_logprobs":3,"user":"u","#
                + #""tools":[{"type":"function","function":{"name":"f","description":"d","parameters":{"type":"object"},"strict":true}},"#
                + #"{"type":"function","function":{"name":"g"}}],"tool_choice":"auto","parallel_tool_calls":false,"#
                + #""response_format":{"type":"json_object"}}"#)
    }

    @Test func writesPartsAndImages() throws {
        let json = try encode(
            ask(
                .text("a"), .imageURL("https://x/y.png", detail: "low"),
                .image([0xff, 0xd8, 0xff, 0xe0], mediaType: "image/jpeg", detail: nil),
                .data(#"{"k":1}"#, mediaType: "application/json"), .other(#"{"type":"input_audio","input_audio":{}}"#)))
        let parts = try #require(try JSON(parsing: json)["messages"]?[0]?["content"]?.array)
        #expect(
            parts.map(\.text) == [
                #"{"type":"text","text":"a"}"#,
                #"{"type":"image_url","image_url":{"url":"https://x/y.png","detail":"low"}}"#,
                #"{"type":"image_url","image_url":{"url":"data:image/jpeg;base64,/9j/4A=="}}"#,
                #"{"type":"text","text":"{\"k\":1}"}"#,
                #"{"type":"input_audio","input_audio":{}}"#,
            ])
    }

    @Test func writesAConversationWithTools() throws {
        let request = LLM.CompletionRequest(
            model: "m",
            messages: [
                LLM.Message(
                    role: "assistant", parts: [], calls: [LLM.ToolCall(id: "a", name: "f", arguments: "{bad")],
                    reasoning: "hm"),
                LLM.Message(role: "tool", parts: [.text("r")], toolCallID: "a"),
                LLM.Message(role: "user", parts: [], name: "n", extra: #"{"role":"system","cache":true}"#),
            ])
        let calls = #""tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{bad"}}]"#
        let rest =
            #",{"role":"tool","content":"r","tool_call_id":"a"},{"role":"user","content":"","name":"n","cache":true}]}"#
        #expect(
            try encode(request) == #"{"model":"m","messages":[{"role":"assistant","content":null,"# + calls + "}" + rest
        )
        #expect(
            try encode(request) { $0.reasoningField = .reasoningContent }
                == #"{"model":"m","messages":[{"role":"assistant","content":null,"reasoning_content":"hm","# + calls
                + "}" + rest)
    }

    @Test func mergesExtraFieldsButLetsNoneSpeakTwice() throws {
        var request = ask(.text("x"))
        request.temperature = 1
        request.maxTokens = 9
        request.extra =
            #"{"model":"dear","temperature":2,"max_completion_tokens":8,"top_k":4,"metadata":{"a":[1.50]},"stream":true}"#
        #expect(
            try encode(request) { $0.maxTokensField = .maxCompletionTokens }
                == #"{"model":"m","messages":[{"role":"user","content":"x"}],"max_completion_tokens":9,"temperature":1,"top_k":4,"metadata":{"a":[1.50]}}"#
        )
    }

    @Test func asksForTheUsageOfStreamsUnlessToldNotTo() throws {
        var request = ask(.text("x"))
        request.stream = true
        request.extra = #"{"stream_options":{"include_usage":false,"include_obfuscation":false}}"#
        #expect(
            try encode(request).hasSuffix(
                #""stream":true,"stream_options":{"include_usage":true,"include_obfuscation":false}}"#))
        #expect(
            try encode(request) { $0.streamUsage = false }.hasSuffix(
                #""stream_options":{"include_obfuscation":false}}"#))
        request.extra = nil
        #expect(try encode(request) { $0.streamUsage = false }.hasSuffix(#""stream":true}"#))
    }

    @Test(arguments: [#""auto","model":"dear""#, "auto", "{", #"{"a":1}}"#, "[]", "", "7"])
    func refusesJSONThatWouldBreakOutOfItsPlace(_ text: String) {
        var request = ask(.text("x"))
        request.toolChoice = text
        let error = #expect(throws: CallError.self) { try encode(request) }
        #expect(error?.code == .invalidArgument)
        #expect(error?.message == "tool_choice must be a JSON object or string")
    }

    @Test func namesTheToolWhoseParametersAreWrong() {
        var request = ask(.text("x"))
        request.tools = [LLM.Tool(name: "good", parameters: "{}"), LLM.Tool(name: "bad", parameters: "[]")]
        #expect(throws: CallError(.invalidArgument, "the parameters of the tool \"bad\" must be a JSON object")) {
            try encode(request)
        }
    }
}
