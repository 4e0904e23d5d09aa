import CJackfield

extension LLM {
    /// `jackfield_llm_complete`. Nil means that the client did not say.
    public struct CompletionRequest: Payload, Hashable {
        public var model: String
        public var messages: [Message]
        /// The one who asks wants the answer in pieces, as they come.
        public var stream = false
        public var tools: [Tool] = []
        /// JSON: "auto", "none", "required" or an object, in OpenAI's dialect.
        public var toolChoice: String?
        public var parallelToolCalls: Bool?
        public var responseFormat: String?
        public var maxTokens: UInt32?
        public var choices: UInt32?
        public var temperature: Double?
        public var topP: Double?
        public var frequencyPenalty: Double?
        public var presencePenalty: Double?
        public var seed: Int64?
        public var stop: [String] = []
        public var logprobs = false
        /// To the service: offer the model also the tools that the plugin was granted, and call those that it asks for.
        public var runsTools = false
        /// With `runsTools`, how often at most the model is asked again; nil: as often as the manifest allows.
        public var toolRounds: UInt32?
        public var topLogprobs: UInt32?
        public var user: String?
        /// Fields that this vocabulary does not know: a JSON object for the upstream.
        public var extra: String?

        public init(model: String, messages: [Message]) {
            self.model = model
            self.messages = messages
        }
    }

    /// `jackfield_llm_complete_result`.
    public struct CompletionResult: Payload, Hashable {
        /// The upstream's own id.
        public var id: String?
        /// What the upstream says it used.
        public var model: String?
        /// From the service: the INSTANCE/MODEL that answered. A provider leaves it nil.
        public var upstream: String?
        public var extra: String?
        /// No language model was asked: the text was made by other means.
        public var isNotAModel: Bool

        public init(
            id: String? = nil, model: String? = nil, upstream: String? = nil, extra: String? = nil,
            isNotAModel: Bool = false
        ) {
            self.id = id
            self.model = model
            self.upstream = upstream
            self.extra = extra
            self.isNotAModel = isNotAModel
        }

        public init(_ reader: PayloadReader) {
            let head = reader.head(jackfield_llm_complete_result())
            self.init(
                id: reader.optional(head.id), model: reader.optional(head.model),
                upstream: reader.optional(head.upstream), extra: reader.optional(head.extra),
                isNotAModel: head.flags & UInt32(JACKFIELD_LLM_NOT_A_MODEL) != 0)
        }

        public func payload() -> [UInt8] {
            var writer = PayloadWriter(jackfield_llm_complete_result.self)
            var head = jackfield_llm_complete_result()
            head.flags = isNotAModel ? UInt32(JACKFIELD_LLM_NOT_A_MODEL) : 0
            head.id = writer.text(id)
            head.model = writer.text(model)
            head.upstream = writer.text(upstream)
            head.extra = writer.text(extra)
            return writer.finish(head)
        }
    }
}

extension LLM.CompletionRequest {
    public init(_ reader: PayloadReader) {
        let head = reader.head(jackfield_llm_complete())
        func given<Value>(_ bit: UInt32, _ value: Value) -> Value? { head.present & bit != 0 ? value : nil }
        self.init(
            model: reader.text(head.model),
            messages: reader.list(head.messages, jackfield_llm_message()) { LLM.Message($0, $1) })
        stream = head.flags & UInt32(JACKFIELD_LLM_STREAM) != 0
        tools = reader.list(head.tools, jackfield_llm_tool()) { reader, tool in
            LLM.Tool(
                name: reader.text(tool.name), description: reader.optional(tool.description),
                parameters: reader.optional(tool.parameters), strict: tool.strict == 0 ? nil : tool.strict == 1,
                extra: reader.optional(tool.extra))
        }
        toolChoice = reader.optional(head.tool_choice)
        parallelToolCalls = given(
            JACKFIELD_LLM_HAS_PARALLEL_CALLS, head.flags & UInt32(JACKFIELD_LLM_PARALLEL_CALLS) != 0)
        responseFormat = reader.optional(head.response_format)
        maxTokens = given(JACKFIELD_LLM_HAS_MAX_TOKENS, head.max_tokens)
        choices = given(JACKFIELD_LLM_HAS_CHOICES, head.choices)
        temperature = given(JACKFIELD_LLM_HAS_TEMPERATURE, head.temperature)
        topP = given(JACKFIELD_LLM_HAS_TOP_P, head.top_p)
        frequencyPenalty = given(JACKFIELD_LLM_HAS_FREQUENCY_PENALTY, head.frequency_penalty)
        presencePenalty = given(JACKFIELD_LLM_HAS_PRESENCE_PENALTY, head.presence_penalty)
        seed = given(JACKFIELD_LLM_HAS_SEED, head.seed)
        stop = reader.items(head.stop)
        logprobs = head.flags & UInt32(JACKFIELD_LLM_LOGPROBS) != 0
        runsTools = head.flags & UInt32(JACKFIELD_LLM_RUN_TOOLS) != 0
        toolRounds = head.tool_rounds == 0 ? nil : head.tool_rounds
        topLogprobs = given(JACKFIELD_LLM_HAS_TOP_LOGPROBS, head.top_logprobs)
        user = reader.optional(head.user)
        extra = reader.optional(head.extra)
    }

    public func payload() -> [UInt8] { payload(model: model) }

    /// The payload for another name of the model, as an upstream knows it.
    public func payload(model: String) -> [UInt8] {
        var writer = PayloadWriter(jackfield_llm_complete.self, reserving: 512)
        var head = jackfield_llm_complete()
        if stream { head.flags |= UInt32(JACKFIELD_LLM_STREAM) }
        if logprobs { head.flags |= UInt32(JACKFIELD_LLM_LOGPROBS) }
        if runsTools { head.flags |= UInt32(JACKFIELD_LLM_RUN_TOOLS) }
        head.tool_rounds = toolRounds ?? 0
        if let parallelToolCalls {
            head.present |= JACKFIELD_LLM_HAS_PARALLEL_CALLS
            if parallelToolCalls { head.flags |= UInt32(JACKFIELD_LLM_PARALLEL_CALLS) }
        }
        func set<Value>(_ value: Value?, _ bit: UInt32, _ field: WritableKeyPath<jackfield_llm_complete, Value>) {
            guard let value else { return }
            head.present |= bit
            head[keyPath: field] = value
        }
        set(maxTokens, JACKFIELD_LLM_HAS_MAX_TOKENS, \.max_tokens)
        set(choices, JACKFIELD_LLM_HAS_CHOICES, \.choices)
        set(temperature, JACKFIELD_LLM_HAS_TEMPERATURE, \.temperature)
        set(topP, JACKFIELD_LLM_HAS_TOP_P, \.top_p)
        set(frequencyPenalty, JACKFIELD_LLM_HAS_FREQUENCY_PENALTY, \.frequency_penalty)
        set(presencePenalty, JACKFIELD_LLM_HAS_PRESENCE_PENALTY, \.presence_penalty)
        set(seed, JACKFIELD_LLM_HAS_SEED, \.seed)
        set(topLogprobs, JACKFIELD_LLM_HAS_TOP_LOGPROBS, \.top_logprobs)
        head.model = writer.text(model)
        head.messages = writer.list(messages) { $1.entry(&$0) }
        head.tools = writer.list(tools) { writer, tool in
            jackfield_llm_tool(
                name: writer.text(tool.name), description: writer.text(tool.description),
                parameters: writer.text(tool.parameters), strict: tool.strict.map { $0 ? 1 : 2 } ?? 0, reserved: 0,
                extra: writer.text(tool.extra))
        }
        head.stop = writer.items(stop)
        head.tool_choice = writer.text(toolChoice)
        head.response_format = writer.text(responseFormat)
        head.user = writer.text(user)
        head.extra = writer.text(extra)
        return writer.finish(head)
    }
}

extension LLM.Message {
    init(_ reader: PayloadReader, _ entry: jackfield_llm_message) {
        self.init(
            role: reader.text(entry.role),
            parts: reader.list(entry.parts, jackfield_llm_part()) { LLM.Part($0, $1) },
            name: reader.optional(entry.name), toolCallID: reader.optional(entry.tool_call_id),
            calls: reader.list(entry.calls, jackfield_llm_call()) { reader, call in
                LLM.ToolCall(
                    id: reader.text(call.id), name: reader.text(call.name), arguments: reader.text(call.arguments),
                    extra: reader.optional(call.extra))
            },
            reasoning: reader.optional(entry.reasoning), extra: reader.optional(entry.extra))
    }

    func entry(_ writer: inout PayloadWriter) -> jackfield_llm_message {
        var entry = jackfield_llm_message()
        entry.role = writer.text(role)
        entry.name = writer.text(name)
        entry.tool_call_id = writer.text(toolCallID)
        entry.reasoning = writer.text(reasoning)
        entry.extra = writer.text(extra)
        entry.parts = writer.list(parts) { $1.entry(&$0) }
        entry.calls = writer.list(calls) { writer, call in
            jackfield_llm_call(
                id: writer.text(call.id), name: writer.text(call.name), arguments: writer.text(call.arguments),
                extra: writer.text(call.extra))
        }
        return entry
    }
}

extension LLM.Part {
    init(_ reader: PayloadReader, _ entry: jackfield_llm_part) {
        switch entry.kind {
        case JACKFIELD_LLM_PART_TEXT: self = .text(reader.text(entry.text), extra: reader.optional(entry.extra))
        case JACKFIELD_LLM_PART_IMAGE_URL:
            self = .imageURL(
                reader.text(entry.url), detail: reader.optional(entry.detail), extra: reader.optional(entry.extra))
        case JACKFIELD_LLM_PART_IMAGE:
            self = .image(
                reader.data(entry.data), mediaType: reader.text(entry.media_type),
                detail: reader.optional(entry.detail),
                extra: reader.optional(entry.extra))
        case JACKFIELD_LLM_PART_DATA: self = .data(reader.text(entry.text), mediaType: reader.text(entry.media_type))
        default: self = .other(reader.text(entry.text))
        }
    }

    func entry(_ writer: inout PayloadWriter) -> jackfield_llm_part {
        var entry = jackfield_llm_part()
        switch self {
        case .text(let text, let extra):
            entry.kind = JACKFIELD_LLM_PART_TEXT
            entry.text = writer.text(text)
            entry.extra = writer.text(extra)
        case .imageURL(let url, let detail, let extra):
            entry.kind = JACKFIELD_LLM_PART_IMAGE_URL
            entry.url = writer.text(url)
            entry.detail = writer.text(detail)
            entry.extra = writer.text(extra)
        case .image(let bytes, let mediaType, let detail, let extra):
            entry.kind = JACKFIELD_LLM_PART_IMAGE
            entry.data = writer.data(bytes)
            entry.media_type = writer.text(mediaType)
            entry.detail = writer.text(detail)
            entry.extra = writer.text(extra)
        case .data(let json, let mediaType):
            entry.kind = JACKFIELD_LLM_PART_DATA
            entry.text = writer.text(json)
            entry.media_type = writer.text(mediaType)
        case .other(let json):
            entry.kind = JACKFIELD_LLM_PART_OTHER
            entry.text = writer.text(json)
        }
        return entry
    }
}
