import CJackfield
import JackfieldVocabulary
package import Loading
package import Logging
package import Manifest

/// jackfield.llm/1 as a service: the models of the manifest that were granted to the plugin, by their names there.
package struct LLMService: HostService {
    package let id = "jackfield.llm"
    package let revision: UInt32 = 1
    private let router: ModelRouter
    private let tools: ToolRouter
    private let input: ValidatorChain
    private let loops: [String: ToolLoopConfig]
    private let granted: [String: Set<String>]
    private let logger: Logger

    /// - Parameter input: what the host's tools answer passes through it before a model is told.
    package init(
        router: ModelRouter, tools: ToolRouter, input: ValidatorChain, manifest: Manifest, logger: Logger
    ) {
        self.router = router
        self.tools = tools
        self.input = input
        loops = Dictionary(uniqueKeysWithValues: manifest.plugins.map { ($0.id.text, $0.toolLoop) })
        self.logger = logger
        granted = Dictionary(
            uniqueKeysWithValues: manifest.plugins.map { ($0.id.text, Set($0.grants.models.map(\.text))) })
    }

    package func start(_ call: ServiceCall) {
        let models = granted[call.plugin.id] ?? []
        let router = router
        func refusal(_ model: String) -> CallError? {
            models.contains(model)
                ? nil
                : CallError(.forbidden, "plugins.\(call.plugin.id).grants.models does not list the model \(model)")
        }
        switch Int32(call.method) {
        case JACKFIELD_LLM_COMPLETE:
            var request = call.request(LLM.CompletionRequest.self)
            let runsTools = request.runsTools
            // A provider never sees this, and the cache does not tell requests apart by it.
            request.runsTools = false
            if let refusal = refusal(request.model) { return call.fail(refusal) }
            if runsTools { return runTools(request, call) }
            request.toolRounds = nil
            call.serve { [request] task in
                do throws(CallError) {
                    let completion = try await router.complete(
                        request, scope: call.scope.nested(), agent: call.plugin.id)
                    do throws(CallError) {
                        while let event = try await completion.next() {
                            try await task.send(event: event.event, payload: event.payload)
                        }
                        return try completion.result().payload()
                    } catch {
                        // The plugin listens no more, or the model failed: in both cases nobody reads on.
                        completion.cancel()
                        throw error
                    }
                } catch {
                    throw told(error, request.model, call)
                }
            }
        case JACKFIELD_LLM_EMBED:
            let request = call.request(LLM.EmbeddingRequest.self)
            if let refusal = refusal(request.model) { return call.fail(refusal) }
            call.serve { _ in
                do throws(CallError) {
                    return try await router.embed(request, scope: call.scope.nested(), agent: call.plugin.id).result
                        .payload()
                } catch {
                    throw told(error, request.model, call)
                }
            }
        default:
            call.finish(
                LLM.ModelList(router.names.filter { models.contains($0) }.map { LLM.Model(id: $0, owner: "jackfield") })
            )
        }
    }

    private func runTools(_ request: LLM.CompletionRequest, _ call: ServiceCall) {
        call.serve { [self] task in
            do throws(CallError) {
                var asked = request
                asked.toolRounds = nil
                let loop = ToolLoop(
                    models: router, tools: tools, input: input, config: loops[call.plugin.id] ?? ToolLoopConfig(),
                    request: request, caller: call.plugin.id, scope: try call.scope.nested(), logger: logger)
                return try await loop.run(asked, rounds: request.toolRounds) { event, limit throws(CallError) in
                    let (number, payload) = event.encoded()
                    try await task.send(event: number, payload: payload, by: limit)
                }.payload()
            } catch {
                throw told(error, request.model, call)
            }
        }
    }

    /// What an upstream said goes to the operator's log. The plugin hears what happened, not where and with what words:
    /// it may pass them on to a client.
    private func told(_ error: CallError, _ model: String, _ call: ServiceCall) -> CallError {
        guard error.source != nil || !error.attempts.isEmpty, error.code != .cancelled else { return error }
        logger.warning(
            "model failed",
            metadata: [
                "plugin": "\(call.plugin.id)", "model": "\(model)", "code": "\(error.code.label)",
                "reason": "\(error.message)", "request_id": "\(call.scope.context.requestID)",
            ])
        let sentence =
            switch error.code {
            case .deadline: "the model \(model) did not answer in time"
            case .refused: "the model \(model) refused the request"
            case .rateLimited, .exhausted: "the model \(model) takes no more requests for now"
            default: "the model \(model) could not be asked"
            }
        return CallError(error.code, sentence, retry: error.retry, retryAfter: error.retryAfter)
    }
}
