import Hummingbird
import Isolation
import JackfieldJSON
import JackfieldVocabulary
import Loading
import Logging
import Manifest
import NIOCore
import Orchestration
import Registry
import Telemetry

/// The management API: small JSON documents for operators and their tools, on Hummingbird's router.
struct ManagementRoutes: Sendable {
    let manifest: Manifest
    let registry: PluginRegistry
    let router: ModelRouter
    let tools: ToolRouter
    let http: HTTPService
    let health: HealthProbe
    let exports: ExportRoutes
    let version: String

    func responder(logger: Logger) -> some HTTPResponder<ManagementContext> {
        let routes = Router(context: ManagementContext.self, options: .autoGenerateHeadEndpoints)
        routes.middlewares.add(ProblemMiddleware(logger: logger))
        addHealth(routes)
        addPlugins(routes)
        addMetrics(routes)
        addModels(routes)
        addTools(routes)
        routes.get("/") { _, _ in
            Self.json([
                "name": "jackfield", "version": .string(version), "openapi": "/openapi.json", "models": "/v1/models",
                "health": "/api/v1/health/detailed",
            ])
        }
        routes.get("/openapi.json") { _, _ in Self.json(OpenAPIDocument.make(version: version)) }
        return routes.buildResponder()
    }

    // MARK: Health

    private func addHealth(_ routes: Router<ManagementContext>) {
        for path in ["/health", "/api/health", "/api/v1/health"] as [RouterPath] {
            routes.get(path) { _, _ in
                // Alive: the process answers. Whether it should be sent requests is what ready says.
                Self.json(health.quick.json(detailed: false))
            }
        }
        for path in ["/ready", "/api/ready"] as [RouterPath] {
            routes.get(path) { _, _ in
                let report = health.quick
                return Self.json(report.json(detailed: false), status: report.isReady ? .ok : .serviceUnavailable)
            }
        }
        routes.get("/api/v1/health/detailed") { _, context in
            let report = await health.full(on: context.server.executor)
            var document = report.json(detailed: true).object ?? JSONObject()
            document["version"] = .string(version)
            document["profile"] = .string(manifest.profile.rawValue)
            return Self.json(.object(document), status: report.isReady ? .ok : .serviceUnavailable)
        }
    }

    // MARK: Plugins, agents, models

    private func addPlugins(_ routes: Router<ManagementContext>) {
        routes.get("/api/v1/plugins") { _, _ in
            Self.json(["plugins": .array(registry.plugins.map { Self.describe($0) })])
        }
        routes.get("/api/v1/plugins/:id") { _, context in
            let id = try context.parameters.require("id")
            guard let plugin = (try? PluginInstanceID(id)).flatMap({ registry[$0] }) else {
                throw CallError(.notFound, "there is no plugin \"\(id)\" in the manifest")
            }
            return Self.json(Self.describe(plugin, egress: http.refusals(of: plugin.id)))
        }
        routes.post("/api/v1/plugins/:id/restart") { _, context in
            let id = try context.parameters.require("id")
            guard let plugin = (try? PluginInstanceID(id)).flatMap({ registry[$0] }) else {
                throw CallError(.notFound, "there is no plugin \"\(id)\" in the manifest")
            }
            guard let isolated = plugin.now.isolated, plugin.now.status == .ready else {
                throw CallError(
                    .conflict,
                    "the plugin \(id) has no process of its own that could be restarted: it needs `isolation: process`")
            }
            isolated.restart()
            return Self.json(Self.describe(plugin, egress: http.refusals(of: plugin.id)), status: .accepted)
        }
        routes.get("/api/v1/agents") { _, _ in
            let agents = registry.ready(.agent).map { agent -> JSON in
                let description = agent.now.description
                return [
                    "id": .string(agent.id.text), "summary": .string(description?.summary ?? ""),
                    "capabilities": .array(
                        (description?.capabilities ?? []).map { capability in
                            [
                                "id": .string(capability.id), "description": .string(capability.description),
                                "examples": .array(capability.examples.map { .string($0) }),
                            ]
                        }),
                ]
            }
            return Self.json(["agents": .array(agents)])
        }
    }

    /// - Parameter egress: what the way out has refused it; nil: the short form.
    static func describe(_ plugin: RegisteredPlugin, egress: EgressRefusals? = nil) -> JSON {
        let state = plugin.now
        var object: JSONObject = [
            "id": .string(plugin.id.text), "use": .string(plugin.config.source?.description ?? ""),
            "kind": plugin.kind.map { .string($0.rawValue) } ?? .null, "status": .string(state.status.rawValue),
            "since": .string(state.since.rfc3339), "required": .bool(plugin.config.required),
            "isolation": .string(plugin.config.isolation.rawValue),
        ]
        if let version = state.location?.manifest.version { object["version"] = .string(version) }
        if let error = state.error {
            object["error"] = ["code": .string(error.code.rawValue), "message": .string(error.message)]
        }
        if let isolated = state.isolated, state.running != nil {
            let report = isolated.report
            object["sandbox_level"] = .string(report.sandbox.level.rawValue)
            object["process_state"] = .string(report.phase.rawValue)
        }
        if state.faults > 0 {
            object["faults"] = ["count": JSON(state.faults), "last": .string(state.lastFault ?? "")]
        }
        guard let egress else { return .object(object) }
        if let duration = state.loadDuration { object["load_ms"] = JSON(Double(duration / 1000) / 1000) }
        if let running = state.running {
            object["role"] = .string(running.descriptor.roles.map(\.description).joined(separator: ", "))
            object["services"] = .array(running.descriptor.services.map { .string($0.description) })
            object["library"] = .string(running.path)
            let live = running.liveCalls
            object["live_calls"] = [
                "incoming": JSON(live.incoming), "outgoing": JSON(live.outgoing), "abandoned": JSON(live.abandoned),
            ]
        }
        if let isolated = state.isolated { object["process"] = describe(isolated.report) }
        if !state.tools.isEmpty { object["tools"] = .array(state.tools.map { .object($0.json) }) }
        if egress.count > 0 { object["outbound_refusals"] = describe(egress) }
        object["config"] = plugin.config.configuration.redacted
        return .object(object)
    }

    private static func describe(_ egress: EgressRefusals) -> JSON {
        guard let last = egress.last else { return ["count": JSON(egress.count)] }
        return [
            "count": JSON(egress.count),
            "last": [
                "at": .string(last.at.rfc3339), "method": .string(last.method), "url": .string(last.url),
                "address": last.address.map { .string($0) } ?? .null, "reason": .string(last.reason),
                "rule": .string(last.rule), "sentence": .string(last.sentence),
            ],
        ]
    }

    private static func describe(_ report: IsolationReport) -> JSON {
        [
            "state": .string(report.phase.rawValue), "pid": report.process.map { JSON($0) } ?? .null,
            "memory_bytes": JSON(report.memory), "cpu_seconds": JSON(Double(report.processorTime / 1_000_000) / 1000),
            "restarts": JSON(report.restarts), "last_end": report.lastEnd.map { .string($0) } ?? .null,
            "sandbox": report.sandbox.json,
            "refused_calls": .object(
                JSONObject(report.refusedCalls.sorted { $0.key < $1.key }.map { ($0.key, JSON($0.value)) })),
        ]
    }

    // MARK: Metrics

    private func addMetrics(_ routes: Router<ManagementContext>) {
        routes.get("/api/v1/metrics") { _, _ in Self.json(exports.json) }
        routes.get("/api/v1/metrics/prometheus") { request, context in
            let rendering = try await exports.scrape(
                accept: request.headers[.accept], scope: CallScope(context.server))
            return Response(
                status: .ok, headers: [.contentType: rendering.contentType],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: rendering.body)))
        }
    }

    static func json(_ value: JSON, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: value.bytes)))
    }
}
