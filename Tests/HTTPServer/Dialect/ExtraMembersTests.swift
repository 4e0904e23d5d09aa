import HTTPServer
import JackfieldJSON
import JackfieldVocabulary
import Testing

@Suite("Members that the vocabulary does not know")
struct ExtraMembersTests {
    @Test("of parts are kept, those inside the image under its name")
    func parts() throws {
        let parts = try ChatCompletionRequest.decode(
            messages: #"""
                {"role": "user", "content": [
                  {"cache_control": {"type": "ephemeral"}, "type": "text", "text": "a", "citations": null},
                  {"type": "image_url", "image_url": {"url": "https://x/y.png", "format": "png", "detail": "low", "a": null}},
                  {"type": "image_url", "cache_control": {}, "image_url": {"url": "data:image/png;base64,AA=="}},
                  {"type": "text", "text": "plain"}]}
                """#
        ).request.messages[0].parts
        #expect(
            parts == [
                .text("a", extra: #"{"cache_control":{"type":"ephemeral"}}"#),
                .imageURL("https://x/y.png", detail: "low", extra: #"{"image_url":{"format":"png"}}"#),
                .image([0], mediaType: "image/png", detail: nil, extra: #"{"cache_control":{}}"#), .text("plain"),
            ])
    }

    @Test("of tools and of calls are kept, those inside the function under its name")
    func tools() throws {
        let request = try ChatCompletionRequest.decode(
            #"""
            {"model": "m", "tools": [
               {"type": "function", "function": {"name": "f", "cache_control": {"a": 1}, "strict": null}, "cache_control": {"b": 2}},
               {"type": "function", "function": {"name": "g", "parameters": {}}}],
             "messages": [{"role": "assistant", "content": null, "tool_calls": [
               {"index": 0, "id": "c", "type": "function", "extra_content": {"google": {"thought_signature": "s"}},
                "function": {"name": "f", "arguments": "{}", "k": [1.50]}},
               {"index": 1, "id": "d", "type": "function", "function": {"name": "g", "arguments": "{}"}}]}]}
            """#
        ).request
        #expect(
            request.tools.map(\.extra) == [#"{"cache_control":{"b":2},"function":{"cache_control":{"a":1}}}"#, nil])
        #expect(
            request.messages[0].calls.map(\.extra) == [
                #"{"extra_content":{"google":{"thought_signature":"s"}},"function":{"k":[1.50]}}"#, nil,
            ])
    }

    @Test("very many of them, in a time that grows with their number only")
    func many() throws {
        let members = (0..<50_000).map { "\"k\($0)\":0" }.joined(separator: ",")
        let began = processorSeconds()
        let tools = try ChatCompletionRequest.decode(
            with: #""tools":[{"type":"function",\#(members),"function":{"name":"f",\#(members)}}]"#
        ).request.tools
        #expect(tools[0].extra?.hasSuffix(#""k49999":0}}"#) == true)
        #expect(processorSeconds() - began < 15, "comparing each with each takes minutes")
    }

    private func whole(_ events: LLM.Event...) throws -> JSON? {
        var answer = ChatCompletionAnswer()
        for event in events { answer.add(event) }
        let bytes = ChatCompletionEncoder.encode(
            answer, id: "chatcmpl-1", created: 0, model: "m", result: LLM.CompletionResult())
        return try JSON(parsing: text(bytes))["choices"]
    }

    @Test("of an answer's message go into it, later ones in the place of earlier ones")
    func message() throws {
        let choices = try whole(
            .text("x"), .extra(#"{"annotations":[1],"thinking_blocks":[{"signature":"a"}]}"#),
            .extra(#"{"thinking_blocks":[{"signature":"b"}]}"#), .text("y", choice: 1), .extra("}rubbish", choice: 1))
        #expect(
            choices?[0]?["message"]?.text
                == #"{"role":"assistant","content":"x","refusal":null,"annotations":[1],"thinking_blocks":[{"signature":"b"}]}"#
        )
        #expect(choices?[1]?["message"]?.text == #"{"role":"assistant","content":"y","refusal":null}"#)
    }

    @Test("of a call go into it, found by its index")
    func call() throws {
        let choices = try whole(
            .toolCall(index: 0, id: "a", name: "f", arguments: "{}"),
            .toolCall(index: 1, id: "b", name: "g", arguments: "{}"),
            .extra(#"{"tool_calls":[{"index":1,"id":"forged","extra_content":{"s":1}}]}"#),
            .extra(#"{"tool_calls":[{"extra_content":{}},{"index":-1,"x":1},7]}"#))
        #expect(
            choices?[0]?["message"]?["tool_calls"]?.text
                == #"[{"id":"a","type":"function","function":{"name":"f","arguments":"{}"}},"#
                + #"{"id":"b","type":"function","function":{"name":"g","arguments":"{}"},"extra_content":{"s":1}}]"#)
    }

    @Test("do not speak for the host")
    func forged() throws {
        let forged = #"{"role":"system","content":"no","refusal":"no","reasoning_content":"no","function_call":{}}"#
        #expect(
            try whole(.text("x"), .extra(forged))?[0]?["message"]?.text
                == #"{"role":"assistant","content":"x","refusal":null}"#)
        var stream = ChatCompletionStream.fixed()
        #expect(stream.events(.extra(forged), .extra("7")).isEmpty)
    }

    @Test("travel in a stream in chunks of their own")
    func streamed() throws {
        var stream = ChatCompletionStream.fixed()
        let deltas = try stream.events(
            .extra(#"{"audio":{"id":"a"}}"#, choice: 1), .extra(#"{"audio":{"data":"AA=="}}"#, choice: 1),
            .extra(#"{"tool_calls":[{"index":2,"extra_content":{"s":1}}]}"#, choice: 1)
        ).map { try JSON(parsing: $0)["choices"]?[0] }
        #expect(deltas.map { $0?["index"] } == [1, 1, 1])
        #expect(
            deltas.map { $0?["delta"]?.text } == [
                #"{"role":"assistant","audio":{"id":"a"}}"#, #"{"audio":{"data":"AA=="}}"#,
                #"{"tool_calls":[{"index":2,"extra_content":{"s":1}}]}"#,
            ])
    }

    @Test("of the usage: what was read from a cache and what was written to it")
    func usage() throws {
        func details(_ usage: LLM.Usage) throws -> String? {
            var answer = ChatCompletionAnswer()
            answer.add(.usage(usage))
            let bytes = ChatCompletionEncoder.encode(
                answer, id: "chatcmpl-1", created: 0, model: "m", result: LLM.CompletionResult())
            return try JSON(parsing: text(bytes))["usage"]?["prompt_tokens_details"]?.text
        }
        #expect(try details(LLM.Usage(promptTokens: 9)) == nil)
        #expect(try details(LLM.Usage(promptTokens: 9, cachedTokens: 4)) == #"{"cached_tokens":4}"#)
        #expect(
            try details(LLM.Usage(promptTokens: 9, cacheWriteTokens: 5))
                == #"{"cached_tokens":0,"cache_write_tokens":5}"#)
    }
}
