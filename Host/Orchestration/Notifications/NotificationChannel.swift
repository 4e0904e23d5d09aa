import CJackfield
import EventLoops
import JackfieldVocabulary
import Loading
import Logging
import Manifest
import Registry
import Resilience
import Synchronization
import Telemetry

/// The way to one notifier: what it is to tell waits here in order, and is given to it one by one, off every request's
/// path.
final class NotificationChannel: Sendable {
    /// One thing to tell.
    enum Job: Sendable {
        case notify(Notifier.Alert)
        case resolve(Notifier.Alert)

        var alert: Notifier.Alert {
            switch self {
            case .notify(let alert), .resolve(let alert): alert
            }
        }
        var method: Int32 {
            switch self {
            case .notify: JACKFIELD_NOTIFIER_NOTIFY
            case .resolve: JACKFIELD_NOTIFIER_RESOLVE
            }
        }
    }

    struct Settings: Sendable {
        /// What may wait; then the oldest is dropped.
        var queue = 256
        /// Nanoseconds that the notifier has for one attempt.
        var deadline: Int64 = 10_000_000_000
        /// More attempts after the first, where that may help.
        var retries = 3
        var backoff = Backoff(base: 1_000_000_000, cap: 30_000_000_000)
        /// Nanoseconds after which a wait that a notifier asks for counts as an outage.
        var longestWait: Int64 = 120_000_000_000
    }

    private struct State {
        var waiting: [Job] = []
        var isWorking = false
        var isStopped = false
        var task: Task<Void, Never>?
        /// What receipts said, by alert.
        var references: [String: String] = [:]
        var number: UInt64 = 0
    }
    private let state = Mutex(State())
    private let plugin: RegisteredPlugin
    private let executor: LoopExecutor
    private let settings: Settings
    private let metrics: MetricsRegistry
    private let logger: Logger

    init(
        _ plugin: RegisteredPlugin, executor: LoopExecutor, settings: Settings = Settings(), metrics: MetricsRegistry,
        logger: Logger
    ) {
        self.plugin = plugin
        self.executor = executor
        self.settings = settings
        self.metrics = metrics
        self.logger = logger
    }

    /// From any thread; never waits.
    func give(_ job: Job) {
        let (dropped, mustStart): (Job?, Bool) = state.withLock { state in
            if state.isStopped { return (nil, false) }
            state.waiting.append(job)
            let dropped = state.waiting.count > settings.queue ? Self.oldest(&state.waiting) : nil
            // Nobody asks for the receipt of an alert whose end is not told any more.
            if case .resolve(let alert)? = dropped { state.references[alert.id] = nil }
            defer { state.isWorking = true }
            return (dropped, !state.isWorking)
        }
        if let dropped { report("dropped", dropped, "more than \(settings.queue) wait for this notifier", .warning) }
        guard mustStart else { return }
        let task = executor.run { await self.work() }
        state.withLock { state in
            if state.isWorking { state.task = task }
            if state.isStopped { task.cancel() }
        }
    }

    /// What is given up when too much waits: a beginning rather than an end, since an alert that is said to go on and
    /// does not costs people their night.
    private static func oldest(_ waiting: inout [Job]) -> Job {
        let beginning = waiting.firstIndex { if case .notify = $0 { true } else { false } }
        return waiting.remove(at: beginning ?? waiting.startIndex)
    }

    /// What waits is not told any more.
    func stop() async {
        let task = state.withLock { state in
            state.isStopped = true
            state.waiting = []
            return state.task
        }
        task?.cancel()
        await task?.value
    }

    private func work() async {
        while true {
            let job: Job? = state.withLock { state in
                if state.waiting.isEmpty {
                    state.isWorking = false
                    return nil
                }
                return state.waiting.removeFirst()
            }
            guard let job else { return }
            await deliver(job)
        }
    }

    private func deliver(_ job: Job) async {
        var attempt = 0
        while true {
            do throws(CallError) {
                let receipt = try await ask(job)
                state.withLock { state in
                    switch job {
                    case .notify(let alert): state.references[alert.id] = receipt.reference
                    case .resolve(let alert): state.references[alert.id] = nil
                    }
                }
                return report("delivered", job, nil, .info)
            } catch {
                let mayHelp = error.retry || error.code == .deadline
                let asked = error.retryAfter ?? 0
                guard mayHelp, attempt < settings.retries, asked <= settings.longestWait, await pause(attempt, asked)
                else {
                    if case .resolve(let alert) = job { state.withLock { $0.references[alert.id] = nil } }
                    return report("failed", job, error.message, .error)
                }
                attempt += 1
            }
        }
    }

    /// - Returns: false if there is no time left: the host stops.
    private func pause(_ attempt: Int, _ asked: Int64) async -> Bool {
        var random = SystemRandomNumberGenerator()
        let delay = settings.backoff.delay(attempt: attempt, retryAfter: asked, using: &random)
        do {
            try await executor.sleep(until: MonotonicTime.now().nanoseconds + delay)
            return true
        } catch {
            return false
        }
    }

    private func ask(_ job: Job) async throws(CallError) -> Notifier.Receipt {
        guard let running = plugin.ready else {
            throw CallError(.unavailable, "the notifier \(plugin.id) is not running", retry: true)
        }
        var alert = job.alert
        let (number, reference) = state.withLock { state in
            state.number += 1
            return (state.number, state.references[alert.id])
        }
        if case .resolve = job { alert.reference = reference }
        let scope = CallScope(
            executor: executor, context: CallContext(requestID: "notify-\(plugin.id)-\(number)"),
            deadline: MonotonicTime.now().nanoseconds + settings.deadline)
        return try await running.start(method: job.method, request: alert.payload(), scope: scope).result()
            .withUnsafeBytes { Notifier.Receipt(PayloadReader(checked: $0)) }
    }

    private func report(_ outcome: String, _ job: Job, _ reason: String?, _ level: Logger.Level) {
        metrics.counter(.notifications, [.plugin: plugin.id.text, .outcome: outcome]).increment()
        var metadata: Logger.Metadata = [
            "plugin": "\(plugin.id)", "outcome": "\(outcome)", "alert": "\(job.alert.id)", "rule": "\(job.alert.rule)",
        ]
        if case .resolve = job { metadata["resolved"] = "true" }
        if let reason { metadata["reason"] = "\(reason)" }
        logger.log(level: level, "notification", metadata: metadata)
    }
}
