import CJackfield
import JackfieldJSON
package import JackfieldVocabulary
package import Loading
package import Logging
package import Manifest
package import Registry
import Synchronization
package import Telemetry

/// From names of tools to the plugins that have them. Every call of a tool in the host passes here, whoever makes it: an
/// agent, a model through the llm service, an operator through the API.
package final class ToolRouter: Sendable {
    private let catalogues: ToolCatalogues
    private let grants: [String: [ToolGrant]]
    private let lanes = Mutex<[PluginInstanceID: ToolLane]>([:])
    private let metrics: MetricsRegistry
    private let logger: Logger

    /// Bytes of the arguments of one call. What it answers is bounded as every result is.
    package static let largestArguments = 16 << 20

    package init(manifest: Manifest, registry: PluginRegistry, metrics: MetricsRegistry, logger: Logger) {
        catalogues = ToolCatalogues(registry: registry)
        grants = Dictionary(uniqueKeysWithValues: manifest.plugins.map { ($0.id.text, $0.grants.tools) })
        self.metrics = metrics
        self.logger = logger
    }

    /// Every tool, in the manifest's order.
    package var tools: [RoutedTool] { catalogues.now.tools }

    /// The tools that a plugin may call.
    package func granted(to plugin: String) -> [RoutedTool] {
        let grants = grants[plugin] ?? []
        if grants.isEmpty { return [] }
        return tools.filter { tool in grants.contains { $0.allows(tool.plugin.id, tool.entry.name) } }
    }

    /// Grants of tools that a plugin which runs does not have: the place in the manifest, and a sentence. Known once the
    /// plugins are loaded, and not before.
    package var grantProblems: [(place: String, message: String)] {
        let names = Dictionary(grouping: tools, by: \.plugin.id).mapValues { $0.map(\.entry.name) }
        return grants.sorted { $0.key < $1.key }.flatMap { plugin, grants in
            grants.enumerated().compactMap { index, grant in
                guard let instance = grant.instance, let tool = grant.tool, let known = names[instance],
                    !known.contains(tool.text)
                else { return nil }
                let list = known.joined(separator: ", ")
                return ("plugins.\(plugin).grants.tools[\(index)]", "\(instance) has no tool \(tool); it has \(list)")
            }
        }
    }

    /// By INSTANCE/TOOL or by alias.
    ///
    /// - Throws: `notFound` with what there is.
    package func tool(_ name: String) throws(CallError) -> RoutedTool {
        let catalogue = catalogues.now
        if let tool = catalogue[name] { return tool }
        let known = catalogue.tools.map(\.name)
        throw CallError(
            .notFound,
            "there is no tool \"\(name.prefix(200))\"; "
                + (known.isEmpty ? "there are none" : "there are \(known.prefix(20).joined(separator: ", "))")
                + (known.count > 20 ? " and \(known.count - 20) more" : ""))
    }

    /// The same for a plugin: it is told nothing of tools that it was not granted.
    ///
    /// - Throws: `forbidden` with the place in the manifest, and where all tools of the instance are granted with those
    ///   that there are.
    package func tool(_ name: String, for plugin: String) throws(CallError) -> RoutedTool {
        let granted = granted(to: plugin)
        if let tool = granted.first(where: { $0.name == name || $0.alias == name }) { return tool }
        var sentence = "plugins.\(plugin).grants.tools does not list the tool \(name.prefix(200))"
        let instance = name.prefix { $0 != "/" }
        if let id = try? PluginInstanceID(String(instance)), let grants = grants[plugin],
            grants.contains(where: { $0.tool == nil && ($0.instance == nil || $0.instance == id) })
        {
            let known = granted.filter { $0.plugin.id == id }.map(\.entry.name).joined(separator: ", ")
            sentence = "\(id) has no tool of that name: \(known.isEmpty ? "none" : known) can be called"
        }
        throw CallError(.forbidden, sentence)
    }

    // MARK: Calls

    /// Call a tool and wait for what it says. From a task of the scope's executor.
    ///
    /// An error without a source is the host's own, in words for the one who asked; one whose source is a plugin is that
    /// plugin's.
    ///
    /// - Parameters:
    ///   - id: of the call, for a tool that wants to know whether it made the call already.
    ///   - caller: who asks, for the log: a plugin's instance, or "api".
    ///   - deliver: takes the events as they come; the tool waits while it does.
    /// - Throws: `invalidArgument` for arguments that are no JSON object; `internal` if the tool crashed during this call
    ///   or answered with too much;   `unavailable` if it is not running; `deadline`, `cancelled`; or what the tool says.
    package func call(
        _ tool: RoutedTool, arguments: String, id: String?, scope: CallScope, caller: String,
        deliver: ((CallMailbox.Event) async throws(CallError) -> Void)? = nil
    ) async throws(CallError) -> Tool.Result {
        let started = MonotonicTime.now()
        do throws(CallError) {
            try Self.check(arguments, of: tool)
            let result = try await enter(
                Tool.Invocation(name: tool.entry.name, arguments: arguments, id: id), of: tool, scope, deliver)
            report(tool, caller, scope, started, code: "ok", isFailure: result.isFailure, reason: nil)
            return result
        } catch {
            report(tool, caller, scope, started, code: error.code.label, isFailure: true, reason: error.message)
            throw error
        }
    }

    /// Models write arguments that are no JSON, or a list of them; what such a tool would say of it is told here for all.
    private static func check(_ arguments: String, of tool: RoutedTool) throws(CallError) {
        let size = arguments.utf8.count
        guard size <= largestArguments else {
            throw CallError(
                .exhausted,
                "the arguments of the tool \(tool.name) have \(size) bytes; \(largestArguments) are allowed")
        }
        let json: JSON
        do throws(JSONError) {
            json = try JSON(parsing: arguments)
        } catch {
            throw CallError(
                .invalidArgument,
                "the arguments of the tool \(tool.name) are not JSON: \(error.reason), at byte \(error.offset) of \(size)"
            )
        }
        guard json.object != nil else {
            throw CallError(
                .invalidArgument,
                "the arguments of the tool \(tool.name) are \(json.kindName); they must be a JSON object as its schema says"
            )
        }
    }

    /// Wait for a place where places are few, and make the call.
    private func enter(
        _ invocation: Tool.Invocation, of tool: RoutedTool, _ scope: CallScope,
        _ deliver: ((CallMailbox.Event) async throws(CallError) -> Void)?
    ) async throws(CallError) -> Tool.Result {
        let request = invocation.payload()
        guard let lane = lane(of: tool.plugin) else {
            return try await ToolAttempt(tool, scope).make(request, nil, deliver)
        }
        return try await ToolAttempt(tool, scope).make(request, try await lane.enter(scope), deliver)
    }

    /// Nil for a plugin that is in the host's process, which queues for itself, and for one that never blocks.
    private func lane(of plugin: RegisteredPlugin) -> ToolLane? {
        guard plugin.config.isolation == .process, let concurrency = plugin.ready?.descriptor.concurrency else {
            return nil
        }
        return lanes.withLock { lanes in
            if let lane = lanes[plugin.id] { return lane }
            let lane = ToolLane(plugin.id.text, concurrency: concurrency)
            lanes[plugin.id] = lane
            return lane
        }
    }

    private func report(
        _ tool: RoutedTool, _ caller: String, _ scope: CallScope, _ started: MonotonicTime, code: String,
        isFailure: Bool, reason: String?
    ) {
        let nanoseconds = started.elapsed
        metrics.counter(.toolCalls, [.tool: tool.name, .code: code]).increment()
        metrics.histogram(.toolCallDuration, [.tool: tool.name]).record(nanoseconds: nanoseconds)
        var metadata: Logger.Metadata = [
            "tool": "\(tool.name)", "caller": "\(caller)", "code": "\(code)", "failed": "\(isFailure)",
            "duration_ms": "\(Double(nanoseconds / 1000) / 1000)", "request_id": "\(scope.context.requestID)",
        ]
        if let reason { metadata["reason"] = "\(reason)" }
        logger.info("tool called", metadata: metadata)
    }
}
