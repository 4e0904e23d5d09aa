import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary

/// The body of POST /chat/completions.
enum ChatRequest {
    /// - Throws: `invalidArgument` if JSON that the client sent along is none.
    static func body(_ request: LLM.CompletionRequest) throws(CallError) -> [UInt8] {
        var body: JSONObject = [
            "model": .string(request.model), "messages": .array(request.messages.map(message)),
            // Always a stream: the host joins the pieces for clients that want one answer.
            "stream": true, "stream_options": ["include_usage": true],
        ]
        body["max_tokens"] = request.maxTokens.map { JSON($0) }
        body["n"] = request.choices.map { JSON($0) }
        body["temperature"] = request.temperature.map { JSON($0) }
        body["top_p"] = request.topP.map { JSON($0) }
        body["frequency_penalty"] = request.frequencyPenalty.map { JSON($0) }
        body["presence_penalty"] = request.presencePenalty.map { JSON($0) }
        body["seed"] = request.seed.map { JSON($0) }
        body["stop"] = request.stop.isEmpty ? nil : .array(request.stop.map { .string($0) })
        body["logprobs"] = request.logprobs ? true : nil
        body["top_logprobs"] = request.topLogprobs.map { JSON($0) }
        body["user"] = request.user.map { .string($0) }
        body["tools"] = request.tools.isEmpty ? nil : .array(try tools(request.tools))
        body["parallel_tool_calls"] = request.parallelToolCalls.map { .bool($0) }
        body["tool_choice"] = try json(request.toolChoice, "tool_choice")
        body["response_format"] = try json(request.responseFormat, "response_format")
        for member in try request.extra.map({ (text) throws(CallError) in
            try JSONObject(extra: text, of: "the request")
        })?.members ?? [] where body[member.key] == nil {
            body[member.key] = member.value
        }
        return JSON.object(body).bytes
    }

    private static func message(_ message: LLM.Message) -> JSON {
        var object: JSONObject = ["role": .string(message.role), "content": content(message.parts)]
        if message.parts.isEmpty { object["content"] = .null }
        object["name"] = message.name.map { .string($0) }
        object["tool_call_id"] = message.toolCallID.map { .string($0) }
        if !message.calls.isEmpty {
            object["tool_calls"] = .array(
                message.calls.map { call in
                    [
                        "id": .string(call.id), "type": "function",
                        "function": ["name": .string(call.name), "arguments": .string(call.arguments)],
                    ]
                })
        }
        return .object(object)
    }

    /// One text where that is all there is: every server reads that. Else a list of parts.
    private static func content(_ parts: [LLM.Part]) -> JSON {
        let texts = parts.compactMap { part in
            switch part {
            case .text(let text, _), .data(let text, _): text
            case .imageURL, .image, .other: nil
            }
        }
        if texts.count == parts.count { return .string(texts.joined(separator: "\n")) }
        return .array(
            parts.map { part in
                switch part {
                case .text(let text, _), .data(let text, _): ["type": "text", "text": .string(text)]
                case .imageURL(let url, let detail, _): image(url, detail)
                case .image(let bytes, let mediaType, let detail, _):
                    image(
                        String(
                            decoding: Base64.encode(bytes, after: Array("data:\(mediaType);base64,".utf8)),
                            as: UTF8.self),
                        detail)
                case .other(let text): (try? JSON(parsing: text)) ?? ["type": "text", "text": .string(text)]
                }
            })
    }

    private static func image(_ url: String, _ detail: String?) -> JSON {
        var image: JSONObject = ["url": .string(url)]
        image["detail"] = detail.map { .string($0) }
        return ["type": "image_url", "image_url": .object(image)]
    }

    private static func tools(_ tools: [LLM.Tool]) throws(CallError) -> [JSON] {
        var list: [JSON] = []
        for tool in tools {
            var function: JSONObject = ["name": .string(tool.name)]
            function["description"] = tool.description.map { .string($0) }
            function["parameters"] = try json(tool.parameters, "the parameters of \(tool.name)")
            function["strict"] = tool.strict.map { .bool($0) }
            list.append(["type": "function", "function": .object(function)])
        }
        return list
    }

    private static func json(_ text: String?, _ what: String) throws(CallError) -> JSON? {
        guard let text else { return nil }
        guard let value = try? JSON(parsing: text) else { throw CallError(.invalidArgument, "\(what) is not JSON") }
        return value
    }
}
