import JackfieldJSON
import JackfieldPlugin
package import JackfieldVocabulary

/// Writes a completion request in Anthropic's dialect (API reference, "Create a Message"), straight into bytes.
package struct MessagesRequestEncoder: Sendable {
    /// A request that is ready to be sent.
    package struct Encoded: Sendable {
        /// The body of `POST /v1/messages`.
        package var body: [UInt8]
        /// Names that the client wants in the `anthropic-beta` header.
        package var betas: [String]
    }

    private let defaultMaxTokens: Int
    private let sendsEffort: Bool
    private let sendsSampling: Bool

    package init(_ config: AnthropicConfig) {
        defaultMaxTokens = config.maxTokens
        sendsEffort = config.sendsEffort
        sendsSampling = config.sendsSampling
    }

    /// - Throws: `unsupported` for what Anthropic does not offer, `invalidArgument` where a field that should hold JSON
    ///   does not.
    package func encode(_ request: LLM.CompletionRequest) throws(CallError) -> Encoded {
        try MessagesRequestEncoder.checkOffered(request)
        let extra = try RequestExtra(request.extra, sendsEffort: sendsEffort, sendsSampling: sendsSampling)
        let format = try OutputFormat(request.responseFormat)
        var conversation = try Conversation(request.messages)
        if case .instruction(let text)? = format { conversation.add(system: text) }

        var writer = JSONWriter(capacity: 512 + request.textBytes * 9 / 8)
        writer.beginObject()
        writer.key("model")
        writer.string(request.model)
        writer.key("max_tokens")
        // Thinking counts as well, and without room for the answer the API refuses the request.
        writer.int(request.maxTokens.map(Int.init) ?? defaultMaxTokens + extra.thinkingBudget)
        encode(conversation, &writer)
        if request.stream {
            writer.key("stream")
            writer.bool(true)
        }
        encodeSampling(request, &writer)
        try ToolsEncoder.encode(request, &writer)
        encodeExtra(extra, format, user: request.user, &writer)
        writer.endObject()
        return Encoded(body: writer.bytes, betas: extra.betas)
    }

    /// What would be missing from the answer must be refused. A penalty or a seed would not be missed: the vendor's own
    /// layer for OpenAI's dialect ignores them as well.
    private static func checkOffered(_ request: LLM.CompletionRequest) throws(CallError) {
        if let choices = request.choices, choices > 1 {
            throw CallError(.unsupported, "n is \(choices); Anthropic's models give one answer to a request")
        }
        if request.logprobs || (request.topLogprobs ?? 0) > 0 {
            throw CallError(.unsupported, "logprobs are asked for; Anthropic's models do not give them")
        }
    }

    private func encode(_ conversation: Conversation, _ writer: inout JSONWriter) {
        if !conversation.system.isEmpty {
            writer.key("system")
            ContentBlock.write(conversation.system, &writer)
        }
        writer.key("messages")
        writer.beginArray()
        for turn in conversation.turns {
            writer.beginObject()
            writer.key("role")
            writer.string(turn.isAssistant ? "assistant" : "user")
            writer.key("content")
            ContentBlock.write(turn.results + turn.blocks, &writer)
            writer.endObject()
        }
        writer.endArray()
    }

    private func encodeSampling(_ request: LLM.CompletionRequest, _ writer: inout JSONWriter) {
        if sendsSampling, let temperature = request.temperature {
            writer.key("temperature")
            // OpenAI's scale goes on to 2, Anthropic's ends here.
            writer.double(min(temperature, 1))
        }
        if sendsSampling, let topP = request.topP {
            writer.key("top_p")
            writer.double(topP)
        }
        if !request.stop.isEmpty {
            writer.key("stop_sequences")
            writer.beginArray()
            for text in request.stop { writer.string(text) }
            writer.endArray()
        }
    }

    private func encodeExtra(
        _ extra: RequestExtra, _ format: OutputFormat?, user: String?, _ writer: inout JSONWriter
    ) {
        if let thinking = extra.thinking {
            writer.key("thinking")
            writer.write(thinking)
        }
        var config = extra.outputConfig
        if case .schema(let schema)? = format { config["format"] = schema }
        if !config.isEmpty {
            writer.key("output_config")
            writer.write(.object(config))
        }
        if let user = extra.userID ?? user {
            writer.key("metadata")
            writer.write(["user_id": .string(user)])
        }
        for member in extra.others.members {
            writer.key(member.key)
            writer.write(member.value)
        }
    }
}
