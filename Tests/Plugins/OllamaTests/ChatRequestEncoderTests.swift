import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary
import Testing

@testable import Ollama

private func encode(_ request: LLM.CompletionRequest, _ change: (inout OllamaConfig) -> Void = { _ in }) throws
    -> String
{
    var config = try OllamaConfig([:])
    change(&config)
    return String(decoding: try ChatRequestEncoder(config).encode(request), as: UTF8.self)
}

private func ask(_ parts: LLM.Part...) -> LLM.CompletionRequest {
    LLM.CompletionRequest(model: "m", messages: [LLM.Message(role: "user", parts: parts)])
}

private func error(_ request: LLM.CompletionRequest) -> CallError? {
    do {
        _ = try encode(request)
        return nil
    } catch {
        return error as? CallError
    }
}

private let start = #"{"model":"m","messages":[{"role":"user","content":"x"}],"stream":false"#

struct ChatRequestEncoderTests {
    @Test func saysThatNoStreamIsWanted() throws {
        // Without the field Ollama streams.
        #expect(
            try encode(ask(.text("say \"hi\"\n")))
                == #"{"model":"m","messages":[{"role":"user","content":"say \"hi\"\n"}],"stream":false}"#)
        var request = ask(.text("x"))
        request.stream = true
        #expect(try encode(request).hasSuffix(#""stream":true}"#))
    }

    @Test func putsTheFieldsOfSamplingAmongTheOptions() throws {
        var request = ask(.text("x"))
        request.maxTokens = 5
        request.temperature = 0.5
        request.topP = 1
        request.frequencyPenalty = -1
        request.presencePenalty = 0.25
        request.seed = -7
        request.stop = ["a", "b"]
        request.user = "nobody"
        request.logprobs = true
        request.topLogprobs = 3
        #expect(
            try encode(request) == start
                + #","logprobs":true,"top_logprobs":3,"options":{"num_predict":5,"temperature":0.5,"#
                + #""top_p":1,"frequency_penalty":-1,"presence_penalty":0.25,"seed":-7,"stop":["a","b"]}}"#)
    }

    @Test func letsTheRequestGoBeforeTheClientsOptionsAndThoseBeforeTheOperators() throws {
        var request = ask(.text("x"))
        request.temperature = 1
        request.extra = #"{"top_k":7,"min_p":null,"options":{"num_ctx":2,"temperature":2,"top_k":8},"keep_alive":0}"#
        #expect(
            try encode(request) {
                $0.options = ["num_ctx": 1, "num_gpu": 3, "temperature": 3]
                $0.keepAlive = "10m"
            } == start + #","keep_alive":0,"options":{"num_ctx":2,"num_gpu":3,"temperature":1,"top_k":8}}"#)
        request.extra = nil
        #expect(
            try encode(request) { $0.keepAlive = "10m" } == start + #","keep_alive":"10m","options":{"temperature":1}}"#
        )
    }

    @Test func passesOtherExtraFieldsOnButLetsNoneSpeakTwice() throws {
        var request = ask(.text("x"))
        request.extra =
            #"{"model":"dear","messages":[],"stream":true,"stream_options":{},"truncate":false,"metadata":{"a":[1.50]}}"#
        #expect(try encode(request) == start + #","truncate":false,"metadata":{"a":[1.50]}}"#)
    }

    @Test(arguments: [
        (#"{"think":true}"#, "true"), (#"{"think":"high","reasoning_effort":"low"}"#, #""high""#),
        (#"{"reasoning_effort":"none"}"#, "false"), (#"{"reasoning_effort":"minimal"}"#, #""low""#),
        (#"{"reasoning_effort":"medium"}"#, #""medium""#),
    ])
    func saysHowHardToThink(_ extra: String, _ think: String) throws {
        var request = ask(.text("x"))
        request.extra = extra
        #expect(try encode(request) == start + ",\"think\":\(think)}")
    }

    @Test(arguments: [
        (#"{"type":"text"}"#, ""), (#"{"type":"json_object"}"#, #","format":"json""#),
        (
            #"{"type":"json_schema","json_schema":{"name":"n","schema":{"type":"object"}}}"#,
            #","format":{"type":"object"}"#
        ),
        (#"{"type":"json_schema","json_schema":{"name":"n"}}"#, #","format":"json""#),
    ])
    func translatesTheFormOfTheAnswer(_ format: String, _ expected: String) throws {
        var request = ask(.text("x"))
        request.responseFormat = format
        #expect(try encode(request) == start + expected + "}")
        request.responseFormat = nil
        request.extra = #"{"format":{"type":"array"}}"#
        #expect(try encode(request) == start + #","format":{"type":"array"}}"#)
    }

    @Test func sendsImagesBesideTheText() throws {
        #expect(
            try encode(
                ask(
                    .text("a"), .image([0xff, 0xd8, 0xff, 0xe0], mediaType: "image/jpeg", detail: nil), .text("b"),
                    .data(#"{"k":1}"#, mediaType: "application/json"),
                    .image([0x66], mediaType: "image/png", detail: nil)))
                == #"{"model":"m","messages":[{"role":"user","content":"ab\n{\"k\":1}\n","images":["/9j/4A==","Zg=="]}],"stream":false}"#
        )
    }

    @Test func refusesWhatTheDialectHasNoWordsFor() {
        var several = ask(.text("x"))
        several.choices = 2
        var format = ask(.text("x"))
        format.responseFormat = #"{"type":"grammar"}"#
        var forced = ask(.text("x"))
        forced.tools = [LLM.Tool(name: "f")]
        forced.toolChoice = "\"required\""
        var named = forced
        named.toolChoice = #"{"type":"function","function":{"name":"f"}}"#
        for (request, sentence) in [
            (ask(.imageURL("https://x/y.png", detail: nil)), "Ollama fetches no images"),
            (
                ask(.other(#"{"type":"input_audio"}"#)),
                "Ollama takes text and images, not a part of the type \"input_audio\""
            ),
            (several, "Ollama gives one answer to a request"), (format, "Ollama knows no response_format \"grammar\""),
            (forced, "Ollama cannot be made to call a tool"), (named, "Ollama cannot be made to call a tool"),
        ] {
            let error = error(request)
            #expect(error?.code == .unsupported)
            #expect(error?.message.hasPrefix(sentence) == true, "\(error?.message ?? "no error")")
        }
    }

    @Test func refusesRubbishWhereJSONShouldBe() {
        let changes: [(inout LLM.CompletionRequest) -> Void] = [
            { $0.toolChoice = "{" }, { $0.toolChoice = "\"sometimes\"" }, { $0.tools[0].parameters = "[]" },
            { $0.tools[0].parameters = #"{}},"stream":true,"x":{"# }, { $0.responseFormat = "json" },
            { $0.responseFormat = #"{"type":"json_schema","json_schema":{"schema":7}}"# }, { $0.extra = "[]" },
            { $0.extra = #"{"options":7}"# }, { $0.extra = #"{"think":7}"# }, { $0.messages[0].extra = "7" },
        ]
        for (index, change) in changes.enumerated() {
            var request = ask(.text("x"))
            request.tools = [LLM.Tool(name: "f")]
            change(&request)
            #expect(error(request)?.code == .invalidArgument, "change \(index)")
        }
    }
}

struct ToolRequestTests {
    @Test func offersTools() throws {
        var request = ask(.text("x"))
        request.tools = [
            LLM.Tool(name: "f", description: "d", parameters: #"{"type":"object"}"#, strict: true), LLM.Tool(name: "g"),
        ]
        let tools =
            #","tools":[{"type":"function","function":{"name":"f","description":"d","parameters":{"type":"object"}}},"#
            + #"{"type":"function","function":{"name":"g"}}]}"#
        #expect(try encode(request) == start + tools)
        request.toolChoice = "\"auto\""
        request.parallelToolCalls = true
        #expect(try encode(request) == start + tools)
        request.toolChoice = "\"none\""
        #expect(try encode(request) == start + "}")
    }

    @Test func sendsCallsAsObjectsAndResultsWithTheNameOfTheirTool() throws {
        let request = LLM.CompletionRequest(
            model: "m",
            messages: [
                LLM.Message(role: "developer", text: "s"),
                LLM.Message(
                    role: "assistant", parts: [.text("hm")],
                    calls: [
                        LLM.ToolCall(id: "a", name: "f", arguments: #"{"x":1.50}"#),
                        LLM.ToolCall(id: "b", name: "g", arguments: ""),
                    ], reasoning: "think"),
                LLM.Message(role: "tool", parts: [.text("2")], toolCallID: "b"),
                LLM.Message(role: "tool", parts: [.text("1")], toolCallID: "a"),
                LLM.Message(role: "assistant", parts: [], calls: [LLM.ToolCall(id: "a", name: "h", arguments: "{}")]),
                LLM.Message(role: "tool", parts: [.text("3")], toolCallID: "a"),
                LLM.Message(role: "tool", parts: [.text("4")], toolCallID: "lost"),
                LLM.Message(role: "tool", parts: [.text("5")], name: "own", toolCallID: "a"),
            ])
        let messages = try #require(try JSON(parsing: encode(request))["messages"]?.array)
        #expect(
            messages.map(\.text) == [
                #"{"role":"system","content":"s"}"#,
                #"{"role":"assistant","content":"hm","thinking":"think","tool_calls":[{"id":"a","function":{"name":"f","arguments":{"x":1.50}}},"#
                    + #"{"id":"b","function":{"name":"g","arguments":{}}}]}"#,
                #"{"role":"tool","content":"2","tool_name":"g","tool_call_id":"b"}"#,
                #"{"role":"tool","content":"1","tool_name":"f","tool_call_id":"a"}"#,
                #"{"role":"assistant","content":"","tool_calls":[{"id":"a","function":{"name":"h","arguments":{}}}]}"#,
                // The id comes again: the latest call before the result is meant.
                #"{"role":"tool","content":"3","tool_name":"h","tool_call_id":"a"}"#,
                #"{"role":"tool","content":"4","tool_call_id":"lost"}"#,
                #"{"role":"tool","content":"5","tool_name":"own","tool_call_id":"a"}"#,
            ])
    }

    @Test(arguments: ["{bad", "[1]", "7", "\"x\""])
    func keepsArgumentsThatAreNoObject(_ arguments: String) throws {
        let request = LLM.CompletionRequest(
            model: "m",
            messages: [
                LLM.Message(
                    role: "assistant", parts: [], calls: [LLM.ToolCall(id: "a", name: "f", arguments: arguments)])
            ])
        let call = try JSON(parsing: encode(request))["messages"]?[0]?["tool_calls"]?[0]
        #expect(call?["function"]?["arguments"] == ["arguments": .string(arguments)])
    }

    @Test func mergesTheExtraFieldsOfAMessage() throws {
        var request = ask(.text("x"))
        request.messages[0].extra = #"{"role":"system","images":["no"],"mood":"good"}"#
        #expect(
            try encode(request).hasPrefix(#"{"model":"m","messages":[{"role":"user","content":"x","mood":"good"}]"#))
    }
}
