import CJackfield
package import EventLoops
import Glibc
import JackfieldJSON
package import Isolation
import JackfieldVocabulary
package import Loading
package import Logging
package import Manifest
package import Telemetry

/// All instances of the manifest. A broken one is listed with its reason and otherwise left alone.
package final class PluginRegistry: Sendable {
    package let plugins: [RegisteredPlugin]
    package let path: PluginPath
    private let byID: [PluginInstanceID: RegisteredPlugin]
    let executors: LoopExecutors
    private let metrics: MetricsRegistry
    private let logger: Logger
    /// Starts the processes of isolated plugins; nil: there is none.
    let launcher: RunnerLauncher?
    let isolationObserver: any IsolationObserver
    let admission: PluginAdmission
    /// Who is told when an isolated plugin is given up for a while, and when it runs again.
    package let isolationListeners = IsolationListeners()

    package init(
        _ configs: [PluginConfig], path: PluginPath, executors: LoopExecutors, launcher: RunnerLauncher?,
        admission: PluginAdmission = PluginAdmission(), metrics: MetricsRegistry, logger: Logger
    ) {
        plugins = configs.map { RegisteredPlugin($0) }
        byID = Dictionary(uniqueKeysWithValues: plugins.map { ($0.id, $0) })
        self.path = path
        self.executors = executors
        self.metrics = metrics
        self.logger = logger
        self.launcher = launcher
        self.admission = admission
        isolationObserver = IsolationLog(
            plugins: byID, listeners: isolationListeners, logger: logger, metrics: metrics)
    }

    package subscript(id: PluginInstanceID) -> RegisteredPlugin? { byID[id] }

    /// Those of a kind that take calls, in the manifest's order.
    package func ready(_ kind: PluginKind) -> [RegisteredPlugin] {
        plugins.filter { $0.kind == kind && $0.ready != nil }
    }

    /// Load every enabled instance, one after the other in the manifest's order.
    ///
    /// - Returns: the `required` ones that failed.
    package func load(with loader: PluginLoader) async -> [RegisteredPlugin] {
        for plugin in plugins where plugin.config.enabled { await load(plugin, with: loader) }
        return plugins.filter { $0.config.required && $0.now.status == .failed }
    }

    private func load(_ plugin: RegisteredPlugin, with loader: PluginLoader) async {
        let start = MonotonicTime.now()
        plugin.become(.loading)
        do throws(LoadError) {
            let location = try Self.locate(plugin.config, path)
            plugin.update { $0.location = location }
            let running = try prepare(plugin, location, loader)
            plugin.now.isolated?.attach(running)
            do throws(LoadError) {
                try running.open()
                try await describe(plugin, running)
            } catch {
                plugin.now.isolated?.stop()
                running.stop(deadline: 0)
                plugin.now.temporary?.remove()
                throw error
            }
            plugin.now.isolated?.keep()
            plugin.become(.ready) { state in
                state.running = running
                state.loadDuration = start.elapsed
            }
            metrics.gauge(.pluginStatus, [.plugin: plugin.id.text, .status: "ready"]).set(1)
            logger.info(
                "plugin ready",
                metadata: [
                    "plugin": "\(plugin.id)", "use": "\(location.manifest.id)",
                    "version": "\(location.manifest.version)",
                ])
        } catch {
            plugin.become(.failed) { state in
                state.error = error
                state.loadDuration = start.elapsed
            }
            metrics.gauge(.pluginStatus, [.plugin: plugin.id.text, .status: "failed"]).set(1)
            logger.error(
                "plugin failed to load",
                metadata: ["plugin": "\(plugin.id)", "code": "\(error.code.rawValue)", "reason": "\(error.message)"])
        }
    }

    private static func locate(_ config: PluginConfig, _ path: PluginPath) throws(LoadError) -> PluginLocation {
        switch config.source {
        case .pluginPath(let reference): return try path.find(reference)
        case .file(let file): return try PluginPath.at(file: file)
        case nil: throw LoadError(.notFound, "\(config.id) says neither `use` nor `file`")
        }
    }

    private func prepare(
        _ plugin: RegisteredPlugin, _ location: PluginLocation, _ loader: PluginLoader
    ) throws(LoadError) -> RunningPlugin {
        guard location.manifest.abi == 1 else {
            throw LoadError(
                .wrongMajor,
                "\(location.manifest.id) is for major version \(location.manifest.abi) of the plugin ABI, this host has version 1"
            )
        }
        if location.manifest.isolation == .process, plugin.config.isolation != .process {
            throw LoadError(
                .notIsolated,
                "\(location.manifest.id) must not run in the host's process, as its plugin.json says: write `isolation: process` under plugins.\(plugin.id)"
            )
        }
        try loader.check(
            required: location.manifest.services.required.map(\.description), of: location.manifest.id.description)
        let library = plugin.config.file.flatMap { $0.hasSuffix(".so") ? $0 : nil } ?? location.library
        let admitted = try admission.admit(location, library: library, pin: plugin.config.sha256)
        plugin.update { $0.signature = admitted.signature }
        let config = try Self.check(plugin.config, location, schema: admitted.schema)
        let request = PluginLoader.Request(
            id: plugin.id.text, plugin: location.manifest.id.description, role: location.manifest.role.description,
            library: library, sealed: admitted.library, config: config.bytes)
        switch plugin.config.isolation {
        case .inProcess: return try loader.load(request)
        case .process: return try isolate(plugin, location, request, loader)
        }
    }

    /// What is wrong with an instance's configuration: path inside `config`, and sentence.
    package typealias ConfigProblem = (path: String, message: String)

    /// The problems of an instance's configuration alone, without loading it; none if its plugin cannot be found.
    package static func configProblems(_ config: PluginConfig, path: PluginPath) -> [ConfigProblem] {
        do throws(LoadError) {
            let location = try locate(config, path)
            let schema = try PluginAdmission.schema(of: location)
            guard case .failure(let problems) = try resolve(config, location, schema: schema) else { return [] }
            return problems.problems
        } catch {
            return []
        }
    }

    private struct ConfigProblems: Error { var problems: [ConfigProblem] }

    /// The instance's configuration against the plugin's schema, with defaults.
    private static func resolve(
        _ config: PluginConfig, _ location: PluginLocation, schema bytes: [UInt8]?
    ) throws(LoadError) -> Result<JSON, ConfigProblems> {
        let given = config.configuration.reveal()
        guard let path = location.configSchema, let bytes else {
            return given.object?.isEmpty ?? true
                ? .success(given)
                : .failure(ConfigProblems(problems: [("", "\(location.manifest.id) takes no configuration")]))
        }
        let schema: ConfigSchema
        do {
            schema = try ConfigSchema(JSON(parsing: bytes))
        } catch {
            throw LoadError(.badManifest, "\(path): \(error)")
        }
        let problems = schema.validate(given)
        return problems.isEmpty
            ? .success(schema.fillingDefaults(given))
            : .failure(
                ConfigProblems(
                    problems: problems.map {
                        ($0.path.description, $0.message + ($0.suggestion.map { "; did you mean \"\($0)\"?" } ?? ""))
                    }))
    }

    private static func check(
        _ config: PluginConfig, _ location: PluginLocation, schema: [UInt8]?
    ) throws(LoadError) -> JSON {
        switch try resolve(config, location, schema: schema) {
        case .success(let resolved): return resolved
        case .failure(let problems):
            throw LoadError(
                .badConfig,
                problems.problems.map {
                    "plugins.\(config.id).config\($0.path.isEmpty ? "" : ".\($0.path)"): \($0.message)"
                }
                .joined(separator: "; "))
        }
    }

    /// Drain, close and destroy in the reverse order of loading.
    package func stop(deadline: MonotonicTime) {
        for plugin in plugins.reversed() {
            guard let running = plugin.ready else { continue }
            plugin.become(.draining)
            plugin.now.isolated?.stop()
            let stuck = running.stop(deadline: deadline.nanoseconds)
            plugin.now.temporary?.remove()
            plugin.become(.stopped) { $0.running = nil }
            if let stuck {
                logger.error("plugin left behind", metadata: ["plugin": "\(plugin.id)", "reason": "\(stuck)"])
            } else {
                logger.debug("plugin stopped", metadata: ["plugin": "\(plugin.id)"])
            }
        }
        launcher?.stop()
    }
}

/// Hears what one plugin does, for its row in the registry, the log and the metrics.
package final class PluginObserver: RunningPlugin.Observer {
    private let registry: PluginRegistry
    private let logger: Logger
    private let metrics: MetricsRegistry

    package init(registry: PluginRegistry, logger: Logger, metrics: MetricsRegistry) {
        self.registry = registry
        self.logger = logger
        self.metrics = metrics
    }

    package func fault(plugin: String, _ sentence: String, requestID: String?) {
        metrics.counter(.callsStale, [.plugin: plugin]).increment()
        if let id = try? PluginInstanceID(plugin) {
            registry[id]?.update { state in
                state.faults += 1
                state.lastFault = sentence
            }
        }
        logger.warning(
            "plugin broke the ABI",
            metadata: ["plugin": "\(plugin)", "reason": "\(sentence)", "request_id": "\(requestID ?? "-")"])
    }

    package func meter(plugin: String, role: String) -> any RunningPlugin.CallMeter {
        PluginMeter(plugin: plugin, role: role, metrics: metrics)
    }
}

/// The metrics of one plugin's calls, looked up once.
private final class PluginMeter: RunningPlugin.CallMeter {
    private let duration: Histogram
    private let succeeded: Counter
    private let failed: [Counter]

    init(plugin: String, role: String, metrics: MetricsRegistry) {
        duration = metrics.histogram(.pluginCallDuration, [.plugin: plugin, .role: role])
        succeeded = metrics.counter(.pluginCalls, [.plugin: plugin, .role: role, .code: "ok"])
        failed = CallError.Code.allCases.map {
            metrics.counter(.pluginCalls, [.plugin: plugin, .role: role, .code: $0.label])
        }
    }

    func finished(_ code: CallError.Code?, nanoseconds: Int64) {
        duration.record(nanoseconds: nanoseconds)
        if let code { failed[Int(code.rawValue) - 1].increment() } else { succeeded.increment() }
    }
}
