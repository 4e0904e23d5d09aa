/// The vocabulary of language models (llm.h), shared by providers, agents and the host.
public enum LLM {
    public enum Part: Sendable, Hashable {
        // `extra` is a JSON object: fields of the part that this vocabulary does not know, such as `cache_control`.
        case text(String, extra: String? = nil)
        case imageURL(String, detail: String?, extra: String? = nil)
        case image([UInt8], mediaType: String, detail: String?, extra: String? = nil)
        /// Structured input: JSON text, and a media type that says what it is.
        case data(String, mediaType: String)
        /// A part in OpenAI's dialect that this vocabulary does not know, as JSON.
        case other(String)
    }

    /// A tool call that an assistant made. `arguments` is JSON as the model wrote it: not always valid.
    public struct ToolCall: Sendable, Hashable {
        public var id: String
        public var name: String
        public var arguments: String
        /// Fields that this vocabulary does not know: a JSON object.
        public var extra: String?

        public init(id: String, name: String, arguments: String, extra: String? = nil) {
            self.id = id
            self.name = name
            self.arguments = arguments
            self.extra = extra
        }
    }

    public struct Message: Sendable, Hashable {
        /// "system", "developer", "user", "assistant" or "tool".
        public var role: String
        public var parts: [Part]
        public var name: String?
        public var toolCallID: String?
        public var calls: [ToolCall]
        public var reasoning: String?
        /// Fields that this vocabulary does not know: a JSON object.
        public var extra: String?

        public init(
            role: String, parts: [Part], name: String? = nil, toolCallID: String? = nil, calls: [ToolCall] = [],
            reasoning: String? = nil, extra: String? = nil
        ) {
            self.role = role
            self.parts = parts
            self.name = name
            self.toolCallID = toolCallID
            self.calls = calls
            self.reasoning = reasoning
            self.extra = extra
        }

        public init(role: String, text: String) { self.init(role: role, parts: [.text(text)]) }

        /// The text parts, joined.
        public var text: String {
            parts.compactMap { if case .text(let text, _) = $0 { text } else { nil } }.joined()
        }
    }

    public struct Tool: Sendable, Hashable {
        public var name: String
        public var description: String?
        /// JSON Schema of the arguments.
        public var parameters: String?
        public var strict: Bool?
        /// Fields that this vocabulary does not know: a JSON object.
        public var extra: String?

        public init(
            name: String, description: String? = nil, parameters: String? = nil, strict: Bool? = nil,
            extra: String? = nil
        ) {
            self.name = name
            self.description = description
            self.parameters = parameters
            self.strict = strict
            self.extra = extra
        }
    }

    public enum TextKind: UInt32, Sendable, Hashable {
        case content
        case reasoning
        case refusal
    }

    /// What a completion emits while it runs.
    public enum Event: Sendable, Hashable {
        case text(String, kind: TextKind = .content, choice: UInt32 = 0)
        /// A tool call, or the next piece of one: pieces of one `index` are joined.
        case toolCall(index: UInt32, id: String?, name: String?, arguments: String, choice: UInt32 = 0)
        /// "stop", "length", "tool_calls" or "content_filter".
        case stop(String, choice: UInt32 = 0)
        case usage(Usage)
        /// In OpenAI's dialect, as JSON.
        case logprobs(String, choice: UInt32 = 0)
        /// Members of the choice's message that this vocabulary does not know: a JSON object. A member that comes again
        /// replaces the earlier one.
        case extra(String, choice: UInt32 = 0)
        /// A tool that the host has called for the model; from the service alone.
        case toolRun(ToolRun)
    }

    public struct Usage: Sendable, Hashable {
        /// Cached and written ones included.
        public var promptTokens: UInt64
        public var completionTokens: UInt64
        public var totalTokens: UInt64
        /// Of the prompt: read from the upstream's prompt cache.
        public var cachedTokens: UInt64
        /// Of the prompt: written to it, where that has a price of its own.
        public var cacheWriteTokens: UInt64
        /// Of the completion.
        public var reasoningTokens: UInt64
        /// The upstream did not say; counted here.
        public var isEstimated: Bool

        public init(
            promptTokens: UInt64 = 0, completionTokens: UInt64 = 0, totalTokens: UInt64? = nil,
            cachedTokens: UInt64 = 0, cacheWriteTokens: UInt64 = 0,
            reasoningTokens: UInt64 = 0, isEstimated: Bool = false
        ) {
            self.promptTokens = promptTokens
            self.completionTokens = completionTokens
            self.totalTokens = totalTokens ?? promptTokens &+ completionTokens
            self.cachedTokens = cachedTokens
            self.cacheWriteTokens = cacheWriteTokens
            self.reasoningTokens = reasoningTokens
            self.isEstimated = isEstimated
        }
    }

    public struct Model: Sendable, Hashable {
        public var id: String
        public var owner: String
        /// Seconds since 1970, or 0.
        public var created: Int64
        /// Answers without asking a language model.
        public var isNotAModel: Bool

        public init(id: String, owner: String, created: Int64 = 0, isNotAModel: Bool = false) {
            self.id = id
            self.owner = owner
            self.created = created
            self.isNotAModel = isNotAModel
        }
    }
}
