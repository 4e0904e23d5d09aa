import JackfieldVocabulary

/// Every field of a request, in a fixed order. A new field of the vocabulary belongs here; until then it would not
/// count, and a test that counts the fields says so.
extension KeyHash {
    /// Top-level members of `extra` that do not change what is answered.
    private static let ignored: Set<String> = [
        "stream", "stream_options", "user", "safety_identifier", "prompt_cache_key",
    ]

    mutating func add(_ request: LLM.CompletionRequest) {
        add(count: request.messages.count)
        for message in request.messages { add(message) }
        add(count: request.tools.count)
        for tool in request.tools {
            add(tool.name)
            add(tool.description)
            add(json: tool.parameters)
            add(tool.strict)
            add(extra: tool.extra)
        }
        add(json: request.toolChoice)
        add(request.parallelToolCalls)
        add(json: request.responseFormat)
        add(request.maxTokens)
        // One answer, said or not.
        add(request.choices ?? 1)
        add(request.temperature)
        add(request.topP)
        add(request.frequencyPenalty)
        add(request.presencePenalty)
        add(request.seed)
        add(texts: request.stop)
        add(request.logprobs)
        add(request.topLogprobs)
        add(extra: request.extra, ignoring: Self.ignored)
    }

    mutating func add(_ request: LLM.EmbeddingRequest) {
        add(texts: request.input)
        add(request.dimensions)
        add(extra: request.extra, ignoring: Self.ignored)
    }

    private mutating func add(_ message: LLM.Message) {
        add(message.role)
        add(message.name)
        add(message.toolCallID)
        add(message.reasoning)
        add(extra: message.extra)
        add(count: message.parts.count)
        for part in message.parts { add(part) }
        add(count: message.calls.count)
        for call in message.calls {
            add(call.id)
            add(call.name)
            // The model reads its own words again as they were, so here the spelling counts.
            add(call.arguments)
            add(extra: call.extra)
        }
    }

    private mutating func add(_ part: LLM.Part) {
        switch part {
        case .text(let text, let extra):
            add(byte: 1)
            add(text)
            add(extra: extra)
        case .imageURL(let url, let detail, let extra):
            add(byte: 2)
            add(url)
            add(detail)
            add(extra: extra)
        case .image(let bytes, let mediaType, let detail, let extra):
            add(byte: 3)
            add(bytes)
            add(mediaType)
            add(detail)
            add(extra: extra)
        case .data(let json, let mediaType):
            add(byte: 4)
            add(json: json)
            add(mediaType)
        case .other(let json):
            add(byte: 5)
            add(json: json)
        }
    }

    private mutating func add(texts: [String]) {
        add(count: texts.count)
        for text in texts { add(text) }
    }
}
