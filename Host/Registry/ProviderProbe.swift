import CJackfield
package import EventLoops
package import JackfieldVocabulary
import Loading
import Telemetry

/// Asks a provider for its models: whether its upstream can be reached and takes the key.
package enum ProviderProbe {
    /// Takes at most `limit`; runs on the executor's loop.
    package static func models(
        of plugin: RegisteredPlugin, executor: LoopExecutor, limit: Duration = .seconds(5)
    ) async -> Result<[LLM.Model], CallError> {
        await withCheckedContinuation { continuation in
            executor.run {
                continuation.resume(returning: await ask(plugin, executor, limit))
            }
        }
    }

    private static func ask(
        _ plugin: RegisteredPlugin, _ executor: LoopExecutor, _ limit: Duration
    ) async -> Result<[LLM.Model], CallError> {
        guard let running = plugin.ready else {
            return .failure(CallError(.unavailable, "the plugin \(plugin.id) is not running"))
        }
        let deadline = (MonotonicTime.now() + limit).nanoseconds
        let scope = CallScope(
            executor: executor, context: CallContext(requestID: "probe-\(plugin.id)"), deadline: deadline)
        let call = running.start(method: JACKFIELD_LLM_MODELS, request: Empty().payload(), scope: scope)
        do throws(CallError) {
            return .success(
                try await call.result().withUnsafeBytes { LLM.ModelList(PayloadReader(checked: $0)).models })
        } catch {
            return .failure(error)
        }
    }
}
