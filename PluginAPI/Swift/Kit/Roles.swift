public import JackfieldVocabulary

/// An agent (agent.h). Handlers of different calls may run at the same time.
public protocol AgentPlugin: Sendable {
    /// What the agent can do. Must not block and not call the host.
    func describe() -> Agent.Description
    /// Do it: emit text, findings and the rest, then return how the answer came to be.
    func invoke(_ invocation: Agent.Invocation, _ call: Call<Agent.Event>) async throws -> Agent.Result
}

/// A provider of language models (llm.h). It only translates: retries, fallback and budgets are the host's.
public protocol LLMProvider: Sendable {
    func models(_ call: Call<NoEvent>) async throws -> [LLM.Model]
    func complete(_ request: LLM.CompletionRequest, _ call: Call<LLM.Event>) async throws -> LLM.CompletionResult
    func embed(_ request: LLM.EmbeddingRequest, _ call: Call<NoEvent>) async throws -> LLM.EmbeddingResult
}

extension LLMProvider {
    public func embed(_ request: LLM.EmbeddingRequest, _ call: Call<NoEvent>) async throws -> LLM.EmbeddingResult {
        throw CallError(.unsupported, "this provider has no embeddings")
    }
}

/// A validator (validator.h). Not async on purpose: it is on the path of every request, and looks at nothing but the text.
public protocol ValidatorPlugin: Sendable {
    func check(_ subject: Validator.Subject) throws -> Validator.Verdict
}

/// An exporter (exporter.h): implement `render` to be scraped, `push` to send.
public protocol ExporterPlugin: Sendable {
    func push(_ snapshot: Exporter.Snapshot, _ call: Call<NoEvent>) async throws
    func render(_ snapshot: Exporter.Snapshot) throws -> Exporter.Rendering
}

extension ExporterPlugin {
    public func push(_ snapshot: Exporter.Snapshot, _ call: Call<NoEvent>) async throws {
        throw CallError(.unsupported, "this exporter is scraped, it does not push")
    }
    public func render(_ snapshot: Exporter.Snapshot) throws -> Exporter.Rendering {
        throw CallError(.unsupported, "this exporter pushes, it cannot be scraped")
    }
}

/// A notifier (notifier.h). The same alert comes twice: when it begins, and resolved when it is over.
public protocol NotifierPlugin: Sendable {
    func notify(_ alert: Notifier.Alert, _ call: Call<NoEvent>) async throws -> Notifier.Receipt
    func resolve(_ alert: Notifier.Alert, _ call: Call<NoEvent>) async throws -> Notifier.Receipt
}

/// A set of tools (tool.h).
public protocol ToolPlugin: Sendable {
    /// What can be called, the same for the life of the instance. Must not block and not call the host.
    func tools() -> [Tool.Entry]
    /// Call one.
    ///
    /// - Throws: `notFound` for a name that is not listed; `invalidArgument` with a sentence from which a model can see
    ///   what would be right.
    func call(_ invocation: Tool.Invocation, _ call: Call<Tool.Event>) async throws -> Tool.Result
}

/// Something that a call may emit while it runs.
public protocol CallEvent: Sendable {
    /// The event's number in its role's header, and its payload.
    func encoded() -> (event: UInt32, payload: [UInt8])
}

extension LLM.Event: CallEvent {}
extension Agent.Event: CallEvent {}
extension Tool.Event: CallEvent {}

/// For methods without events.
public enum NoEvent: CallEvent {
    public func encoded() -> (event: UInt32, payload: [UInt8]) {
        switch self {}
    }
}
