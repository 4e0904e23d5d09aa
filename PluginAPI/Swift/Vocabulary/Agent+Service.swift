import CJackfield

extension Agent {
    /// An agent as the agents service lists it (agents.h).
    public struct Entry: Sendable, Hashable {
        /// Of the instance.
        public var id: String
        public var summary: String

        public init(id: String, summary: String) {
            self.id = id
            self.summary = summary
        }
    }

    /// `jackfield_agents_list_result`.
    public struct EntryList: Payload, Hashable {
        public var agents: [Entry]

        public init(_ agents: [Entry]) { self.agents = agents }

        public init(_ reader: PayloadReader) {
            let head = reader.head(jackfield_agents_list_result())
            agents = reader.list(head.agents, jackfield_agents_entry()) {
                Entry(id: $0.text($1.id), summary: $0.text($1.summary))
            }
        }

        public func payload() -> [UInt8] {
            var writer = PayloadWriter(jackfield_agents_list_result.self)
            var head = jackfield_agents_list_result()
            head.agents = writer.list(agents) {
                jackfield_agents_entry(id: $0.text($1.id), summary: $0.text($1.summary))
            }
            return writer.finish(head)
        }
    }

    /// `jackfield_agents_invoke`.
    public struct ServiceInvocation: Payload, Hashable {
        public var agent: String
        public var input: String
        public var model: String?
        public var context: String?

        public init(agent: String, input: String, model: String? = nil, context: String? = nil) {
            self.agent = agent
            self.input = input
            self.model = model
            self.context = context
        }

        public init(_ reader: PayloadReader) {
            let head = reader.head(jackfield_agents_invoke())
            self.init(
                agent: reader.text(head.agent), input: reader.text(head.input), model: reader.optional(head.model),
                context: reader.optional(head.context))
        }

        public func payload() -> [UInt8] {
            var writer = PayloadWriter(jackfield_agents_invoke.self)
            var head = jackfield_agents_invoke()
            head.agent = writer.text(agent)
            head.input = writer.text(input)
            head.model = writer.text(model)
            head.context = writer.text(context)
            return writer.finish(head)
        }
    }
}
