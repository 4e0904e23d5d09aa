import CJackfield
import JackfieldVocabulary

/// Takes a call of the host, already checked against its contract, to the handlers of one role.
///
/// One class for each role, so that the handlers are reached through one reference and never copied.
protocol RoleDispatcher: AnyObject, Sendable {
    /// - Returns: JACKFIELD_OK, or JACKFIELD_UNSUPPORTED for a method that the role does not have.
    func dispatch(_ start: jackfield_start, on instance: PluginInstance) -> Int32
}

final class AgentDispatcher: RoleDispatcher {
    private let agent: any AgentPlugin

    init(_ agent: any AgentPlugin) { self.agent = agent }

    func dispatch(_ start: jackfield_start, on instance: PluginInstance) -> Int32 {
        switch Int32(start.method) {
        case JACKFIELD_AGENT_DESCRIBE:
            instance.answer(start) { agent.describe() }
        case JACKFIELD_AGENT_INVOKE:
            let invocation = Agent.Invocation(PayloadReader(checked: start.request))
            let call = Call<Agent.Event>(core: instance.call(start))
            call.core.run { try await self.agent.invoke(invocation, call).payload() }
        default: return JACKFIELD_UNSUPPORTED
        }
        return JACKFIELD_OK
    }
}

final class LLMDispatcher: RoleDispatcher {
    private let provider: any LLMProvider

    init(_ provider: any LLMProvider) { self.provider = provider }

    func dispatch(_ start: jackfield_start, on instance: PluginInstance) -> Int32 {
        switch Int32(start.method) {
        case JACKFIELD_LLM_MODELS:
            let call = Call<NoEvent>(core: instance.call(start))
            call.core.run { LLM.ModelList(try await self.provider.models(call)).payload() }
        case JACKFIELD_LLM_COMPLETE:
            let completion = LLM.CompletionRequest(PayloadReader(checked: start.request))
            let call = Call<LLM.Event>(core: instance.call(start))
            call.core.run { try await self.provider.complete(completion, call).payload() }
        case JACKFIELD_LLM_EMBED:
            let embedding = LLM.EmbeddingRequest(PayloadReader(checked: start.request))
            let call = Call<NoEvent>(core: instance.call(start))
            call.core.run { try await self.provider.embed(embedding, call).payload() }
        default: return JACKFIELD_UNSUPPORTED
        }
        return JACKFIELD_OK
    }
}

final class ValidatorDispatcher: RoleDispatcher {
    private let validator: any ValidatorPlugin

    init(_ validator: any ValidatorPlugin) { self.validator = validator }

    func dispatch(_ start: jackfield_start, on instance: PluginInstance) -> Int32 {
        guard Int32(start.method) == JACKFIELD_VALIDATOR_CHECK else { return JACKFIELD_UNSUPPORTED }
        instance.answer(start) { try validator.check(Validator.Subject(PayloadReader(checked: start.request))) }
        return JACKFIELD_OK
    }
}

final class ExporterDispatcher: RoleDispatcher {
    private let exporter: any ExporterPlugin

    init(_ exporter: any ExporterPlugin) { self.exporter = exporter }

    func dispatch(_ start: jackfield_start, on instance: PluginInstance) -> Int32 {
        switch Int32(start.method) {
        case JACKFIELD_EXPORTER_RENDER:
            instance.answer(start) { try exporter.render(Exporter.Snapshot(PayloadReader(checked: start.request))) }
        case JACKFIELD_EXPORTER_PUSH:
            let snapshot = Exporter.Snapshot(PayloadReader(checked: start.request))
            let call = Call<NoEvent>(core: instance.call(start))
            call.core.run {
                try await self.exporter.push(snapshot, call)
                return Empty().payload()
            }
        default: return JACKFIELD_UNSUPPORTED
        }
        return JACKFIELD_OK
    }
}

final class NotifierDispatcher: RoleDispatcher {
    private let notifier: any NotifierPlugin

    init(_ notifier: any NotifierPlugin) { self.notifier = notifier }

    func dispatch(_ start: jackfield_start, on instance: PluginInstance) -> Int32 {
        guard [JACKFIELD_NOTIFIER_NOTIFY, JACKFIELD_NOTIFIER_RESOLVE].contains(Int32(start.method)) else {
            return JACKFIELD_UNSUPPORTED
        }
        let resolves = Int32(start.method) == JACKFIELD_NOTIFIER_RESOLVE
        let alert = Notifier.Alert(PayloadReader(checked: start.request))
        let call = Call<NoEvent>(core: instance.call(start))
        call.core.run {
            let receipt =
                resolves ? try await self.notifier.resolve(alert, call) : try await self.notifier.notify(alert, call)
            return receipt.payload()
        }
        return JACKFIELD_OK
    }
}

final class ToolDispatcher: RoleDispatcher {
    private let tool: any ToolPlugin

    init(_ tool: any ToolPlugin) { self.tool = tool }

    func dispatch(_ start: jackfield_start, on instance: PluginInstance) -> Int32 {
        switch Int32(start.method) {
        case JACKFIELD_TOOL_LIST:
            instance.answer(start) { Tool.List(tool.tools()) }
        case JACKFIELD_TOOL_CALL:
            let invocation = Tool.Invocation(PayloadReader(checked: start.request))
            let call = Call<Tool.Event>(core: instance.call(start))
            call.core.run { try await self.tool.call(invocation, call).payload() }
        default: return JACKFIELD_UNSUPPORTED
        }
        return JACKFIELD_OK
    }
}

extension PluginInstance {
    /// A handler that does not wait: no task, the call is finished before `start` returns.
    func answer<Answer: Payload>(_ start: jackfield_start, _ handler: () throws -> Answer) {
        do {
            host.finish(start.call, .success(try handler().payload()))
        } catch {
            host.finish(start.call, .failure(CallError(handler: error)))
        }
    }

    func call(_ start: jackfield_start) -> IncomingCall {
        IncomingCall(instance: self, handle: start.call, deadline: start.deadline, context: Array(start.context.bytes))
    }
}
