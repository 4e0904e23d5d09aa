import CJackfield
import EventLoops
package import JackfieldVocabulary
package import Loading
package import Logging
package import Manifest
package import Registry
package import Telemetry

/// From the names that clients and agents ask for to the upstreams that answer.
///
/// Each name has a route: candidates in order. A candidate that fails before it has said anything is tried again where
/// that may help, then the next one is asked. What cannot succeed anywhere, such as a malformed request, ends at once.
package final class ModelRouter: Sendable {
    private final class Model: Sendable {
        let config: ModelConfig
        let candidates: [Candidate]

        init(config: ModelConfig, candidates: [Candidate]) {
            self.config = config
            self.candidates = candidates
        }
    }

    final class Candidate: Sendable {
        let route: ModelRoute
        let upstream: String
        let plugin: RegisteredPlugin
        private let succeeded: Counter
        private let failed: Counter

        init(_ route: ModelRoute, _ plugin: RegisteredPlugin, _ metrics: MetricsRegistry) {
            self.route = route
            upstream = route.description
            self.plugin = plugin
            succeeded = metrics.counter(.upstreamAttempts, [.upstream: upstream, .outcome: "ok"])
            failed = metrics.counter(.upstreamAttempts, [.upstream: upstream, .outcome: "failed"])
        }

        func count(isSuccess: Bool) { (isSuccess ? succeeded : failed).increment() }
    }

    private let models: [String: Model]
    /// In the manifest's order.
    package let names: [String]

    private let logger: Logger

    package init(manifest: Manifest, registry: PluginRegistry, metrics: MetricsRegistry, logger: Logger) {
        self.logger = logger
        names = manifest.models.map(\.name.text)
        models = Dictionary(
            uniqueKeysWithValues: manifest.models.map { config in
                let candidates = config.route.compactMap { route -> Candidate? in
                    guard let plugin = registry[route.instance], plugin.config.enabled else { return nil }
                    return Candidate(route, plugin, metrics)
                }
                return (config.name.text, Model(config: config, candidates: candidates))
            })
    }

    package func has(_ name: String) -> Bool { models[name] != nil }

    /// The upstreams behind a name, in order; nil for a name that the manifest does not have.
    package func route(of name: String) -> [String]? { models[name]?.candidates.map(\.upstream) }

    /// Ask a model. Returns when the first event is there, so that a failure can still be answered as one.
    ///
    /// - Throws: `notFound` for an unknown name; otherwise the last candidate's error, with what the others said.
    package func complete(
        _ request: LLM.CompletionRequest, scope: CallScope
    ) async throws(CallError) -> ModelCompletion {
        try await attempt(request.model, scope: scope) { candidate, scope throws(CallError) in
            let call = candidate.plugin.ready?.start(
                method: JACKFIELD_LLM_COMPLETE, request: request.payload(model: candidate.route.upstreamModel),
                scope: scope)
            guard let call else { throw Self.notRunning(candidate) }
            let first = try await call.next()
            return ModelCompletion(upstream: candidate.upstream, call: call, first: first)
        }
    }

    package func embed(
        _ request: LLM.EmbeddingRequest, scope: CallScope
    ) async throws(CallError) -> LLM.EmbeddingResult {
        var request = request
        return try await attempt(request.model, scope: scope) { candidate, scope throws(CallError) in
            request.model = candidate.route.upstreamModel
            let call = candidate.plugin.ready?.start(
                method: JACKFIELD_LLM_EMBED, request: request.payload(), scope: scope)
            guard let call else { throw Self.notRunning(candidate) }
            var result = try await call.result().withUnsafeBytes { LLM.EmbeddingResult(PayloadReader(checked: $0)) }
            result.upstream = candidate.upstream
            return result
        }
    }

    private static func notRunning(_ candidate: Candidate) -> CallError {
        CallError(.unavailable, "the plugin \(candidate.route.instance) is not running")
    }

    private func attempt<Answer>(
        _ name: String, scope: CallScope,
        _ ask: (Candidate, CallScope) async throws(CallError) -> Answer
    ) async throws(CallError) -> Answer {
        guard let model = models[name] else {
            throw CallError(.notFound, "there is no model \"\(name)\"; there are \(names.joined(separator: ", "))")
        }
        var reasons: [String] = []
        var last: CallError?
        for candidate in model.candidates {
            for attempt in 0...model.config.retries {
                let bounded = scope.limited(to: (MonotonicTime.now() + model.config.timeout).nanoseconds)
                do throws(CallError) {
                    let answer = try await ask(candidate, bounded)
                    candidate.count(isSuccess: true)
                    return answer
                } catch {
                    var error = error
                    error.source = .upstream(candidate.upstream)
                    candidate.count(isSuccess: false)
                    let reason = "\(candidate.upstream): \(error.message)"
                    // A retry that fails in the same way says nothing new.
                    if reasons.last != reason {
                        reasons.append(reason)
                        if error.code != .cancelled { passedOver(candidate, name, error, scope) }
                    }
                    last = error
                    let isOver = scope.deadline > 0 && MonotonicTime.now().nanoseconds >= scope.deadline
                    if Self.isFinal(error) || Task.isCancelled || isOver { throw error }
                    guard error.retry, attempt < model.config.retries, await Self.backOff(attempt, error, scope) else {
                        break
                    }
                }
            }
        }
        guard let last else { throw CallError(.unavailable, "no upstream of the model \(name) is enabled") }
        if reasons.count == 1 { throw last }
        var all = last
        all.message = "every upstream of the model \(name) failed: \(reasons.joined(separator: "; "))"
        throw all
    }

    /// Somebody else may answer; the operator hears of it all the same.
    private func passedOver(_ candidate: Candidate, _ name: String, _ error: CallError, _ scope: CallScope) {
        logger.warning(
            "upstream failed",
            metadata: [
                "model": "\(name)", "upstream": "\(candidate.upstream)", "code": "\(error.code.label)",
                "reason": "\(error.message)", "request_id": "\(scope.context.requestID)",
            ])
    }

    /// The same request fails the same way elsewhere, or nobody waits for the answer.
    private static func isFinal(_ error: CallError) -> Bool {
        switch error.code {
        case .cancelled, .invalidArgument, .refused: true
        default: false
        }
    }

    /// Exponential back-off with full jitter (Brooker, "Exponential Backoff and Jitter", 2015): between 0 and
    /// 250 ms x 2^attempt, at most 8 s, or what the upstream asked for. False if the deadline comes first.
    private static func backOff(_ attempt: Int, _ error: CallError, _ scope: CallScope) async -> Bool {
        let bound = min(Int64(250_000_000) << min(attempt, 5), 8_000_000_000)
        let delay = error.retryAfter ?? Int64.random(in: 0...bound)
        let until = (MonotonicTime.now() + .nanoseconds(delay)).nanoseconds
        if scope.deadline > 0, until >= scope.deadline { return false }
        do {
            try await scope.executor.sleep(until: until)
            return true
        } catch {
            return false
        }
    }
}
