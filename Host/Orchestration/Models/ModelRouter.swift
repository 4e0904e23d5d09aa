import Accounting
package import Caching
import CJackfield
import EventLoops
package import JackfieldVocabulary
package import Loading
package import Logging
package import Manifest
package import Registry
package import Storage
package import Telemetry

/// From the names that clients and agents ask for to the upstreams that answer. Every use of a model in the host passes
/// here: the cache is looked into, the budgets are asked, the route is walked, and what was used is charged.
package final class ModelRouter: Sendable {
    private let models: [String: Model]
    /// In the manifest's order.
    package let names: [String]
    /// All upstreams of all routes.
    let upstreams: [Upstream]
    package let accounts: ModelAccounts
    private let cache: ModelCache?
    private let logger: Logger
    private let metrics: MetricsRegistry

    /// - Parameter cache: nil if no model uses one.
    package init(
        manifest: Manifest, registry: PluginRegistry, cache: ResponseCache?, store: any Store,
        metrics: MetricsRegistry, logger: Logger
    ) {
        self.logger = logger
        self.metrics = metrics
        names = manifest.models.map(\.name.text)
        // A model's upstream that is another model's too is ill, busy and fast for both.
        var known: [ModelRoute: Upstream] = [:]
        var upstreams: [Upstream] = []
        func upstream(_ route: ModelRoute) -> Upstream? {
            if let upstream = known[route] { return upstream }
            guard let plugin = registry[route.instance], plugin.config.enabled else { return nil }
            let upstream = Upstream(route, plugin, metrics)
            known[route] = upstream
            upstreams.append(upstream)
            return upstream
        }
        var models: [String: Model] = [:]
        for config in manifest.models {
            let steps = config.route.map { step in
                step.members.compactMap { member in
                    upstream(member.route).map { Model.Member(upstream: $0, weight: member.weight) }
                }
            }
            models[config.name.text] = Model(config, steps: steps.filter { !$0.isEmpty })
        }
        self.models = models
        self.upstreams = upstreams
        accounts = ModelAccounts(manifest: manifest, upstreams: upstreams, store: store, metrics: metrics)
        self.cache = cache.map(ModelCache.init)
    }

    package func has(_ name: String) -> Bool { models[name] != nil }

    /// The upstreams behind a name, in order; nil for a name that the manifest does not have.
    package func route(of name: String) -> [String]? { models[name]?.upstreams.map(\.name) }

    func model(named name: String) -> Model? { models[name] }

    package var responses: ResponseCache? { cache?.responses }

    /// Ask a model. Returns when the first event is there, so that a failure can still be answered as one.
    ///
    /// - Parameter agent: the plugin that asks, if it is one.
    /// - Throws: `notFound` for an unknown name; `rateLimited` or `exhausted` of a budget; otherwise what became of the
    ///   attempts, which the error lists.
    package func complete(
        _ request: LLM.CompletionRequest, scope: CallScope, agent: String? = nil, wishes: CacheWishes = CacheWishes()
    ) async throws(CallError) -> ModelCompletion {
        let model = try model(request.model)
        let tenant = scope.context.tenant
        let consulted = try await consult(
            model, wishes, scope, key: model.cacheKey(request, tenant: tenant),
            recorder: { Recorder(request, tenant: tenant, tags: wishes.tags, limit: $0) })
        if let kept = consulted.kept { return ModelCompletion(kept: kept, cache: consulted.outcome) }
        let (lead, outcome) = (consulted.lead, consulted.outcome)
        let charge: ModelAccounts.Charge
        do throws(CallError) {
            charge = try await accounts.admit(
                account(request.user, agent, model, scope), prompt: UsageEstimate.promptTokens(of: request),
                answer: request.maxTokens.map { UInt64($0) * UInt64(max(1, request.choices ?? 1)) },
                upstreams: model.upstreams)
        } catch {
            if let lead { cache?.abandon(lead) }
            throw error
        }
        var walk = RouteWalk(model: model, scope: scope, logger: logger, metrics: metrics)
        do throws(CallError) {
            let attempt = try await begin(request, model, scope, &walk)
            return ModelCompletion(
                attempt, attempts: walk.attempts.value, cache: outcome,
                idle: IdleWatch(scope.executor, limit: model.config.idleTimeout.nanoseconds),
                ending: CompletionEnding(request, charge: charge, cache: cache, lead: lead))
        } catch {
            charge.fail(
                error, asked: walk.attempts.last,
                usage: LLM.Usage(promptTokens: UsageEstimate.promptTokens(of: request), isEstimated: true))
            if let lead { cache?.abandon(lead) }
            throw error
        }
    }

    private func begin(
        _ request: LLM.CompletionRequest, _ model: Model, _ scope: CallScope, _ walk: inout RouteWalk
    ) async throws(CallError) -> BegunAttempt {
        let metrics = metrics
        let attempts = walk.attempts
        return try await walk.run { (upstream, step, patience) async throws(CallError) in
            guard model.config.hedge.enabled else {
                return try await upstream.begin(
                    method: JACKFIELD_LLM_COMPLETE, request: request.payload(model: upstream.route.upstreamModel),
                    scope: scope, patience: patience, counting: attempts)
            }
            var hedged = HedgedAttempt(
                model: model, step: step, scope: scope, metrics: metrics, attempts: attempts,
                method: JACKFIELD_LLM_COMPLETE
            ) { request.payload(model: $0.route.upstreamModel) }
            return try await hedged.run(upstream, patience)
        }
    }

    /// Embed texts.
    ///
    /// - Throws: as `complete`.
    package func embed(
        _ request: LLM.EmbeddingRequest, scope: CallScope, agent: String? = nil, wishes: CacheWishes = CacheWishes()
    ) async throws(CallError) -> ModelEmbedding {
        let model = try model(request.model)
        let tenant = scope.context.tenant
        let consulted = try await consult(
            model, wishes, scope, key: model.cacheKey(request, tenant: tenant),
            recorder: { Recorder(request, tenant: tenant, tags: wishes.tags, limit: $0) })
        if let kept = consulted.kept {
            return ModelEmbedding(kept.result, upstream: kept.upstream ?? "cache", attempts: 0, consulted.outcome)
        }
        let (lead, outcome) = (consulted.lead, consulted.outcome)
        do throws(CallError) {
            let charge = try await accounts.admit(
                account(request.user, agent, model, scope), prompt: UsageEstimate.usage(of: request).promptTokens,
                answer: 0, upstreams: model.upstreams)
            var walk = RouteWalk(model: model, scope: scope, logger: logger, metrics: metrics)
            do throws(CallError) {
                let (payload, upstream) = try await ask(request, scope, &walk)
                let embedding = ModelEmbedding(payload, upstream: upstream, attempts: walk.attempts.value, outcome)
                charge.settle(embedding.usage ?? UsageEstimate.usage(of: request), upstream: upstream)
                if let lead { cache?.keep(lead, result: payload, upstream: upstream) }
                return embedding
            } catch {
                charge.fail(error, asked: walk.attempts.last, usage: UsageEstimate.usage(of: request))
                throw error
            }
        } catch {
            if let lead { cache?.abandon(lead) }
            throw error
        }
    }

    private func ask(
        _ request: LLM.EmbeddingRequest, _ scope: CallScope, _ walk: inout RouteWalk
    ) async throws(CallError) -> (payload: [UInt8], upstream: String) {
        let attempts = walk.attempts
        return try await walk.run { (upstream, _, patience) async throws(CallError) in
            var request = request
            request.model = upstream.route.upstreamModel
            let attempt = try await upstream.begin(
                method: JACKFIELD_LLM_EMBED, request: request.payload(), scope: scope, patience: patience,
                counting: attempts)
            do throws(CallError) {
                let payload = try await attempt.call.result()
                attempt.end(nil)
                return (payload, upstream.name)
            } catch {
                attempt.end(error)
                throw error
            }
        }
    }

    private func model(_ name: String) throws(CallError) -> Model {
        if let model = models[name] { return model }
        throw CallError(.notFound, "there is no model \"\(name)\"; there are \(names.joined(separator: ", "))")
    }

    /// Whoever does not say who he is shares the accounts of all who do not. What a gateway says of the user in a header
    /// counts more than what the client says in its request.
    private func account(_ user: String?, _ agent: String?, _ model: Model, _ scope: CallScope) -> Account {
        Account(
            key: scope.context.tenant ?? "anonymous", user: scope.context.user ?? user ?? "anonymous", agent: agent,
            session: scope.context.session, model: model.name)
    }

    /// What the cache had to say: an answer, or on whose behalf to ask.
    private struct Consulted {
        var kept: CachedResponse?
        var lead: ModelCache.Lead?
        var outcome = CacheOutcome.off
    }

    /// - Parameter recorder: for an answer of at most so many bytes.
    private func consult(
        _ model: Model, _ wishes: CacheWishes, _ scope: CallScope, key: @autoclosure () -> CacheKey,
        recorder: (_ limit: Int) -> Recorder
    ) async throws(CallError) -> Consulted {
        guard model.config.cache.enabled, let cache else {
            if wishes.directives.onlyIfCached { throw .notKept }
            return Consulted()
        }
        var consulted = Consulted()
        switch try await cache.find(
            key(), wishes, model: model, recorder: recorder(cache.responses.settings.maxEntryBytes), scope: scope)
        {
        case .kept(let response):
            consulted.kept = response
            consulted.outcome = .hit(age: response.age(now: Int64(WallTime.now().nanoseconds)))
        case .lead(let lead):
            consulted.lead = lead
            consulted.outcome = wishes.directives.mayRead ? .miss : .bypass
        case .ask: consulted.outcome = .bypass
        }
        if let label = consulted.outcome.label {
            metrics.counter(.cacheLookups, [.model: model.name, .outcome: label]).increment()
        }
        return consulted
    }
}
