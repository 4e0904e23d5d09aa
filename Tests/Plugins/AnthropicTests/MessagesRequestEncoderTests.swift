import JackfieldJSON
import JackfieldVocabulary
import Testing

@testable import Anthropic

struct MessagesRequestEncoderTests {
    private let disk = LLM.Tool(
        name: "disk", description: "Free space", parameters: #"{"type":"object","properties":{"path":{}}}"#,
        strict: true, extra: #"{"cache_control":{"type":"ephemeral"},"name":"other"}"#)

    @Test func writesWhatTheClientSaidInAnthropicsWords() throws {
        var asked = request(hello)
        asked.stream = true
        asked.maxTokens = 50
        asked.temperature = 1.5
        asked.topP = 0.5
        asked.stop = ["END", "\n\n"]
        asked.user = "u-1"
        asked.seed = 7
        asked.frequencyPenalty = 1
        asked.presencePenalty = 1
        asked.choices = 1
        let body = try encodedWhole(asked).body
        #expect(
            String(decoding: body, as: UTF8.self)
                == #"{"model":"claude-x","max_tokens":50,"messages":[{"role":"user","content":"Hello"}],"stream":true,"#
                + #""temperature":1,"top_p":0.5,"stop_sequences":["END","\n\n"],"metadata":{"user_id":"u-1"}}"#)
    }

    /// Newer models refuse a request for these, and so does the newer version of the API.
    @Test(arguments: [#"{"send_sampling":false}"#, #"{"version":"2026-10-21"}"#])
    func keepsSamplingBackWhereItIsRefused(_ config: String) throws {
        var asked = request(hello)
        asked.temperature = 0.5
        asked.topP = 0.5
        asked.extra = #"{"top_k":5,"speed":"fast"}"#
        let given = try AnthropicConfig(JSON(parsing: config))
        let body = try JSON(parsing: MessagesRequestEncoder(given).encode(asked).body)
        #expect(body.object?.members.map(\.key) == ["model", "max_tokens", "messages", "speed"])
        let old = try JSON(parsing: MessagesRequestEncoder(AnthropicConfig(JSON(parsing: "{}"))).encode(asked).body)
        #expect(old["temperature"]?.double == 0.5 && old["top_p"]?.double == 0.5 && old["top_k"]?.int == 5)
    }

    @Test func offersTools() throws {
        var asked = request(hello)
        asked.tools = [disk, LLM.Tool(name: "now"), LLM.Tool(name: "any", parameters: "{}", strict: false)]
        let body = try encoded(asked)
        #expect(
            body["tools"]?.text
                == #"[{"name":"disk","description":"Free space","#
                + #""input_schema":{"type":"object","properties":{"path":{}}},"strict":true,"#
                + #""cache_control":{"type":"ephemeral"}},"#
                + #"{"name":"now","input_schema":{"type":"object","properties":{}}},"#
                + #"{"name":"any","input_schema":{"type":"object"}}]"#)
        #expect(body["tool_choice"] == nil)
    }

    @Test(
        arguments: [
            (#""auto""#, nil, #"{"type":"auto"}"#), (#""none""#, false, #"{"type":"none"}"#),
            (#""required""#, true, #"{"type":"any"}"#),
            (#""required""#, false, #"{"type":"any","disable_parallel_tool_use":true}"#),
            (
                #"{"type":"function","function":{"name":"disk"}}"#, false,
                #"{"type":"tool","name":"disk","disable_parallel_tool_use":true}"#
            ),
            (#"{"type":"tool","name":"disk"}"#, nil, #"{"type":"tool","name":"disk"}"#),
            (nil, false, #"{"type":"auto","disable_parallel_tool_use":true}"#),
        ] as [(String?, Bool?, String)])
    func translatesTheChoiceOfTools(_ choice: String?, _ isParallel: Bool?, _ expected: String) throws {
        var asked = request(hello)
        asked.tools = [disk]
        asked.toolChoice = choice
        asked.parallelToolCalls = isParallel
        #expect(try encoded(asked)["tool_choice"]?.text == expected)
    }

    @Test func saysNothingOfToolsWhereThereAreNone() throws {
        var asked = request(hello)
        asked.toolChoice = #""auto""#
        asked.parallelToolCalls = false
        #expect(try encoded(asked).object?.members.map(\.key) == ["model", "max_tokens", "messages"])
    }

    @Test func asksForASchema() throws {
        var asked = request(hello)
        asked.responseFormat =
            #"{"type":"json_schema","json_schema":{"name":"n","strict":true,"schema":{"type":"object"}}}"#
        asked.extra = #"{"output_config":{"effort":"high"}}"#
        #expect(
            try encoded(asked)["output_config"]?.text
                == #"{"effort":"high","format":{"type":"json_schema","schema":{"type":"object"}}}"#)
    }

    @Test func asksInWordsForAnyObject() throws {
        var asked = request(LLM.Message(role: "system", text: "Be brief."), hello)
        asked.responseFormat = #"{"type":"json_object"}"#
        let body = try encoded(asked)
        #expect(body["system"]?[0]?["text"] == "Be brief.")
        #expect(body["system"]?[1]?["text"]?.string?.contains("JSON object") == true)
        #expect(body["output_config"] == nil)
        asked.responseFormat = #"{"type":"text"}"#
        #expect(try encoded(asked)["system"] == "Be brief.")
    }

    @Test func refusesWhatWouldBeMissingFromTheAnswer() {
        func check(_ code: CallError.Code, _ word: String, _ change: (inout LLM.CompletionRequest) -> Void) {
            var asked = request(hello)
            asked.tools = [disk]
            change(&asked)
            let error = refusal { try encoded(asked) }
            #expect(error?.code == code)
            #expect(error?.message.contains(word) == true)
        }
        check(.unsupported, "n is 2") { $0.choices = 2 }
        check(.unsupported, "logprobs") { $0.logprobs = true }
        check(.unsupported, "grammar") { $0.responseFormat = #"{"type":"grammar"}"# }
        check(.invalidArgument, "schema") { $0.responseFormat = #"{"type":"json_schema","json_schema":{}}"# }
        check(.invalidArgument, "response_format") { $0.responseFormat = "{" }
        check(.unsupported, "allowed_tools") { $0.toolChoice = #"{"type":"allowed_tools"}"# }
        check(.invalidArgument, "tool_choice") { $0.toolChoice = #""some""# }
        check(.invalidArgument, "tool_choice") { $0.toolChoice = #"{"type":"function"}"# }
        check(.invalidArgument, "disk") { $0.tools[0].parameters = "[]" }
        check(.invalidArgument, "extra") { $0.extra = "[]" }
        check(.invalidArgument, "output_config") { $0.extra = #"{"output_config":1}"# }
        check(.invalidArgument, "betas") { $0.extra = #"{"betas":["a,b"]}"# }
    }
}
