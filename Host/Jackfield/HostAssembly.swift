import Caching
import EventLoops
import Glibc
import Isolation
import JackfieldVocabulary
import Loading
import Logging
import Manifest
import NIOCore
import NIOPosix
import Orchestration
import Outbound
import Registry
import Storage
import Telemetry

/// Everything of a host but its listener, put together from a manifest: consumers first, producers last.
struct HostAssembly: Sendable {
    let manifest: Manifest
    let sink: LogSink
    let logger: Logger
    let metrics: MetricsRegistry
    let group: MultiThreadedEventLoopGroup
    let executors: LoopExecutors
    let outbound: OutboundClient
    /// Knows what plugins were refused.
    let http: HTTPService
    let store: any Store
    /// Whether the store is the manifest's, or one that forgets.
    let isLasting: Bool
    private let upkeep: Task<Void, Never>
    let registry: PluginRegistry
    let router: ModelRouter
    let tools: ToolRouter
    let input: ValidatorChain
    let output: ValidatorChain
    let orchestrator: Orchestrator
    private let notifications: Notifications

    /// - Parameters:
    ///   - level: what is logged; nil: what the manifest says. Commands whose output is for a person log less.
    ///   - keepsSessions: open the store of the manifest.
    /// - Throws: `CommandFailure` with exit code 78 if a plugin that is `required` fails.
    init(_ manifest: Manifest, path: PluginPath, level: Logger.Level?, keepsSessions: Bool) async throws {
        self.manifest = manifest
        let format: LogFormat? =
            switch manifest.logging.format {
            case .auto: nil
            case .json: .json
            case .human: .human(colours: Terminal.isErrorColoured)
            }
        let sink = try LogSink(.descriptor(STDERR_FILENO), format: format)
        self.sink = sink
        let level = level ?? (manifest.debug ? .debug : Logger.Level(manifest.logging.level))
        logger = sink.logger(label: "jackfield", level: level)

        let metrics = MetricsRegistry()
        metrics.collectProcess()
        metrics.collectLosses(of: sink)
        self.metrics = metrics

        group = MultiThreadedEventLoopGroup(
            numberOfThreads: manifest.server.loops > 0 ? manifest.server.loops : System.coreCount)
        executors = LoopExecutors(Array(group.makeIterator()))
        outbound = OutboundClient(group: group)
        store = keepsSessions ? try SQLiteStore(path: manifest.storage.path) : InMemoryStore()
        isLasting = keepsSessions

        let isolates = manifest.plugins.contains { $0.enabled && $0.isolation == .process }
        registry = PluginRegistry(
            manifest.plugins, path: path, executors: executors,
            launcher: isolates ? RunnerLauncher(executors: executors) : nil,
            admission: PluginAdmission(manifest.integrity), metrics: metrics, logger: logger)
        let cache = ResponseCache(manifest, store: keepsSessions ? store : nil)
        router = ModelRouter(
            manifest: manifest, registry: registry, cache: cache, store: store, metrics: metrics, logger: logger)
        tools = ToolRouter(manifest: manifest, registry: registry, metrics: metrics, logger: logger)
        upkeep = Upkeep.start(router.accounts, cache, metrics: metrics, logger: logger)
        input = ValidatorChain(
            .input, ids: manifest.validators.input, config: manifest.validators, registry: registry, metrics: metrics,
            logger: logger)
        output = ValidatorChain(
            .output, ids: manifest.validators.output, config: manifest.validators, registry: registry, metrics: metrics,
            logger: logger)

        http = try HTTPService(client: outbound, manifest: manifest, metrics: metrics, logger: logger)
        let services: [any HostService] = [
            LogService(logger: logger), MetricsService(metrics: metrics), SecretsService(manifest: manifest),
            TimerService(), http,
            LLMService(router: router, tools: tools, input: input, manifest: manifest, logger: logger),
            ToolsService(router: tools),
            AgentsService(registry: registry, manifest: manifest),
        ]
        let loader = PluginLoader(
            services: services, executors: executors,
            observer: PluginObserver(registry: registry, logger: logger, metrics: metrics))
        notifications = Notifications(
            manifest: manifest, registry: registry, executors: executors, metrics: metrics, logger: logger)
        let missing = await registry.load(with: loader)
        guard missing.isEmpty else {
            let reasons = missing.map { "plugins.\($0.id) is required and failed: \($0.now.error?.message ?? "")" }
            registry.stop(deadline: .now())
            upkeep.cancel()
            sink.close()
            throw CommandFailure.configuration(reasons)
        }
        for problem in tools.grantProblems {
            logger.warning(
                "a grant names a tool that there is not",
                metadata: ["place": "\(problem.place)", "reason": "\(problem.message)"])
        }
        // After loading: it asks the agents what they can do.
        orchestrator = Orchestrator(
            manifest: manifest, registry: registry, router: router, input: input, output: output,
            sessions: SessionHistory(store: keepsSessions ? store : nil))
    }

    /// The reverse order of `init`; every step is made, whatever the ones before did.
    func stop(deadline: MonotonicTime) async {
        await notifications.stop()
        registry.stop(deadline: deadline)
        await outbound.shutdown()
        upkeep.cancel()
        await upkeep.value
        await store.close()
        try? await group.shutdownGracefully()
        sink.close()
    }
}

extension Logger.Level {
    init(_ level: LogLevel) {
        self =
            switch level {
            case .trace: .trace
            case .debug: .debug
            case .info: .info
            case .notice: .notice
            case .warning: .warning
            case .error: .error
            case .critical: .critical
            }
    }
}
