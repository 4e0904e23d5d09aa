import Isolation
import Logging
import Manifest
import Telemetry

/// Tells the log, the metrics and the registry what isolated plugins do.
final class IsolationLog: IsolationObserver {
    private let plugins: [PluginInstanceID: RegisteredPlugin]
    private let listeners: IsolationListeners
    private let logger: Logger
    private let metrics: MetricsRegistry

    init(
        plugins: [PluginInstanceID: RegisteredPlugin], listeners: IsolationListeners, logger: Logger,
        metrics: MetricsRegistry
    ) {
        self.plugins = plugins
        self.listeners = listeners
        self.logger = logger
        self.metrics = metrics
    }

    func wrote(plugin: String, _ line: StderrLine) {
        switch line {
        case .text(let text): logger.info("plugin wrote", metadata: ["plugin": "\(plugin)", "text": "\(text)"])
        case .dropped(let bytes):
            logger.warning(
                "plugin wrote too much",
                metadata: ["plugin": "\(plugin)", "dropped_bytes": "\(bytes)"])
        // Told by `refused`.
        case .violation: break
        }
    }

    func refused(plugin: String, _ violation: SandboxViolation, times: Int) {
        metrics.counter(.sandboxRefusals, [.plugin: plugin, .call: violation.name ?? "unknown"]).increment(by: times)
        logger.warning(
            "sandbox refused a system call",
            metadata: [
                "plugin": "\(plugin)", "call": "\(violation.name ?? "\(violation.number)")",
                "count": "\(violation.count)", "first_argument": "0x\(String(violation.firstArgument, radix: 16))",
            ])
    }

    func used(plugin: String, memory: Int64, processorTime: Int64) {
        metrics.gauge(.pluginMemory, [.plugin: plugin]).set(Double(memory))
        metrics.counter(.pluginProcessorTime, [.plugin: plugin]).add(Double(processorTime) / 1e9)
    }

    func ended(plugin: String, _ what: String, next: IsolationPhase) {
        metrics.counter(.runnerEnds, [.plugin: plugin]).increment()
        logger.error(
            "plugin process ended",
            metadata: ["plugin": "\(plugin)", "reason": "\(what)", "next": "\(next.rawValue)"])
        guard let id = changed(plugin) else { return }
        if next == .open { listeners.tell(.circuitOpened(id, what)) }
    }

    func restarted(plugin: String, after nanoseconds: Int64) {
        logger.notice(
            "plugin restarted", metadata: ["plugin": "\(plugin)", "duration_ms": "\(nanoseconds / 1_000_000)"])
        if let id = changed(plugin) { listeners.tell(.recovered(id)) }
    }

    private func changed(_ plugin: String) -> PluginInstanceID? {
        guard let id = try? PluginInstanceID(plugin), let row = plugins[id] else { return nil }
        row.changes.note()
        return id
    }
}
