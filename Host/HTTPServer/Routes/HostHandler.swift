package import EventLoops
package import Logging
package import Manifest
package import Orchestration
package import Registry
package import Storage
package import Telemetry
import JackfieldVocabulary
import Loading
import NIOHTTP1

/// The host behind the listener: what carries model traffic is answered here, everything else by the management router.
package final class HostHandler: RequestHandler {
    private let chat: ChatRoute
    private let embeddings: EmbeddingsRoute
    private let models: ModelsRoute
    private let orchestrate: OrchestrateRoute
    private let management: ManagementResponder
    private let active: Gauge
    private let origins: Set<String>

    package init(
        manifest: Manifest, registry: PluginRegistry, router: ModelRouter, tools: ToolRouter,
        http: HTTPService, input: ValidatorChain, output: ValidatorChain, orchestrator: Orchestrator,
        metrics: MetricsRegistry, store: (any Store)?, executors: LoopExecutors,
        logger: Logger, started: MonotonicTime, version: String
    ) async throws {
        active = metrics.gauge(.activeRequests)
        origins = Set(manifest.server.cors.origins.map(\.description))
        chat = ChatRoute(router: router, input: input, output: output, metrics: metrics, logger: logger)
        embeddings = EmbeddingsRoute(router: router, input: input, logger: logger)
        models = ModelsRoute(router: router, created: Int64(WallTime.now().nanoseconds) / 1_000_000_000)
        orchestrate = OrchestrateRoute(orchestrator: orchestrator, logger: logger)
        let health = HealthProbe(registry: registry, router: router, store: store, started: started)
        let exports = ExportRoutes(manifest: manifest, registry: registry, metrics: metrics)
        let routes = ManagementRoutes(
            manifest: manifest, registry: registry, router: router, tools: tools, http: http, health: health,
            exports: exports,
            version: version)
        management = ManagementResponder(routes.responder(logger: logger), logger: logger) { error, request in
            logger.error(
                "management route failed", metadata: ["request_id": "\(request.requestID)", "reason": "\(error)"])
        }
    }

    package func handle(_ request: ServerRequest, _ response: ResponseWriter) async {
        active.increment()
        defer { active.decrement() }
        if let origin = foreignOrigin(of: request) {
            response.route = "other"
            let sentence = "Pages of \(origin) may not use this host; server.cors.origins lists those that may."
            return ErrorAnswer.send(CallError(.forbidden, sentence), request, response)
        }
        switch request.path {
        case "/v1/chat/completions":
            response.route = "/v1/chat/completions"
            await only(.POST, request, response) { await chat.handle(request, response) }
        case "/v1/embeddings":
            response.route = "/v1/embeddings"
            await only(.POST, request, response) { await embeddings.handle(request, response) }
        case "/v1/models":
            response.route = "/v1/models"
            await only(.GET, request, response) { models.list(request, response) }
        case "/api/v1/orchestrate":
            response.route = "/api/v1/orchestrate"
            await only(.POST, request, response) { await orchestrate.handle(request, response, agent: nil) }
        case let path where path.hasPrefix("/v1/models/"):
            response.route = "/v1/models/{id}"
            await only(.GET, request, response) {
                models.one(String(path.dropFirst("/v1/models/".count)), request, response)
            }
        case let path where path.hasPrefix("/api/v1/agents/") && path.hasSuffix("/invoke"):
            response.route = "/api/v1/agents/{id}/invoke"
            let id = path.dropFirst("/api/v1/agents/".count).dropLast("/invoke".count)
            await only(.POST, request, response) { await orchestrate.handle(request, response, agent: String(id)) }
        case let path where path == "/v1" || path.hasPrefix("/v1/"):
            response.route = "/v1"
            ErrorAnswer.notFound(request, response)
        default: await management.handle(request, response)
        }
    }

    /// A browser names the page that makes it send something; programs name none. Without this, any web page could have
    /// its visitor's browser ask a host that listens on loopback, since a simple request needs no permission (Fetch, 3.2).
    private func foreignOrigin(of request: ServerRequest) -> String? {
        guard request.method != .GET, request.method != .HEAD, request.method != .OPTIONS,
            let origin = request.headers.first(name: "origin"), !origins.contains("*"), !origins.contains(origin)
        else { return nil }
        return origin
    }

    /// RFC 9110, 15.5.6: the answer names the method that would be right.
    private func only(
        _ method: HTTPMethod, _ request: ServerRequest, _ response: ResponseWriter, _ body: () async -> Void
    ) async {
        if request.method == method || (method == .GET && request.method == .HEAD) { return await body() }
        ErrorAnswer.methodNotAllowed(request, response, allowed: method)
    }
}
