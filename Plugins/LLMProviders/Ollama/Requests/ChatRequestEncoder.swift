import JackfieldJSON
import JackfieldPlugin
package import JackfieldVocabulary

/// Writes a completion request for `POST /api/chat` (docs.ollama.com/api/chat), straight into bytes.
package struct ChatRequestEncoder: Sendable {
    let keepAlive: JSON?
    let options: JSONObject

    package init(_ config: OllamaConfig) {
        keepAlive = config.keepAlive
        options = config.options
    }

    /// The body of the request.
    ///
    /// - Throws: `unsupported` for what the dialect has no words for, `invalidArgument` where a field that should hold
    ///   JSON does not.
    package func encode(_ request: LLM.CompletionRequest) throws(CallError) -> [UInt8] {
        guard request.choices ?? 1 <= 1 else {
            throw CallError(.unsupported, "Ollama gives one answer to a request; ask for n = 1")
        }
        let extra = try request.extra.map { text throws(CallError) in try JSONObject(extra: text, of: "the request") }
        let fields = RequestExtra(extra ?? JSONObject())
        var writer = JSONWriter(capacity: 512 + request.textBytes * 9 / 8)
        writer.beginObject()
        writer.key("model")
        writer.string(request.model)
        writer.key("messages")
        writer.beginArray()
        var calledTools = CalledTools()
        for message in request.messages {
            try encode(message, calledTools, &writer)
            calledTools.add(message.calls)
        }
        writer.endArray()
        // Left out, it would mean a stream.
        writer.key("stream")
        writer.bool(request.stream)
        try encodeTools(request, &writer)
        if let format = try ResponseFormat.format(request.responseFormat) ?? fields.format {
            writer.key("format")
            writer.write(format)
        }
        if let think = try fields.think() {
            writer.key("think")
            writer.write(think)
        }
        if let keepAlive = fields.keepAlive ?? keepAlive {
            writer.key("keep_alive")
            writer.write(keepAlive)
        }
        if request.logprobs {
            writer.key("logprobs")
            writer.bool(true)
        }
        if let top = request.topLogprobs {
            writer.key("top_logprobs")
            writer.int(top)
        }
        let options = try options(of: request, fields)
        if !options.isEmpty {
            writer.key("options")
            writer.write(.object(options))
        }
        for member in fields.rest {
            writer.key(member.key)
            writer.write(member.value)
        }
        writer.endObject()
        return writer.bytes
    }

    /// What the operator says, then what the client says in Ollama's own words, then the fields of the vocabulary.
    private func options(
        of request: LLM.CompletionRequest, _ fields: RequestExtra
    ) throws(CallError) -> JSONObject {
        var options = options
        options.set(try fields.options())
        func set(_ key: String, _ value: JSON?) {
            if let value { options[key] = value }
        }
        set("num_predict", request.maxTokens.map { JSON($0) })
        set("temperature", request.temperature.map { JSON($0) })
        set("top_p", request.topP.map { JSON($0) })
        set("frequency_penalty", request.frequencyPenalty.map { JSON($0) })
        set("presence_penalty", request.presencePenalty.map { JSON($0) })
        set("seed", request.seed.map { JSON($0) })
        if !request.stop.isEmpty { options["stop"] = .array(request.stop.map { .string($0) }) }
        return options
    }
}

/// What Ollama can be told of the form of an answer: nothing, "json", or a JSON Schema.
enum ResponseFormat {
    /// - Parameter text: JSON in OpenAI's dialect, as the request has it.
    static func format(_ text: String?) throws(CallError) -> JSON? {
        guard let text else { return nil }
        guard let json = try? JSON(parsing: text), let type = json["type"]?.string else {
            throw CallError(.invalidArgument, "response_format must be a JSON object with a type")
        }
        switch type {
        case "text": return nil
        case "json_object": return "json"
        case "json_schema":
            guard let schema = json["json_schema"]?["schema"] else { return "json" }
            guard schema.object != nil else {
                throw CallError(.invalidArgument, "response_format.json_schema.schema must be an object")
            }
            return schema
        default:
            throw CallError(
                .unsupported, "Ollama knows no response_format \"\(type)\"; it knows json_object and json_schema")
        }
    }
}
