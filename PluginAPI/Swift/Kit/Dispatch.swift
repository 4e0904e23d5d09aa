import CJackfield
import JackfieldVocabulary

extension PluginInstance {
    /// A call of the host, already checked against its contract, to the handler of its role.
    func dispatch(_ start: jackfield_start) -> Int32 {
        let request = PayloadReader(checked: start.request)
        switch (handlers, Int32(start.method)) {
        case (.validator(let validator), JACKFIELD_VALIDATOR_CHECK):
            answer(start) { try validator.check(Validator.Subject(request)) }
        case (.agent(let agent), JACKFIELD_AGENT_DESCRIBE):
            answer(start) { agent.describe() }
        case (.agent(let agent), JACKFIELD_AGENT_INVOKE):
            let invocation = Agent.Invocation(request)
            let call: Call<Agent.Event> = call(start)
            call.run { try await agent.invoke(invocation, call).payload() }
        case (.llm(let provider), JACKFIELD_LLM_MODELS):
            let call: Call<NoEvent> = call(start)
            call.run { LLM.ModelList(try await provider.models(call)).payload() }
        case (.llm(let provider), JACKFIELD_LLM_COMPLETE):
            let completion = LLM.CompletionRequest(request)
            let call: Call<LLM.Event> = call(start)
            call.run { try await provider.complete(completion, call).payload() }
        case (.llm(let provider), JACKFIELD_LLM_EMBED):
            let embedding = LLM.EmbeddingRequest(request)
            let call: Call<NoEvent> = call(start)
            call.run { try await provider.embed(embedding, call).payload() }
        case (.exporter(let exporter), JACKFIELD_EXPORTER_RENDER):
            answer(start) { try exporter.render(Exporter.Snapshot(request)) }
        case (.exporter(let exporter), JACKFIELD_EXPORTER_PUSH):
            let snapshot = Exporter.Snapshot(request)
            let call: Call<NoEvent> = call(start)
            call.run {
                try await exporter.push(snapshot, call)
                return Empty().payload()
            }
        default: return JACKFIELD_UNSUPPORTED
        }
        return JACKFIELD_OK
    }

    /// A handler that does not wait: no task, the call is finished before `start` returns.
    private func answer<Answer: Payload>(_ start: jackfield_start, _ handler: () throws -> Answer) {
        do {
            host.finish(start.call, .success(try handler().payload()))
        } catch {
            host.finish(start.call, .failure(CallError(handler: error)))
        }
    }

    private func call<Event>(_ start: jackfield_start) -> Call<Event> {
        Call(
            instance: self, handle: start.call, deadline: start.deadline,
            context: Array(start.context.bytes))
    }
}
