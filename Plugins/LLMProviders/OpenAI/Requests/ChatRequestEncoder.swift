import JackfieldJSON
import JackfieldPlugin
package import JackfieldVocabulary

/// Writes a completion request in OpenAI's dialect (API reference, "Create chat completion"), straight into bytes.
package struct ChatRequestEncoder: Sendable {
    let maxTokensField: OpenAIConfig.MaxTokensField
    let reasoningField: OpenAIConfig.ReasoningField
    let streamUsage: Bool

    package init(_ config: OpenAIConfig) {
        maxTokensField = config.maxTokensField
        reasoningField = config.reasoningField
        streamUsage = config.streamUsage
    }

    /// The body of `POST /chat/completions`.
    ///
    /// - Throws: `invalidArgument` where a field that should hold JSON does not.
    package func encode(_ request: LLM.CompletionRequest) throws(CallError) -> [UInt8] {
        let extra = try request.extra.map { text throws(CallError) in try JSONObject(extra: text, of: "the request") }
        var writer = JSONWriter(capacity: 512 + request.textBytes * 9 / 8)
        writer.beginObject()
        writer.key("model")
        writer.string(request.model)
        writer.key("messages")
        writer.beginArray()
        for message in request.messages { try encode(message, &writer) }
        writer.endArray()
        if request.stream {
            writer.key("stream")
            writer.bool(true)
            encodeStreamOptions(extra, &writer)
        }
        encodeSampling(request, &writer)
        try encodeTools(request, &writer)
        if let format = request.responseFormat {
            writer.key("response_format")
            try writer.raw(format, "response_format", begins: ["{"])
        }
        for member in extra?.members ?? [] where !isWritten(member.key, request) {
            writer.key(member.key)
            writer.write(member.value)
        }
        writer.endObject()
        return writer.bytes
    }

    private func encodeSampling(_ request: LLM.CompletionRequest, _ writer: inout JSONWriter) {
        if let bound = request.maxTokens {
            writer.key(maxTokensField.rawValue)
            writer.int(bound)
        }
        if let choices = request.choices {
            writer.key("n")
            writer.int(choices)
        }
        if let temperature = request.temperature {
            writer.key("temperature")
            writer.double(temperature)
        }
        if let topP = request.topP {
            writer.key("top_p")
            writer.double(topP)
        }
        if let penalty = request.frequencyPenalty {
            writer.key("frequency_penalty")
            writer.double(penalty)
        }
        if let penalty = request.presencePenalty {
            writer.key("presence_penalty")
            writer.double(penalty)
        }
        if let seed = request.seed {
            writer.key("seed")
            writer.int(seed)
        }
        if !request.stop.isEmpty {
            writer.key("stop")
            writer.beginArray()
            for text in request.stop { writer.string(text) }
            writer.endArray()
        }
        if request.logprobs {
            writer.key("logprobs")
            writer.bool(true)
        }
        if let top = request.topLogprobs {
            writer.key("top_logprobs")
            writer.int(top)
        }
        if let user = request.user {
            writer.key("user")
            writer.string(user)
        }
    }

    private func encodeTools(_ request: LLM.CompletionRequest, _ writer: inout JSONWriter) throws(CallError) {
        if !request.tools.isEmpty {
            writer.key("tools")
            writer.beginArray()
            for tool in request.tools { try encode(tool, &writer) }
            writer.endArray()
        }
        if let choice = request.toolChoice {
            writer.key("tool_choice")
            try writer.raw(choice, "tool_choice", begins: ["{", "\""])
        }
        if let parallel = request.parallelToolCalls {
            writer.key("parallel_tool_calls")
            writer.bool(parallel)
        }
    }

    private func encode(_ tool: LLM.Tool, _ writer: inout JSONWriter) throws(CallError) {
        let extra = try NestedExtra(tool.extra, inner: "function", of: "the tool \"\(tool.name)\"")
        writer.beginObject()
        writer.key("type")
        writer.string("function")
        writer.key("function")
        writer.beginObject()
        var written = ["name"]
        writer.key("name")
        writer.string(tool.name)
        if let description = tool.description {
            writer.key("description")
            writer.string(description)
            written.append("description")
        }
        if let parameters = tool.parameters {
            writer.key("parameters")
            try writer.raw(parameters, "the parameters of the tool \"\(tool.name)\"", begins: ["{"])
            written.append("parameters")
        }
        if let strict = tool.strict {
            writer.key("strict")
            writer.bool(strict)
            written.append("strict")
        }
        extra.writeInner(&writer, without: written)
        writer.endObject()
        extra.writeOuter(&writer, without: ["type"])
        writer.endObject()
    }

    /// The usage of a stream is only sent by upstreams that are asked for it; other options are the client's.
    private func encodeStreamOptions(_ extra: JSONObject?, _ writer: inout JSONWriter) {
        var options = extra?["stream_options"]?.object ?? JSONObject()
        options["include_usage"] = streamUsage ? true : nil
        guard !options.isEmpty else { return }
        writer.key("stream_options")
        writer.write(.object(options))
    }

    /// Whether the request itself has said this, so that an extra field must not say it again.
    private func isWritten(_ key: String, _ request: LLM.CompletionRequest) -> Bool {
        switch key {
        case "model", "messages", "stream", "stream_options": true
        case "max_tokens", "max_completion_tokens": request.maxTokens != nil
        case "n": request.choices != nil
        case "temperature": request.temperature != nil
        case "top_p": request.topP != nil
        case "frequency_penalty": request.frequencyPenalty != nil
        case "presence_penalty": request.presencePenalty != nil
        case "seed": request.seed != nil
        case "stop": !request.stop.isEmpty
        case "logprobs": request.logprobs
        case "top_logprobs": request.topLogprobs != nil
        case "user": request.user != nil
        case "tools": !request.tools.isEmpty
        case "tool_choice": request.toolChoice != nil
        case "parallel_tool_calls": request.parallelToolCalls != nil
        case "response_format": request.responseFormat != nil
        default: false
        }
    }
}
