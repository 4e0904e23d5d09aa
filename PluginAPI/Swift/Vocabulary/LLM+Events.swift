import CJackfield

extension LLM.Event {
    /// The number of the event in llm.h, and its payload.
    public func encoded() -> (event: UInt32, payload: [UInt8]) {
        switch self {
        case .text(let text, let kind, let choice):
            var writer = PayloadWriter(jackfield_llm_text.self, reserving: text.utf8.count)
            var head = jackfield_llm_text()
            head.choice = choice
            head.kind = kind.rawValue
            head.text = writer.text(text)
            return (JACKFIELD_LLM_EVENT_TEXT, writer.finish(head))
        case .toolCall(let index, let id, let name, let arguments, let choice):
            var writer = PayloadWriter(jackfield_llm_tool_call.self)
            var head = jackfield_llm_tool_call()
            head.choice = choice
            head.index = index
            head.id = writer.text(id)
            head.name = writer.text(name)
            head.arguments = writer.text(arguments)
            return (JACKFIELD_LLM_EVENT_TOOL_CALL, writer.finish(head))
        case .stop(let reason, let choice):
            var writer = PayloadWriter(jackfield_llm_stop.self)
            var head = jackfield_llm_stop()
            head.choice = choice
            head.reason = writer.text(reason)
            return (JACKFIELD_LLM_EVENT_STOP, writer.finish(head))
        case .usage(let usage):
            let writer = PayloadWriter(jackfield_llm_usage.self, reserving: 0)
            var head = jackfield_llm_usage()
            head.flags = usage.isEstimated ? UInt32(JACKFIELD_LLM_ESTIMATED) : 0
            head.prompt_tokens = usage.promptTokens
            head.completion_tokens = usage.completionTokens
            head.total_tokens = usage.totalTokens
            head.cached_tokens = usage.cachedTokens
            head.cache_write_tokens = usage.cacheWriteTokens
            head.reasoning_tokens = usage.reasoningTokens
            return (JACKFIELD_LLM_EVENT_USAGE, writer.finish(head))
        case .logprobs(let json, let choice):
            var writer = PayloadWriter(jackfield_llm_logprobs.self)
            var head = jackfield_llm_logprobs()
            head.choice = choice
            head.json = writer.text(json)
            return (JACKFIELD_LLM_EVENT_LOGPROBS, writer.finish(head))
        case .extra(let json, let choice):
            var writer = PayloadWriter(jackfield_llm_extra.self)
            var head = jackfield_llm_extra()
            head.choice = choice
            head.json = writer.text(json)
            return (JACKFIELD_LLM_EVENT_EXTRA, writer.finish(head))
        case .toolRun(let run):
            return (JACKFIELD_LLM_EVENT_TOOL_RUN, run.payload())
        }
    }

    /// Nil for an event that this version does not know: a reader leaves it out.
    public init?(event: UInt32, _ reader: PayloadReader) {
        switch event {
        case JACKFIELD_LLM_EVENT_TEXT:
            let head = reader.head(jackfield_llm_text())
            self = .text(
                reader.text(head.text), kind: LLM.TextKind(rawValue: head.kind) ?? .content, choice: head.choice)
        case JACKFIELD_LLM_EVENT_TOOL_CALL:
            let head = reader.head(jackfield_llm_tool_call())
            self = .toolCall(
                index: head.index, id: reader.optional(head.id), name: reader.optional(head.name),
                arguments: reader.text(head.arguments), choice: head.choice)
        case JACKFIELD_LLM_EVENT_STOP:
            let head = reader.head(jackfield_llm_stop())
            self = .stop(reader.text(head.reason), choice: head.choice)
        case JACKFIELD_LLM_EVENT_USAGE:
            let head = reader.head(jackfield_llm_usage())
            self = .usage(
                LLM.Usage(
                    promptTokens: head.prompt_tokens, completionTokens: head.completion_tokens,
                    totalTokens: head.total_tokens, cachedTokens: head.cached_tokens,
                    cacheWriteTokens: head.cache_write_tokens,
                    reasoningTokens: head.reasoning_tokens,
                    isEstimated: head.flags & UInt32(JACKFIELD_LLM_ESTIMATED) != 0))
        case JACKFIELD_LLM_EVENT_LOGPROBS:
            let head = reader.head(jackfield_llm_logprobs())
            self = .logprobs(reader.text(head.json), choice: head.choice)
        case JACKFIELD_LLM_EVENT_EXTRA:
            let head = reader.head(jackfield_llm_extra())
            self = .extra(reader.text(head.json), choice: head.choice)
        case JACKFIELD_LLM_EVENT_TOOL_RUN: self = .toolRun(LLM.ToolRun(reader))
        default: return nil
        }
    }
}

extension LLM {
    /// `jackfield_llm_models_result`.
    public struct ModelList: Payload, Hashable {
        public var models: [Model]

        public init(_ models: [Model]) { self.models = models }

        public init(_ reader: PayloadReader) {
            let head = reader.head(jackfield_llm_models_result())
            models = reader.list(head.models, jackfield_llm_model()) { reader, model in
                Model(
                    id: reader.text(model.id), owner: reader.text(model.owner), created: model.created,
                    isNotAModel: model.flags & UInt32(JACKFIELD_LLM_NOT_A_MODEL) != 0)
            }
        }

        public func payload() -> [UInt8] {
            var writer = PayloadWriter(jackfield_llm_models_result.self)
            var head = jackfield_llm_models_result()
            head.models = writer.list(models) { writer, model in
                jackfield_llm_model(
                    id: writer.text(model.id), owner: writer.text(model.owner), created: model.created,
                    flags: model.isNotAModel ? UInt32(JACKFIELD_LLM_NOT_A_MODEL) : 0, reserved: 0)
            }
            return writer.finish(head)
        }
    }

    /// `jackfield_llm_embed`.
    public struct EmbeddingRequest: Payload, Hashable {
        public var model: String
        public var input: [String]
        /// Nil: as the model likes.
        public var dimensions: UInt32?
        public var user: String?
        public var extra: String?

        public init(
            model: String, input: [String], dimensions: UInt32? = nil, user: String? = nil, extra: String? = nil
        ) {
            self.model = model
            self.input = input
            self.dimensions = dimensions
            self.user = user
            self.extra = extra
        }

        public init(_ reader: PayloadReader) {
            let head = reader.head(jackfield_llm_embed())
            self.init(
                model: reader.text(head.model), input: reader.items(head.input),
                dimensions: head.dimensions == 0 ? nil : head.dimensions, user: reader.optional(head.user),
                extra: reader.optional(head.extra))
        }

        public func payload() -> [UInt8] {
            var writer = PayloadWriter(jackfield_llm_embed.self)
            var head = jackfield_llm_embed()
            head.dimensions = dimensions ?? 0
            head.model = writer.text(model)
            head.user = writer.text(user)
            head.extra = writer.text(extra)
            head.input = writer.items(input)
            return writer.finish(head)
        }
    }

    /// `jackfield_llm_embed_result`.
    public struct EmbeddingResult: Payload, Hashable {
        /// In the order of the input.
        public var vectors: [[Float]]
        public var promptTokens: UInt64
        public var model: String?
        public var upstream: String?

        public init(vectors: [[Float]], promptTokens: UInt64, model: String? = nil, upstream: String? = nil) {
            self.vectors = vectors
            self.promptTokens = promptTokens
            self.model = model
            self.upstream = upstream
        }

        public init(_ reader: PayloadReader) {
            let head = reader.head(jackfield_llm_embed_result())
            self.init(
                vectors: reader.list(head.vectors, jackfield_llm_vector()) { reader, vector in
                    let bytes = reader.slice(vector.values.offset, vector.values.length)
                    return (0..<bytes.count / 4).map { bytes.loadUnaligned(fromByteOffset: $0 * 4, as: Float.self) }
                },
                promptTokens: head.prompt_tokens, model: reader.optional(head.model),
                upstream: reader.optional(head.upstream))
        }

        public func payload() -> [UInt8] {
            var writer = PayloadWriter(jackfield_llm_embed_result.self)
            var head = jackfield_llm_embed_result()
            head.prompt_tokens = promptTokens
            head.model = writer.text(model)
            head.upstream = writer.text(upstream)
            head.vectors = writer.list(vectors) { writer, vector in
                jackfield_llm_vector(values: vector.withUnsafeBytes { writer.data($0) })
            }
            return writer.finish(head)
        }
    }
}
