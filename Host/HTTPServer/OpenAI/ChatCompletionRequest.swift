import JackfieldJSON
package import JackfieldVocabulary
package import NIOCore

/// A request to `POST /v1/chat/completions` (OpenAI API reference, "Create chat completion").
///
/// What the vocabulary does not know goes to `extra`, of the request and of each message, as it was written.
package struct ChatCompletionRequest: Sendable, Hashable {
    package var request: LLM.CompletionRequest
    /// The client wants a last chunk with the usage.
    package var includeUsage = false

    /// - Throws: status 400 with the field that is wrong; for what is not JSON, with the byte.
    package static func decode(_ body: ByteBuffer) throws(DialectError) -> ChatCompletionRequest {
        try DialectBody.lend(body) { bytes throws(DialectError) in try decode(bytes: bytes) }
    }

    package static func decode(bytes: UnsafeRawBufferPointer) throws(DialectError) -> ChatCompletionRequest {
        var reader = ChatCompletionReader()
        return try reader.read(try DialectBody.object(bytes))
    }
}

/// Fields of one request while they are read: some mean something only beside others, in whatever order they come.
struct ChatCompletionReader {
    var completion = LLM.CompletionRequest(model: "", messages: [])
    private var extra = ExtraFields()
    private var hasMessages = false
    private var streamOptions: JSON?
    private var maxTokens: UInt32?
    private var toolChoice: JSON?

    mutating func read(_ body: JSONObject) throws(DialectError) -> ChatCompletionRequest {
        for member in body.members {
            // Null is the same as absence; what is not known here is not ours to judge.
            if member.value.isNull, Self.isKnown(member.key) { continue }
            try readMember(member.key, member.value)
        }
        guard !completion.model.isEmpty else { throw .missing(FieldPath("model")) }
        guard hasMessages else { throw .missing(FieldPath("messages")) }
        try readTools(choice: toolChoice)
        if let top = completion.topLogprobs, top > 0, !completion.logprobs {
            throw .value(FieldPath("top_logprobs"), "has a meaning only where 'logprobs' is true")
        }
        let includeUsage = try readStreamOptions()
        completion.extra = extra.text()
        return ChatCompletionRequest(request: completion, includeUsage: includeUsage)
    }

    private mutating func readMember(_ key: String, _ value: JSON) throws(DialectError) {
        switch key {
        case "model": completion.model = try value.nonEmptyString(FieldPath(key))
        case "messages":
            completion.messages = try Self.messages(value)
            hasMessages = true
        case "stream": completion.stream = try value.bool(FieldPath(key))
        case "temperature": completion.temperature = try value.number(FieldPath(key), 0...2)
        case "max_tokens", "max_completion_tokens": try readMaxTokens(key, value)
        case "tools": completion.tools = try Self.tools(value)
        case "tool_choice": toolChoice = value
        case "stream_options": streamOptions = value
        case "top_p": completion.topP = try value.number(FieldPath(key), 0...1)
        case "n": completion.choices = try value.integer(FieldPath(key), 1...128)
        case "stop": completion.stop = try Self.stop(value)
        case "seed": completion.seed = try value.integer(FieldPath(key), Int64.min...Int64.max)
        case "user": completion.user = try value.string(FieldPath(key))
        case "response_format": completion.responseFormat = try Self.responseFormat(value)
        case "frequency_penalty": completion.frequencyPenalty = try value.number(FieldPath(key), -2...2)
        case "presence_penalty": completion.presencePenalty = try value.number(FieldPath(key), -2...2)
        case "logprobs": completion.logprobs = try value.bool(FieldPath(key))
        case "top_logprobs": completion.topLogprobs = try value.integer(FieldPath(key), 0...20)
        case "parallel_tool_calls": completion.parallelToolCalls = try value.bool(FieldPath(key))
        case "functions":
            throw .value(
                FieldPath(key), "is the old form of tools and is not served; put each function into 'tools'",
                code: "unsupported_parameter")
        case "function_call":
            throw .value(
                FieldPath(key), "is the old form of 'tool_choice' and is not served; use 'tool_choice' with 'tools'",
                code: "unsupported_parameter")
        // The parser has made sure that a key comes once.
        default: extra.append(key, value)
        }
    }

    private static func isKnown(_ key: String) -> Bool {
        switch key {
        case "model", "messages", "stream", "temperature", "max_tokens", "max_completion_tokens", "tools",
            "tool_choice",
            "stream_options", "top_p", "n", "stop", "seed", "user", "response_format", "frequency_penalty",
            "presence_penalty", "logprobs", "top_logprobs", "parallel_tool_calls", "functions", "function_call":
            true
        default: false
        }
    }

    /// Two names of one bound. Some clients send both, for servers of either age.
    private mutating func readMaxTokens(_ key: String, _ value: JSON) throws(DialectError) {
        let bound: UInt32 = try value.integer(FieldPath(key), 1...UInt32.max)
        if let other = completion.maxTokens, other != bound {
            throw .value(
                FieldPath(key),
                "says \(bound) where the other one of 'max_tokens' and 'max_completion_tokens' says \(other)")
        }
        completion.maxTokens = bound
    }

    private static func stop(_ value: JSON) throws(DialectError) -> [String] {
        let path = FieldPath("stop")
        if case .string(let text) = value { return [text] }
        guard case .array(let texts) = value else {
            throw .type(path, value, expected: "a string or an array of strings")
        }
        guard texts.count <= 4 else {
            throw .value(path, "may hold at most 4 strings, and holds \(texts.count)", code: "array_above_max_length")
        }
        var stop: [String] = []
        for (index, text) in texts.enumerated() { stop.append(try text.string(path[index])) }
        return stop
    }

    private static func responseFormat(_ value: JSON) throws(DialectError) -> String {
        let path = FieldPath("response_format")
        let format = try value.object(path)
        guard let type = format["type"] else { throw .missing(path["type"]) }
        if try type.string(path["type"]) == "json_schema" {
            guard let schema = format["json_schema"] else { throw .missing(path["json_schema"]) }
            _ = try schema.object(path["json_schema"])
        }
        return value.text
    }

    private mutating func readStreamOptions() throws(DialectError) -> Bool {
        let path = FieldPath("stream_options")
        guard let streamOptions else { return false }
        guard completion.stream else { throw .value(path, "has a meaning only where 'stream' is true") }
        var options = try streamOptions.object(path)
        let include = options["include_usage"] ?? .null
        options["include_usage"] = nil
        if !options.isEmpty { extra.append("stream_options", .object(options)) }
        return include.isNull ? false : try include.bool(path["include_usage"])
    }
}
