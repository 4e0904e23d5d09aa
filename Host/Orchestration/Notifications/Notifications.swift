package import EventLoops
import Glibc
import JackfieldVocabulary
package import Logging
package import Manifest
package import Registry
import Synchronization
package import Telemetry

/// Tells people, through the notifiers of the manifest, what they should not have to look for: that a plugin was given up
/// for a while, and that it runs again.
package final class Notifications: Sendable {
    private let channels: [(id: PluginInstanceID, channel: NotificationChannel)]
    private let registry: PluginRegistry
    private let source: String
    /// Alerts that were told and go on, by the plugin that they are about.
    private let open = Mutex<[PluginInstanceID: Notifier.Alert]>([:])

    package init(
        manifest: Manifest, registry: PluginRegistry, executors: LoopExecutors, metrics: MetricsRegistry, logger: Logger
    ) {
        self.registry = registry
        source = Self.hostName
        channels = manifest.notifiers.enumerated().compactMap { index, id in
            registry[id].map { plugin in
                let channel = NotificationChannel(
                    plugin, executor: executors.any(UInt64(index)), metrics: metrics, logger: logger)
                return (id, channel)
            }
        }
        guard !channels.isEmpty else { return }
        registry.isolationListeners.add { [weak self] in self?.hear($0) }
    }

    private func hear(_ news: IsolationNews) {
        switch news {
        case .circuitOpened(let id, let what): opened(id, what)
        case .recovered(let id):
            guard var alert = open.withLock({ $0.removeValue(forKey: id) }) else { return }
            alert.ended = Int64(WallTime.now().nanoseconds)
            tell(.resolve(alert), about: id)
        }
    }

    private func opened(_ id: PluginInstanceID, _ what: String) {
        let now = Int64(WallTime.now().nanoseconds)
        var labels = [Exporter.Label("plugin", id.text)]
        if let use = registry[id]?.config.source?.description { labels.append(Exporter.Label("use", use)) }
        let alert = Notifier.Alert(
            id: "plugin.circuit-open/\(id)/\(now)", rule: "plugin.circuit-open", severity: .critical,
            title: "The plugin \(id) does not run, and is not started for a while.",
            detail: "The plugin \(id) \(what).", source: source, started: now, labels: labels)
        // An attempt that fails while the circuit is half open is the same occurrence.
        let isNew = open.withLock { open in
            if open[id] != nil { return false }
            open[id] = alert
            return true
        }
        if isNew { tell(.notify(alert), about: id) }
    }

    /// A notifier is not asked to tell of its own end.
    private func tell(_ job: NotificationChannel.Job, about id: PluginInstanceID) {
        for (notifier, channel) in channels where notifier != id { channel.give(job) }
    }

    /// Before the plugins are stopped: what waits is not told any more.
    package func stop() async {
        for (_, channel) in channels { await channel.stop() }
    }

    private static var hostName: String {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "unknown" }
        return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
