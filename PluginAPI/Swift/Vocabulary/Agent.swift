import CJackfield

/// The vocabulary of agents (agent.h).
public enum Agent {
    /// One thing that an agent can do. The host chooses agents by how well a question fits these.
    public struct Capability: Sendable, Hashable {
        public var id: String
        public var description: String
        /// Words and phrases that a question about this would use.
        public var keywords: [String]
        /// Questions that it answers.
        public var examples: [String]

        public init(id: String, description: String, keywords: [String], examples: [String] = []) {
            self.id = id
            self.description = description
            self.keywords = keywords
            self.examples = examples
        }
    }

    public struct Description: Payload, Hashable {
        public var summary: String
        public var capabilities: [Capability]

        public init(summary: String, capabilities: [Capability]) {
            self.summary = summary
            self.capabilities = capabilities
        }

        public init(_ reader: PayloadReader) {
            let head = reader.head(jackfield_agent_description())
            summary = reader.text(head.summary)
            capabilities = reader.list(head.capabilities, jackfield_agent_capability()) { reader, entry in
                Capability(
                    id: reader.text(entry.id), description: reader.text(entry.description),
                    keywords: reader.items(entry.keywords), examples: reader.items(entry.examples))
            }
        }

        public func payload() -> [UInt8] {
            var writer = PayloadWriter(jackfield_agent_description.self, reserving: 1024)
            var head = jackfield_agent_description()
            head.summary = writer.text(summary)
            head.capabilities = writer.list(capabilities) { writer, capability in
                jackfield_agent_capability(
                    id: writer.text(capability.id), description: writer.text(capability.description),
                    keywords: writer.items(capability.keywords), examples: writer.items(capability.examples))
            }
            return writer.finish(head)
        }
    }

    public struct Turn: Sendable, Hashable {
        /// "user" or "assistant".
        public var role: String
        public var text: String

        public init(role: String, text: String) {
            self.role = role
            self.text = text
        }
    }

    public struct Invocation: Payload, Hashable {
        public var input: String
        /// The name to use with the llm service; nil: the agent's own choice.
        public var model: String?
        /// JSON object that the caller sent along.
        public var context: String?
        /// The session so far, oldest first.
        public var history: [Turn]

        public init(input: String, model: String? = nil, context: String? = nil, history: [Turn] = []) {
            self.input = input
            self.model = model
            self.context = context
            self.history = history
        }

        public init(_ reader: PayloadReader) {
            let head = reader.head(jackfield_agent_invoke())
            input = reader.text(head.input)
            model = reader.optional(head.model)
            context = reader.optional(head.context)
            history = reader.list(head.history, jackfield_agent_turn()) {
                Turn(role: $0.text($1.role), text: $0.text($1.text))
            }
        }

        public func payload() -> [UInt8] {
            var writer = PayloadWriter(jackfield_agent_invoke.self)
            var head = jackfield_agent_invoke()
            head.input = writer.text(input)
            head.model = writer.text(model)
            head.context = writer.text(context)
            head.history = writer.list(history) {
                jackfield_agent_turn(role: $0.text($1.role), text: $0.text($1.text))
            }
            return writer.finish(head)
        }
    }

    public struct Result: Payload, Hashable {
        /// A language model worded the answer.
        public var consulted: Bool
        public var promptTokens: UInt64
        public var completionTokens: UInt64
        /// The INSTANCE/MODEL that worded the answer.
        public var upstream: String?
        /// What the user should know about how the answer came to be.
        public var note: String?

        public init(
            consulted: Bool, promptTokens: UInt64 = 0, completionTokens: UInt64 = 0, upstream: String? = nil,
            note: String? = nil
        ) {
            self.consulted = consulted
            self.promptTokens = promptTokens
            self.completionTokens = completionTokens
            self.upstream = upstream
            self.note = note
        }

        public init(_ reader: PayloadReader) {
            let head = reader.head(jackfield_agent_result())
            self.init(
                consulted: head.flags & UInt32(JACKFIELD_AGENT_CONSULTED) != 0, promptTokens: head.prompt_tokens,
                completionTokens: head.completion_tokens, upstream: reader.optional(head.upstream),
                note: reader.optional(head.note))
        }

        public func payload() -> [UInt8] {
            var writer = PayloadWriter(jackfield_agent_result.self)
            var head = jackfield_agent_result()
            head.flags = consulted ? UInt32(JACKFIELD_AGENT_CONSULTED) : 0
            head.prompt_tokens = promptTokens
            head.completion_tokens = completionTokens
            head.upstream = writer.text(upstream)
            head.note = writer.text(note)
            return writer.finish(head)
        }
    }
}
