import HTTPServer
import JackfieldJSON
import JackfieldVocabulary
import NIOCore
import Testing

@Suite("A chat completion request is read")
struct ChatCompletionRequestTests {
    @Test("with every field in its place")
    func full() throws {
        let decoded = try ChatCompletionRequest.decode(
            #"""
            {"model": "default", "stream": true, "stream_options": {"include_usage": true, "include_obfuscation": false},
             "messages": [{"role": "system", "content": "Be short."}, {"role": "developer", "content": [{"type": "text", "text": "And kind."}]},
                          {"role": "user", "name": "jan", "content": "hi \u00e9\n", "mood": {"a": [1, null]}}],
             "temperature": 0.25, "top_p": 1, "n": 2, "max_completion_tokens": 17, "seed": -42, "stop": "END", "logprobs": true,
             "top_logprobs": 20, "frequency_penalty": -2, "presence_penalty": 2, "user": "somebody", "parallel_tool_calls": false,
             "response_format": {"type": "json_object"}, "logit_bias": {"50256": -100}, "metadata": null}
            """#)
        var expected = LLM.CompletionRequest(
            model: "default",
            messages: [
                LLM.Message(role: "system", text: "Be short."), LLM.Message(role: "developer", text: "And kind."),
                LLM.Message(role: "user", parts: [.text("hi é\n")], name: "jan", extra: #"{"mood":{"a":[1,null]}}"#),
            ])
        expected.stream = true
        expected.temperature = 0.25
        expected.topP = 1
        expected.choices = 2
        expected.maxTokens = 17
        expected.seed = -42
        expected.stop = ["END"]
        expected.logprobs = true
        expected.topLogprobs = 20
        expected.frequencyPenalty = -2
        expected.presencePenalty = 2
        expected.user = "somebody"
        expected.parallelToolCalls = false
        expected.responseFormat = #"{"type":"json_object"}"#
        expected.extra =
            #"{"logit_bias":{"50256":-100},"metadata":null,"stream_options":{"include_obfuscation":false}}"#
        #expect(decoded.request == expected)
        #expect(decoded.includeUsage)
    }

    @Test("with tools, calls and their answers")
    func tools() throws {
        let request = try ChatCompletionRequest.decode(
            #"""
            {"model": "m", "tool_choice": {"type": "function", "function": {"name": "weather"}},
             "tools": [{"type": "function", "function": {"name": "weather", "description": "The weather.", "strict": true,
                        "parameters": {"type": "object", "properties": {"z": {}, "a": {"minimum": 1.50}}}}},
                       {"type": "function", "function": {"name": "plain", "parameters": null}}],
             "messages": [{"role": "user", "content": "?"},
                          {"role": "assistant", "content": null, "refusal": null, "audio": null, "function_call": null,
                           "reasoning_content": "hmm", "tool_calls": [{"id": "c1", "type": "function",
                           "function": {"name": "weather", "arguments": "{\"a\": 1"}}]},
                          {"role": "tool", "tool_call_id": "c1", "content": "rain"}]}
            """#
        ).request
        #expect(request.toolChoice == #"{"type":"function","function":{"name":"weather"}}"#)
        #expect(
            request.tools == [
                LLM.Tool(
                    name: "weather", description: "The weather.",
                    parameters: #"{"type":"object","properties":{"z":{},"a":{"minimum":1.50}}}"#, strict: true),
                LLM.Tool(name: "plain"),
            ])
        #expect(
            request.messages[1]
                == LLM.Message(
                    role: "assistant", parts: [],
                    calls: [LLM.ToolCall(id: "c1", name: "weather", arguments: #"{"a": 1"#)],
                    reasoning: "hmm"))
        #expect(request.messages[2] == LLM.Message(role: "tool", parts: [.text("rain")], toolCallID: "c1"))
    }

    @Test("with parts of every kind")
    func parts() throws {
        let parts = try ChatCompletionRequest.decode(
            messages: #"""
                {"role": "user", "content": [
                  {"type": "text", "text": "look", "cache_control": {"type": "ephemeral"}},
                  {"type": "image_url", "image_url": {"url": "https://example.com/a.png", "detail": "low"}},
                  {"type": "image_url", "image_url": {"url": "data:IMAGE/PNG;base64,iVBORw0KGg8=", "detail": null}},
                  {"type": "input_audio", "input_audio": {"data": "AAAA", "format": "wav"}},
                  {"type": "file", "file": {"file_id": "f1"}}]}
                """#
        ).request.messages[0].parts
        #expect(
            parts == [
                .text("look", extra: #"{"cache_control":{"type":"ephemeral"}}"#),
                .imageURL("https://example.com/a.png", detail: "low"),
                .image([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0f], mediaType: "image/png", detail: nil),
                .other(#"{"type":"input_audio","input_audio":{"data":"AAAA","format":"wav"}}"#),
                .other(#"{"type":"file","file":{"file_id":"f1"}}"#),
            ])
    }

    @Test("with null where nothing is said, and a refusal kept for the upstream")
    func nulls() throws {
        let nulls = [
            "temperature", "top_p", "n", "max_tokens", "max_completion_tokens", "seed", "stop", "logprobs",
            "top_logprobs",
            "frequency_penalty", "presence_penalty", "user", "parallel_tool_calls", "response_format", "tools",
            "tool_choice",
            "stream", "stream_options", "functions", "function_call",
        ]
        let decoded = try ChatCompletionRequest.decode(with: nulls.map { "\"\($0)\":null" }.joined(separator: ","))
        #expect(decoded.request == LLM.CompletionRequest(model: "m", messages: [LLM.Message(role: "user", text: "hi")]))
        let refused = try ChatCompletionRequest.decode(messages: #"{"role":"assistant","content":null,"refusal":"no"}"#)
        #expect(refused.request.messages[0].extra == #"{"refusal":"no"}"#)
        #expect(
            try ChatCompletionRequest.decode(with: #""max_tokens":5,"max_completion_tokens":5"#).request.maxTokens == 5)
        #expect(try ChatCompletionRequest.decode(with: #""tool_choice":"auto""#).request.toolChoice == nil)
    }

    @Test("and survives the way through the payload of the ABI")
    func payload() throws {
        let request = try ChatCompletionRequest.decode(with: #""seed":7,"stop":["a","b"],"custom":{"x":[1.0]}"#).request
        let bytes = request.payload()
        #expect(bytes.withUnsafeBytes { LLM.CompletionRequest(PayloadReader(checked: $0)) } == request)
    }

    @Test("of very many unknown fields in a time that grows with their number only")
    func manyFields() throws {
        let members = (0..<50_000).map { "\"k\($0)\":0" }.joined(separator: ",")
        let began = processorSeconds()
        let decoded = try ChatCompletionRequest.decode(with: members)
        #expect(decoded.request.extra?.hasSuffix(#""k49999":0}"#) == true)
        #expect(processorSeconds() - began < 8, "comparing each with each takes minutes")
    }
}
