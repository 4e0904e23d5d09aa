import JackfieldJSON
import JackfieldVocabulary
import Testing

@testable import Bedrock

private func encode(_ request: LLM.CompletionRequest, _ config: JSON = [:]) throws -> String {
    String(decoding: try ConverseRequestEncoder(BedrockConfig(config)).encode(request), as: UTF8.self)
}

private func ask(_ messages: LLM.Message...) -> LLM.CompletionRequest {
    LLM.CompletionRequest(model: "anthropic.claude", messages: messages)
}

private func user(_ parts: LLM.Part...) -> LLM.Message { LLM.Message(role: "user", parts: parts) }

struct ConverseRequestTests {
    @Test func writesTheLeastThatIsNeeded() throws {
        #expect(
            try encode(ask(user(.text("say \"hi\""))))
                == #"{"messages":[{"role":"user","content":[{"text":"say \"hi\""}]}]}"#)
    }

    @Test func writesEveryFieldThatConverseHas() throws {
        var request = ask(LLM.Message(role: "system", text: "be brief"), user(.text("x")))
        request.stream = true
        request.maxTokens = 5
        request.choices = 1
        request.temperature = 0.5
        request.topP = 1
        request.stop = ["a", "b"]
        request.user = "u-1"
        request.tools = [
            LLM.Tool(name: "f", description: "d", parameters: #"{"type":"object"}"#, strict: true), LLM.Tool(name: "g"),
        ]
        request.toolChoice = "\"auto\""
        #expect(
            try encode(request) == #"{"messages":[{"role":"user","content":[{"text":"x"}]}],"#
                + #""system":[{"text":"be brief"}],"#
                + #""inferenceConfig":{"maxTokens":5,"temperature":0.5,"topP":1,"stopSequences":["a","b"]},"#
                + #""toolConfig":{"tools":[{"toolSpec":{"name":"f","description":"d","#
                + #""inputSchema":{"json":{"type":"object"}},"strict":true}},"#
                + #"{"toolSpec":{"name":"g","inputSchema":{"json":{"type":"object","properties":{}}}}}],"#
                + #""toolChoice":{"auto":{}}},"requestMetadata":{"user":"u-1"}}"#)
    }

    @Test func keepsSamplingBackWhereItIsRefused() throws {
        var request = ask(user(.text("x")))
        request.temperature = 0.5
        request.topP = 0.5
        request.extra = #"{"top_k":5}"#
        let message = #""messages":[{"role":"user","content":[{"text":"x"}]}]"#
        #expect(try encode(request, ["send_sampling": false]) == "{\(message)}")
        #expect(
            try encode(request) == "{\(message)," + #""inferenceConfig":{"temperature":0.5,"topP":0.5},"#
                + #""additionalModelRequestFields":{"top_k":5}}"#)
    }

    @Test func letsTheRolesAlternateAndPutsSystemTextsApart() throws {
        let request = ask(
            LLM.Message(role: "system", text: "a"), user(.text("1")), user(.text("2"), .text("  ")),
            LLM.Message(role: "assistant", text: "3"), LLM.Message(role: "developer", text: "b"),
            LLM.Message(role: "assistant", text: "4"), user(.text("")), LLM.Message(role: "assistant", text: "5"))
        #expect(
            try encode(request) == #"{"messages":[{"role":"user","content":[{"text":"1"},{"text":"2"}]},"#
                + #"{"role":"assistant","content":[{"text":"3"},{"text":"4"},{"text":"5"}]}],"#
                + #""system":[{"text":"a"},{"text":"b"}]}"#)
    }

    @Test func writesAConversationWithTools() throws {
        var assistant = LLM.Message(
            role: "assistant", parts: [.text("let me see")],
            calls: [
                LLM.ToolCall(id: "a", name: "f", arguments: #"{"n":1.50}"#),
                LLM.ToolCall(id: "b", name: "g", arguments: ""),
                LLM.ToolCall(id: "c", name: "g", arguments: "{bad"),
            ])
        assistant.reasoning = "not signed, not sent"
        let request = ask(
            user(.text("q")), assistant, LLM.Message(role: "tool", parts: [.text("one")], toolCallID: "a"),
            LLM.Message(role: "tool", parts: [], toolCallID: "b"),
            LLM.Message(role: "tool", parts: [.text("no")], toolCallID: "c", extra: #"{"is_error":true}"#),
            user(.text("go on")))
        #expect(
            try encode(request) == #"{"messages":[{"role":"user","content":[{"text":"q"}]},"#
                + #"{"role":"assistant","content":[{"text":"let me see"},"#
                + #"{"toolUse":{"toolUseId":"a","name":"f","input":{"n":1.50}}},"#
                + #"{"toolUse":{"toolUseId":"b","name":"g","input":{}}},"#
                + #"{"toolUse":{"toolUseId":"c","name":"g","input":{"malformed_arguments":"{bad"}}}]},"#
                + #"{"role":"user","content":[{"toolResult":{"toolUseId":"a","content":[{"text":"one"}]}},"#
                + #"{"toolResult":{"toolUseId":"b","content":[{"text":"(empty)"}]}},"#
                + #"{"toolResult":{"toolUseId":"c","content":[{"text":"no"}],"status":"error"}},{"text":"go on"}]}],"#
                // Without tools the calls would be refused.
                + #""toolConfig":{"tools":[{"toolSpec":{"name":"f","inputSchema":{"json":{"type":"object","properties":{}}}}},"#
                + #"{"toolSpec":{"name":"g","inputSchema":{"json":{"type":"object","properties":{}}}}}]}}"#)
    }

    @Test(arguments: [
        ("\"auto\"", #""toolChoice":{"auto":{}}"#), ("\"required\"", #""toolChoice":{"any":{}}"#),
        (#"{"type":"function","function":{"name":"f"}}"#, #""toolChoice":{"tool":{"name":"f"}}"#),
    ])
    func translatesTheChoiceOfTools(_ choice: String, _ wanted: String) throws {
        var request = ask(user(.text("x")))
        request.tools = [LLM.Tool(name: "f")]
        request.toolChoice = choice
        #expect(try encode(request).contains(wanted))
    }

    @Test func leavesToolsOutWhereNoneMayBeUsed() throws {
        var request = ask(user(.text("x")))
        request.tools = [LLM.Tool(name: "f")]
        request.toolChoice = "\"none\""
        #expect(!(try encode(request).contains("toolConfig")))
        #expect(!ToolConfig.cannotForbidCalls(request))
        // The conversation holds calls: Converse refuses them without tools.
        request.messages.append(
            LLM.Message(role: "assistant", parts: [], calls: [LLM.ToolCall(id: "a", name: "f", arguments: "{}")]))
        let tools = try JSON(parsing: encode(request))["toolConfig"]
        #expect(tools?["tools"]?.array?.count == 1)
        #expect(tools?["toolChoice"] == nil)
        #expect(ToolConfig.cannotForbidCalls(request))
        request.toolChoice = "\"auto\""
        #expect(!ToolConfig.cannotForbidCalls(request))
    }

    @Test(
        arguments: [
            (nil, #"{"type":"auto","disable_parallel_tool_use":true}"#),
            ("\"required\"", #"{"type":"any","disable_parallel_tool_use":true}"#),
            (
                #"{"type":"function","function":{"name":"f"}}"#,
                #"{"type":"tool","name":"f","disable_parallel_tool_use":true}"#
            ),
        ] as [(String?, String)])
    func asksAnthropicsModelsForOneCallAtATime(_ choice: String?, _ wanted: String) throws {
        var request = ask(user(.text("x")))
        request.tools = [LLM.Tool(name: "f")]
        request.toolChoice = choice
        request.parallelToolCalls = false
        let json = try JSON(parsing: encode(request))
        #expect(json["additionalModelRequestFields"]?["tool_choice"]?.text == wanted)
        request.model = "meta.llama"
        #expect(try JSON(parsing: encode(request))["additionalModelRequestFields"] == nil)
    }

    @Test func writesImagesDocumentsAndBlocksOfItsOwn() throws {
        let json = try encode(
            ask(
                user(
                    .image([0xff, 0xd8, 0xff, 0xe0], mediaType: "image/jpg", detail: nil),
                    .imageURL("s3://bucket/x.PNG", detail: "low"), .data(#"{"k":1}"#, mediaType: "application/json"),
                    .other(
                        #"{"type":"file","file":{"filename":"a b.pdf","file_data":"data:application/pdf;base64,JVBE"}}"#
                    ),
                    .other(#"{"guardContent":{"text":{"text":"x"}}}"#))))
        let blocks = try #require(try JSON(parsing: json)["messages"]?[0]?["content"]?.array)
        #expect(
            blocks.map(\.text) == [
                #"{"image":{"format":"jpeg","source":{"bytes":"/9j/4A=="}}}"#,
                #"{"image":{"format":"png","source":{"s3Location":{"uri":"s3://bucket/x.PNG"}}}}"#,
                #"{"text":"{\"k\":1}"}"#,
                #"{"document":{"format":"pdf","name":"a-b-pdf","source":{"bytes":"JVBE"}}}"#,
                #"{"guardContent":{"text":{"text":"x"}}}"#,
            ])
    }

    @Test(arguments: [
        (LLM.Part.imageURL("https://x/y.png", detail: nil), "Bedrock fetches no images from the web"),
        (.image([1], mediaType: "image/tiff", detail: nil), "not as image/tiff"),
        (.other(#"{"type":"input_audio","input_audio":{}}"#), "no place for a part of the type \"input_audio\""),
        (.other(#"{"type":"file","file":{"file_id":"f"}}"#), "only by their bytes"),
        (.other(#"{"type":"file","file":{"file_data":"data:video/mp4;base64,AA"}}"#), "video/mp4"),
    ])
    func saysWhatItCannotTake(_ part: LLM.Part, _ words: String) {
        let error = #expect(throws: CallError.self) { try encode(ask(user(part))) }
        #expect(error?.code == .unsupported)
        #expect(error?.message.contains(words) == true)
    }

    @Test func saysWhichFieldsConverseDoesNotHave() throws {
        func error(_ change: (inout LLM.CompletionRequest) -> Void) -> CallError? {
            var request = ask(user(.text("x")))
            change(&request)
            return #expect(throws: CallError.self) { try encode(request) }
        }
        #expect(error { $0.choices = 2 }?.code == .unsupported)
        #expect(error { $0.logprobs = true }?.code == .unsupported)
        #expect(error { $0.responseFormat = #"{"type":"json_object"}"# }?.code == .unsupported)
        #expect(error { $0.responseFormat = "{}" }?.code == .invalidArgument)
        #expect(error { $0.toolChoice = "\"often\"" }?.code == .invalidArgument)
        #expect(error { $0.toolChoice = #"{"type":"allowed_tools"}"# }?.code == .unsupported)
        #expect(error { $0.messages = [LLM.Message(role: "tool", text: "x")] }?.code == .invalidArgument)
        #expect(error { $0.extra = "[]" }?.code == .invalidArgument)
        #expect(error { $0.tools = [LLM.Tool(name: "f", parameters: "[]")] }?.code == .invalidArgument)
    }

    @Test func asksForAnswersThatFitASchema() throws {
        var request = ask(user(.text("x")))
        request.responseFormat =
            #"{"type":"json_schema","json_schema":{"name":"n","strict":true,"schema":{"type":"object"}}}"#
        #expect(
            try JSON(parsing: encode(request))["outputConfig"]?.text
                == #"{"textFormat":{"type":"json_schema","structure":{"jsonSchema":"#
                + #"{"schema":"{\"type\":\"object\"}","name":"n"}}}}"#)
        request.responseFormat = #"{"type":"text"}"#
        #expect(!(try encode(request).contains("outputConfig")))
    }

    @Test func makesCachePointsOfCacheControl() throws {
        let control = #"{"cache_control":{"type":"ephemeral"}}"#
        let hour = #"{"cache_control":{"type":"ephemeral","ttl":"1h"}}"#
        var request = ask(
            LLM.Message(role: "system", parts: [.text("s", extra: hour)]), user(.text("u", extra: control)),
            LLM.Message(
                role: "assistant", parts: [],
                calls: [LLM.ToolCall(id: "a", name: "f", arguments: "{}", extra: control)]),
            LLM.Message(role: "tool", parts: [.text("r", extra: control)], toolCallID: "a"))
        request.tools = [LLM.Tool(name: "f", extra: control)]
        let json = try JSON(parsing: encode(request))
        let point = #"{"cachePoint":{"type":"default"}}"#
        #expect(json["system"]?[1]?.text == #"{"cachePoint":{"type":"default","ttl":"1h"}}"#)
        #expect(json["messages"]?[0]?["content"]?[1]?.text == point)
        #expect(json["messages"]?[1]?["content"]?[1]?.text == point)
        #expect(json["messages"]?[2]?["content"]?[1]?.text == point)
        #expect(json["messages"]?[2]?["content"]?[0]?["toolResult"]?["content"]?.array?.count == 1)
        #expect(json["toolConfig"]?["tools"]?[1]?.text == point)
    }

    @Test func sendsBackWhatWasThoughtWithItsSignature() throws {
        let extra =
            #"{"thinking_blocks":[{"type":"thinking","thinking":"hm","signature":"sig"},"#
            + #"{"type":"redacted_thinking","data":"AAE="},{"type":"odd"}]}"#
        let message = LLM.Message(role: "assistant", parts: [.text("so")], reasoning: "hm", extra: extra)
        let content = try JSON(parsing: encode(ask(message), ["send_reasoning": true]))["messages"]?[0]?["content"]
        #expect(
            content?.text == #"[{"reasoningContent":{"reasoningText":{"text":"hm","signature":"sig"}}},"#
                + #"{"reasoningContent":{"redactedContent":"AAE="}},{"text":"so"}]"#)
    }

    @Test func sendsBackUnsignedThoughtsOnlyIfToldTo() throws {
        let message = LLM.Message(role: "assistant", parts: [.text("so")], reasoning: "hm")
        #expect(!(try encode(ask(message)).contains("reasoningContent")))
        #expect(
            try encode(ask(message), ["send_reasoning": true])
                .contains(#"{"reasoningContent":{"reasoningText":{"text":"hm"}}},{"text":"so"}"#))
    }

    @Test func putsOtherFieldsWhereTheyBelong() throws {
        var request = ask(user(.text("x")))
        request.seed = 7
        request.frequencyPenalty = 0.5
        request.presencePenalty = 0
        request.extra =
            #"{"top_k":4,"thinking":{"type":"enabled","budget_tokens":1024},"stream_options":{"include_usage":true},"#
            + #""store":true,"reasoning_effort":"low","service_tier":"priority","#
            + #""additionalModelRequestFields":{"top_k":5,"a":1},"performanceConfig":{"latency":"optimized"},"#
            + #""guardrailConfig":{"guardrailIdentifier":"mine","guardrailVersion":"1"}}"#
        let json = try JSON(parsing: encode(request))
        #expect(
            json["additionalModelRequestFields"] == [
                "top_k": 5, "thinking": ["type": "enabled", "budget_tokens": 1024], "a": 1,
                "frequency_penalty": JSON(0.5),
                "seed": 7,
            ])
        #expect(json["performanceConfig"] == ["latency": "optimized"])
        #expect(json["guardrailConfig"]?["guardrailIdentifier"] == "mine")
        #expect(json["serviceTier"] == ["type": "priority"])
        #expect(json["store"] == nil && json["stream_options"] == nil)
        request.model = "openai.gpt-oss-120b-1:0"
        #expect(try JSON(parsing: encode(request))["additionalModelRequestFields"]?["reasoning_effort"] == "low")
    }

    @Test func letsNoClientChooseAnotherGuardrail() throws {
        var request = ask(user(.text("x")))
        request.extra = #"{"guardrailConfig":{"guardrailIdentifier":"weak","guardrailVersion":"1"}}"#
        let json = try JSON(parsing: encode(request, ["guardrail_id": "strict", "guardrail_version": "3"]))
        #expect(json["guardrailConfig"] == ["guardrailIdentifier": "strict", "guardrailVersion": "3"])
    }

    @Test func leavesAUserOutThatBedrockWouldRefuse() throws {
        var request = ask(user(.text("x")))
        request.user = "Zoë"
        #expect(!(try encode(request).contains("requestMetadata")))
    }

    @Test func renamesCallsOfOtherProvidersAlike() {
        #expect(ToolUseID.fitting("call_abc-1") == "call_abc-1")
        let renamed = ToolUseID.fitting("functions.f:0")
        #expect(renamed.hasPrefix("functions_f_0_"))
        #expect(renamed == ToolUseID.fitting("functions.f:0"))
        #expect(renamed != ToolUseID.fitting("functions:f.0"))
        for id in [renamed, ToolUseID.fitting(String(repeating: "x", count: 65)), ToolUseID.fitting("")] {
            #expect((1...64).contains(id.utf8.count))
            #expect(id.allSatisfy { $0 == "-" || $0 == "_" || $0.isASCII && ($0.isLetter || $0.isNumber) })
        }
    }
}
