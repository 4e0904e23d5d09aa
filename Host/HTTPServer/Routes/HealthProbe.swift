import EventLoops
import Glibc
import Isolation
import JackfieldJSON
import JackfieldVocabulary
import Loading
import Manifest
import NIOCore
import Orchestration
import Registry
import Storage
import Synchronization
import Telemetry

/// Looks at every component when somebody asks, and remembers what it saw for a few seconds, so that a monitor cannot
/// make the host hammer its upstreams.
struct HealthProbe: Sendable {
    private static let lifetime: Int64 = 5_000_000_000

    private let registry: PluginRegistry
    private let router: ModelRouter
    private let store: (any Store)?
    private let started: MonotonicTime
    private let last = Last()

    private final class Last: Sendable {
        let look = Mutex<(task: Task<HealthReport, Never>, at: MonotonicTime)?>(nil)
        let components = Mutex<[ComponentID: ComponentHealth]>([:])
    }

    init(registry: PluginRegistry, router: ModelRouter, store: (any Store)?, started: MonotonicTime) {
        self.registry = registry
        self.router = router
        self.store = store
        self.started = started
    }

    /// What can be said without asking anybody.
    var quick: HealthReport {
        HealthReport(time: .now(), uptime: started.elapsed, components: registry.plugins.compactMap(plugin))
    }

    /// Everything, with each provider's connectivity and the store. For a task on the executor. Whoever asks while somebody
    /// looks already waits for the same answer.
    func full(on executor: LoopExecutor) async -> HealthReport {
        let look = last.look.withLock { look in
            if let look, look.at.elapsed < Self.lifetime { return look.task }
            let task = Task(executorPreference: executor) { await self.look(executor) }
            look = (task, .now())
            return task
        }
        return await look.value
    }

    private func look(_ executor: LoopExecutor) async -> HealthReport {
        var components = registry.plugins.compactMap(plugin)
        for provider in registry.plugins where provider.kind == .llm && provider.ready != nil {
            components.append(await connectivity(of: provider, executor))
        }
        components.append(await storeHealth())
        components += router.names.map(model)
        return HealthReport(time: .now(), uptime: started.elapsed, components: components)
    }

    private func plugin(_ plugin: RegisteredPlugin) -> ComponentHealth? {
        let state = plugin.now
        guard state.status != .disabled else { return nil }
        var status: HealthStatus = state.status == .ready ? (state.faults > 0 ? .degraded : .ok) : .failing
        var message =
            state.error?.code.rawValue ?? (state.faults > 0 ? "broke the plugin ABI \(state.faults) times" : "")
        if state.status == .ready, let isolated = state.isolated?.report, isolated.phase != .running {
            status = .failing
            message =
                isolated.phase == .open
                ? "is not started for a while: its circuit is open" : "its process is being restarted"
        }
        return ComponentHealth(
            ComponentID("plugin.\(plugin.id)"), status, required: plugin.config.required, message: message,
            since: state.since)
    }

    private func connectivity(of provider: RegisteredPlugin, _ executor: LoopExecutor) async -> ComponentHealth {
        let id = ComponentID("provider.\(provider.id)")
        switch await ProviderProbe.models(of: provider, executor: executor, limit: .seconds(3)) {
        case .success(let models): return seen(id, .ok, details: ["models": JSON(models.count)])
        // A server without a list of models is reached all the same.
        case .failure(let error) where error.code == .notFound || error.code == .unsupported: return seen(id, .ok)
        case .failure(let error): return seen(id, .failing, message: error.code.label)
        }
    }

    private func storeHealth() async -> ComponentHealth {
        guard let store else { return seen("store", .ok, message: "not used") }
        do throws(StoreError) {
            try await store.check()
            return seen("store", .ok)
        } catch {
            return seen("store", .failing, message: error.code.rawValue)
        }
    }

    /// A model is well while every upstream of the first step of its route may be asked.
    private func model(_ name: String) -> ComponentHealth {
        let upstreams = router.report(of: name) ?? []
        let isWell = { (report: UpstreamReport) in report.state == .ready || report.state == .probing }
        let first = upstreams.filter { $0.step == 0 }
        let status: HealthStatus =
            !first.isEmpty && first.allSatisfy(isWell) ? .ok : upstreams.contains(where: isWell) ? .degraded : .failing
        let ill = upstreams.filter { !isWell($0) }.map { "\($0.name) is \($0.state.rawValue)" }
        return seen(ComponentID("model.\(name)"), status, message: ill.joined(separator: ", "))
    }

    /// `since` moves only when the status changes.
    private func seen(
        _ id: ComponentID, _ status: HealthStatus, message: String = "", details: JSONObject = JSONObject()
    ) -> ComponentHealth {
        last.components.withLock { known in
            let now = WallTime.now()
            let next =
                known[id]?.observed(status, message: message, at: now, details: details)
                ?? ComponentHealth(id, status, required: false, message: message, since: now, details: details)
            known[id] = next
            return next
        }
    }
}
