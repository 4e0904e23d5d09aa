package import JackfieldVocabulary

/// One question for the orchestrator.
package struct OrchestrationRequest: Sendable {
    package var input: String
    /// The conversation that the question belongs to; its earlier turns are handed to the agents.
    package var session: String?
    /// Instances to ask; nil: those that fit the question.
    package var agents: [String]?
    /// Name of the model; nil: `default` where there is one.
    package var model: String?
    /// JSON object of the caller's.
    package var context: String?

    package init(
        input: String, session: String? = nil, agents: [String]? = nil, model: String? = nil, context: String? = nil
    ) {
        self.input = input
        self.session = session
        self.agents = agents
        self.model = model
        self.context = context
    }
}

/// What one agent did for a question.
package struct AgentRun: Sendable {
    package enum Status: String, Sendable {
        case completed
        case failed
    }

    package let id: String
    /// Why it was asked.
    package let why: String
    package var status: Status
    /// Nanoseconds.
    package var duration: Int64
    /// Why it failed.
    package var error: CallError?
}

/// What the orchestrator says while it works.
package enum OrchestrationEvent: Sendable {
    case agentStarted(id: String, why: String)
    case text(agent: String, String)
    case finding(agent: String, Agent.Finding)
    case artifact(agent: String, name: String, mediaType: String, data: [UInt8])
    case question(agent: String, id: String, text: String, options: [String])
    case progress(agent: String, fraction: Double?, message: String)
    case agentFinished(AgentRun)
}

/// The merged answer of all agents.
package struct OrchestrationAnswer: Sendable {
    package var text: String
    package var findings: [(agent: String, finding: Agent.Finding)]
    package var artifacts: [(agent: String, name: String, mediaType: String, data: [UInt8])]
    package var questions: [(agent: String, id: String, text: String, options: [String])]
    package var runs: [AgentRun]
    /// INSTANCE/MODEL that worded the answer.
    package var upstream: String?
    /// A language model was asked.
    package var consulted: Bool
    package var usage: LLM.Usage
    /// What the user should know about how the answer came to be.
    package var notes: [String]
}
