import CJackfield
import EventLoops
import JackfieldVocabulary
import Loading
import Manifest
import Telemetry

/// What some kinds of plugins say of themselves when they have been loaded, once for the life of an instance: another
/// process of the same plugin says the same.
extension PluginRegistry {
    /// Ask an agent what it can do, and a tool plugin what can be called; each has five seconds.
    func describe(_ plugin: RegisteredPlugin, _ running: RunningPlugin) async throws(LoadError) {
        switch plugin.kind {
        case .agent:
            switch await ask(plugin, running, JACKFIELD_AGENT_DESCRIBE) {
            case .success(let bytes):
                let description = bytes.withUnsafeBytes { Agent.Description(PayloadReader(checked: $0)) }
                plugin.update { $0.description = description }
            case .failure(let error):
                throw LoadError(.openFailed, "\(plugin.id) could not describe itself: \(error.message)")
            }
        case .tool:
            switch await ask(plugin, running, JACKFIELD_TOOL_LIST) {
            case .success(let bytes):
                let tools = bytes.withUnsafeBytes { Tool.List(PayloadReader(checked: $0)).tools }
                if let problem = ToolListCheck.problem(in: tools) {
                    throw LoadError(.openFailed, "\(plugin.id) \(problem)")
                }
                plugin.update { $0.tools = tools }
            case .failure(let error):
                throw LoadError(.openFailed, "\(plugin.id) could not list its tools: \(error.message)")
            }
        default: break
        }
    }

    private func ask(
        _ plugin: RegisteredPlugin, _ running: RunningPlugin, _ method: Int32
    ) async -> Result<[UInt8], CallError> {
        let executor = executors.any(0)
        let id = plugin.id.text
        return await withCheckedContinuation { continuation in
            executor.run {
                let deadline = MonotonicTime.now() + .seconds(5)
                let scope = CallScope(
                    executor: executor, context: CallContext(requestID: "load-\(id)"), deadline: deadline.nanoseconds)
                let call = running.start(method: method, request: Empty().payload(), scope: scope)
                do throws(CallError) {
                    continuation.resume(returning: .success(try await call.result()))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
        }
    }
}
