package import Manifest
import Synchronization

/// What becomes of an isolated plugin, for those who want to hear of it.
package enum IsolationNews: Sendable, Hashable {
    /// It ended too often, or its files are refused, and it is not started for a while; the sentence goes on from "the plugin x …".
    case circuitOpened(PluginInstanceID, String)
    /// It runs again.
    case recovered(PluginInstanceID)
}

/// Who is told of news. Told on any thread, and must not wait.
package final class IsolationListeners: Sendable {
    private let listeners = Mutex<[@Sendable (IsolationNews) -> Void]>([])

    package func add(_ listener: @escaping @Sendable (IsolationNews) -> Void) {
        listeners.withLock { $0.append(listener) }
    }

    func tell(_ news: IsolationNews) {
        for listener in listeners.withLock({ $0 }) { listener(news) }
    }
}
