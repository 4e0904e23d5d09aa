import CJackfield
public import JackfieldVocabulary
import Synchronization

// The methods of the roles. Each call has been started when it is returned, and is usually over.

extension TestHost {
    // MARK: jackfield.agent

    public func describe() throws(CallError) -> Agent.Description {
        try start(JACKFIELD_AGENT_DESCRIBE, Empty().payload()).answerNow()
    }

    public func invoke(_ invocation: Agent.Invocation) -> TestCall<Agent.Event, Agent.Result> {
        start(JACKFIELD_AGENT_INVOKE, invocation.payload()) { Agent.Event(event: $0, $1) }
    }

    public func invoke(_ input: String) -> TestCall<Agent.Event, Agent.Result> {
        invoke(Agent.Invocation(input: input))
    }

    // MARK: jackfield.llm

    public func models() -> TestCall<Never, LLM.ModelList> { start(JACKFIELD_LLM_MODELS, Empty().payload()) }

    public func complete(_ request: LLM.CompletionRequest) -> TestCall<LLM.Event, LLM.CompletionResult> {
        start(JACKFIELD_LLM_COMPLETE, request.payload()) { LLM.Event(event: $0, $1) }
    }

    public func embed(_ request: LLM.EmbeddingRequest) -> TestCall<Never, LLM.EmbeddingResult> {
        start(JACKFIELD_LLM_EMBED, request.payload())
    }

    // MARK: jackfield.validator

    public func check(_ subject: Validator.Subject) throws(CallError) -> Validator.Verdict {
        try start(JACKFIELD_VALIDATOR_CHECK, subject.payload()).answerNow()
    }

    // MARK: jackfield.exporter

    public func render(_ snapshot: Exporter.Snapshot) throws(CallError) -> Exporter.Rendering {
        try start(JACKFIELD_EXPORTER_RENDER, snapshot.payload()).answerNow()
    }

    public func push(_ snapshot: Exporter.Snapshot) -> TestCall<Never, Empty> {
        start(JACKFIELD_EXPORTER_PUSH, snapshot.payload())
    }

    // MARK: jackfield.notifier

    public func notify(_ alert: Notifier.Alert) -> TestCall<Never, Notifier.Receipt> {
        start(JACKFIELD_NOTIFIER_NOTIFY, alert.payload())
    }

    public func resolve(_ alert: Notifier.Alert) -> TestCall<Never, Notifier.Receipt> {
        start(JACKFIELD_NOTIFIER_RESOLVE, alert.payload())
    }

    // MARK: jackfield.tool

    public func tools() throws(CallError) -> [Tool.Entry] {
        let list: Tool.List = try start(JACKFIELD_TOOL_LIST, Empty().payload()).answerNow()
        return list.tools
    }

    public func call(_ tool: String, _ arguments: String) -> TestCall<Tool.Event, Tool.Result> {
        start(JACKFIELD_TOOL_CALL, Tool.Invocation(name: tool, arguments: arguments).payload()) {
            Tool.Event(event: $0, $1)
        }
    }

    // MARK: -

    private func start<Answer: Payload>(_ method: Int32, _ request: [UInt8]) -> TestCall<Never, Answer> {
        start(method, request) { _, _ in nil }
    }

    /// Any method of the plugin's role.
    private func start<Event: Sendable, Answer: Payload>(
        _ method: Int32, _ request: [UInt8], event: @escaping @Sendable (UInt32, PayloadReader) -> Event?
    ) -> TestCall<Event, Answer> {
        let handle = state.withLock { state in
            state.lastCall += 1
            return state.lastCall
        }
        let role = tables.descriptor.pointee.roles.map { String(cString: $0[0].pointee.id) } ?? ""
        let call = TestCall<Event, Answer>(
            handle: handle, host: self, contract: MethodContract(role, revision: 1, method: UInt32(method)),
            event: event)
        state.withLock { $0.calls[handle] = call }
        let status = context.payload().withUnsafeBytes { context in
            request.withUnsafeBytes { request in
                var start = jackfield_start()
                start.size = UInt32(MemoryLayout<jackfield_start>.size)
                start.method = UInt32(method)
                start.call = handle
                start.deadline = deadline
                start.context = jackfield_view(context)
                start.request = jackfield_view(request)
                return tables.plugin.pointee.start(tables.plugin.pointee.instance, &start)
            }
        }
        if status != JACKFIELD_OK {
            state.withLock { _ = $0.calls.removeValue(forKey: handle) }
            call.settle(
                .failure(CallError(CallError.Code(rawValue: status) ?? .internal, "the plugin did not take the call")))
        }
        return call
    }
}
