import Glibc
package import Integrity
import JackfieldVocabulary
package import Loading
import Synchronization

/// One plugin in a process of its own, kept running: a runner that ends is replaced, as its policy allows.
package final class IsolatedPlugin: PluginImage {
    package let id: String
    package let descriptor: PluginDescriptor
    /// What the sandbox of the first runner reached; each later one reached the same, or was not used.
    package let sandbox: SandboxReport

    private let order: RunnerOrder
    private let keeping: RunnerKeeping
    private let verify: Verify
    private let launcher: RunnerLauncher
    private let observer: any IsolationObserver

    private struct State {
        var first: RunnerSide?
        var setup: InstanceSetup?
        var running: RunningPlugin?
        var now: RunnerSide?
        var policy = RestartPolicy()
        var phase = IsolationPhase.running
        /// It was opened for the first time, and is to be kept running.
        var isKept = false
        var isStopped = false
        var restarts = 0
        var lastEnd: String?
        var refusedCalls: [String: Int] = [:]
        /// How often the process that runs now has told of each, by number.
        var told: [Int: UInt32] = [:]
        var usage: RunnerUsage?
        /// Processor time of runners that have ended, nanoseconds.
        var formerTime: Int64 = 0
        /// A restart that is scheduled; what belongs to an earlier number does nothing.
        var attempt = 0
        /// The last runner is being cleared away, or the next one is on its way: there is never more than one, however
        /// many ask for it.
        var isStarting = false
    }
    private let state: Mutex<State>

    /// Verifies the plugin's files as they lie there now: gives the library's file if one is demanded to be the one that
    /// was verified, nil if its path will do.
    package typealias Verify = @Sendable () throws(LoadError) -> SealedFile?

    /// Start the first runner and load the plugin in it.
    ///
    /// - Parameters:
    ///   - library: what `verify` gave before.
    ///   - verify: asked before each further start, since files may have been replaced while the host ran.
    /// - Throws: `notIsolated`, what loading in this process throws, `crashed`, `stuck`.
    package static func load(
        _ order: RunnerOrder, library: SealedFile? = nil, keeping: RunnerKeeping, launcher: RunnerLauncher,
        observer: any IsolationObserver, verify: @escaping Verify = { () throws(LoadError) in nil }
    ) throws(LoadError) -> IsolatedPlugin {
        let ear = Ear()
        let launched = try launcher.launch(
            order, library: library, keeping: keeping, used: ear.count, line: ear.hear, loss: ear.lose)
        let plugin = IsolatedPlugin(order, keeping, verify, launcher, observer, launched)
        ear.tell(plugin)
        return plugin
    }

    private init(
        _ order: RunnerOrder, _ keeping: RunnerKeeping, _ verify: @escaping Verify, _ launcher: RunnerLauncher,
        _ observer: any IsolationObserver, _ launched: RunnerLauncher.Launched
    ) {
        id = order.id
        self.order = order
        self.keeping = keeping
        self.verify = verify
        self.launcher = launcher
        self.observer = observer
        descriptor = launched.report.descriptor
        sandbox = launched.report.sandbox
        state = Mutex(State(first: launched.side, now: launched.side))
    }

    package func create(_ setup: InstanceSetup) throws(LoadError) -> any PluginSide {
        let side = state.withLock { state in
            state.setup = setup
            return state.first.take()
        }
        guard let side else { preconditionFailure("the instance of \(id) is made once") }
        try side.create(setup)
        return side
    }

    /// Whose calls are answered when its process ends.
    package func attach(_ running: RunningPlugin) { state.withLock { $0.running = running } }

    /// The plugin is open: from now on it is kept running.
    package func keep() {
        // It may have ended before anybody kept it.
        let early = state.withLock { state in
            state.isKept = true
            return state.now == nil
        }
        if early { restart(nil) }
    }

    /// No more restarts. What runs now is ended by its `RunningPlugin`, or here if it never came to be kept.
    package func stop() {
        let (side, isKept) = state.withLock { state in
            state.isStopped = true
            return (state.now, state.isKept)
        }
        // One that could not be made or opened may be stuck there: it is not asked for anything more.
        if !isKept { side?.process.kill(because: "it is not needed") }
    }

    /// The operator wants it started again now: the circuit is closed, a runner that runs is replaced.
    package func restart() {
        let side = state.withLock { state in
            state.policy.reset()
            return state.now
        }
        if let side { side.process.kill(because: "the operator asked for a restart") } else { restart(nil) }
    }

    package var report: IsolationReport {
        state.withLock { state in
            IsolationReport(
                phase: state.phase, process: state.now?.process.pid, restarts: state.restarts,
                lastEnd: state.lastEnd, refusedCalls: state.refusedCalls, sandbox: sandbox,
                memory: state.now == nil ? 0 : state.usage?.memory ?? 0,
                processorTime: state.formerTime + (state.usage?.processorTime ?? 0))
        }
    }

    // MARK: What runners do

    fileprivate func count(_ usage: RunnerUsage) {
        let spent: Int64 = state.withLock { state in
            let known = state.usage?.processorTime ?? 0
            // A new process begins at nothing again.
            let isNew = known > usage.processorTime
            if isNew { state.formerTime += known }
            state.usage = usage
            return usage.processorTime - (isNew ? 0 : known)
        }
        observer.used(plugin: id, memory: usage.memory, processorTime: spent)
    }

    fileprivate func hear(_ line: StderrLine) {
        if case .violation(let violation) = line {
            let new: Int = state.withLock { state in
                // Lines can be forged: numbers that nobody knows must not become entries without end.
                let name = violation.name ?? "unknown"
                // Told the 1st, 2nd, 4th, 8th … time, with the number so far; a new process begins at nothing.
                let known = state.told[violation.number] ?? 0
                let new = violation.count > known ? Int(violation.count - known) : 1
                if state.told.count < 1024 { state.told[violation.number] = violation.count }
                state.refusedCalls[name, default: 0] += new
                return new
            }
            return observer.refused(plugin: id, violation, times: new)
        }
        observer.wrote(plugin: id, line)
    }

    fileprivate func lost(_ side: RunnerSide, _ end: RunnerProcess.End) {
        let now = MonotonicClock.now()
        var random = SystemRandomNumberGenerator()
        let (running, decision): (RunningPlugin?, RestartPolicy.Decision?) = state.withLock { state in
            guard state.now === side else { return (nil, nil) }
            state.now = nil
            state.lastEnd = end.sentence
            guard !state.isStopped, state.isKept, let running = state.running else { return (state.running, nil) }
            // Until its calls are answered, so that no new instance is taken for the one that is lost.
            state.isStarting = true
            return (running, state.policy.ended(at: now, using: &random))
        }
        guard let running else { return }
        follow(decision, running, Loss(told: end.sentence))
    }

    /// Why there is no process: what goes on from "the plugin x …".
    private struct Loss {
        /// To whoever called.
        var told: String
        /// The operator reads more: paths, and what the system said.
        var reason: String?
        /// Its files may not be loaded.
        var isRefused = false
    }

    /// Answer calls in flight, tell the world, and see to the next runner.
    private func follow(_ decision: RestartPolicy.Decision?, _ running: RunningPlugin, _ loss: Loss) {
        let reason = [loss.told, loss.reason].compactMap { $0 }.joined(separator: ": ")
        switch decision {
        case nil: running.lose(CallError(.unavailable, "the plugin \(id) \(loss.told)", retry: true))
        case .restart(let delay):
            running.lose(
                CallError(
                    .unavailable, "the plugin \(id) \(loss.told); it is being restarted", retry: true,
                    retryAfter: max(delay, 100_000_000)))
            let attempt = enter(.restarting)
            observer.ended(plugin: id, reason, next: .restarting)
            if delay == 0 {
                restart(attempt)
            } else {
                launcher.supervisor.at(MonotonicClock.now() + delay) { [weak self] in self?.restart(attempt) }
            }
        case .open(let duration):
            let pause = "\(duration / 1_000_000_000) s"
            let sentence =
                loss.isRefused
                ? "it is not tried again for \(pause)" : "it has ended too often and is not restarted for \(pause)"
            // Asking again soon is in vain: whoever has another way is to take it now.
            running.lose(CallError(.unavailable, "the plugin \(id) \(loss.told); \(sentence)", retryAfter: duration))
            let attempt = enter(.open)
            observer.ended(plugin: id, "\(reason); \(sentence)", next: .open)
            launcher.supervisor.at(MonotonicClock.now() + duration) { [weak self] in self?.restart(attempt) }
        }
    }

    private func enter(_ phase: IsolationPhase) -> Int {
        state.withLock { state in
            state.phase = phase
            state.isStarting = false
            state.attempt += 1
            return state.attempt
        }
    }

    /// Start the next runner, on a thread of its own.
    ///
    /// - Parameter attempt: which restart this is; nil: whichever is due.
    private func restart(_ attempt: Int?) {
        let isDue = state.withLock { state in
            guard !state.isStopped, state.now == nil, !state.isStarting, attempt == nil || attempt == state.attempt
            else { return false }
            state.attempt += 1
            state.isStarting = true
            return true
        }
        guard isDue else { return }
        _ = LifecycleThread.run(limit: 0) { self.relaunch() }
    }

    private func relaunch() {
        let (setup, running) = state.withLock { ($0.setup, $0.running) }
        guard let setup, let running else { return }
        let start = MonotonicClock.now()
        do throws(LoadError) {
            let launched = try launcher.launch(
                order, library: try verify(), keeping: keeping, used: { [weak self] in self?.count($0) },
                line: { [weak self] in self?.hear($0) },
                loss: { [weak self] in self?.lost($0, $1) })
            let side = launched.side
            do throws(LoadError) {
                guard launched.report.descriptor == descriptor else {
                    throw LoadError(
                        .otherPlugin,
                        "\(order.library) says other things of itself than when the host was started; restart the host to take it up"
                    )
                }
                // `open` and the plugin's threads may use the host's services; calls of the host come once it is open.
                guard launched.report.sandbox.isAsGood(as: sandbox) else {
                    throw LoadError(.notIsolated, "\(id) would have less of a sandbox now than at the start")
                }
                try side.create(setup)
                running.prepare(side)
                try side.open()
            } catch {
                side.process.kill(because: error.message)
                throw error
            }
            let isWanted = state.withLock { state in
                guard !state.isStopped, side.isAlive else { return false }
                state.isStarting = false
                state.now = side
                state.told = [:]
                state.phase = .running
                state.restarts += 1
                // In here, so that the end of this one comes after it.
                running.gain(side)
                return true
            }
            guard isWanted else {
                side.process.kill(because: "it is not needed")
                throw LoadError(.crashed, "\(id) ended while it was being started")
            }
            observer.restarted(plugin: id, after: MonotonicClock.now() - start)
        } catch {
            notStarted(error, running)
        }
    }

    private func notStarted(_ error: LoadError, _ running: RunningPlugin) {
        var random = SystemRandomNumberGenerator()
        let now = MonotonicClock.now()
        let told = "could not be started again"
        let decision: RestartPolicy.Decision? = state.withLock { state in
            if state.isStopped { return nil }
            state.lastEnd = "\(told): \(error.message)"
            return error.isRefusal ? state.policy.refused(at: now) : state.policy.ended(at: now, using: &random)
        }
        follow(decision, running, Loss(told: told, reason: error.message, isRefused: error.isRefusal))
    }

    /// What the first runner says before there is an `IsolatedPlugin` to hear it.
    private final class Ear: Sendable {
        private let state = Mutex<(plugin: IsolatedPlugin?, lines: [StderrLine])>((nil, []))

        func tell(_ plugin: IsolatedPlugin) {
            let lines = state.withLock { state in
                defer { state = (plugin, []) }
                return state.lines
            }
            for line in lines { plugin.hear(line) }
        }

        func hear(_ line: StderrLine) {
            let plugin = state.withLock { state in
                if state.plugin == nil { state.lines.append(line) }
                return state.plugin
            }
            plugin?.hear(line)
        }

        func count(_ usage: RunnerUsage) { state.withLock { $0.plugin }?.count(usage) }

        func lose(_ side: RunnerSide, _ end: RunnerProcess.End) {
            state.withLock { $0.plugin }?.lost(side, end)
        }
    }
}

/// How an isolated plugin stands.
package enum IsolationPhase: String, Sendable, Hashable, CaseIterable {
    case running
    /// Its runner ended; the next one is on its way.
    case restarting
    /// It ended too often, or its files are refused: the circuit is open.
    case open
}

package struct IsolationReport: Sendable {
    package var phase: IsolationPhase
    package var process: Int32?
    package var restarts: Int
    /// How the last runner ended: what follows "the plugin x …".
    package var lastEnd: String?
    /// System calls that the sandbox refused, by name.
    package var refusedCalls: [String: Int]
    package var sandbox: SandboxReport
    /// Physical memory of its process, bytes.
    package var memory: Int64
    /// Processor time of all its processes, nanoseconds.
    package var processorTime: Int64
}

/// Hears what isolated plugins do; from any thread.
package protocol IsolationObserver: Sendable {
    func wrote(plugin: String, _ line: StderrLine)
    /// - Parameter times: how often since it was told the last time.
    func refused(plugin: String, _ violation: SandboxViolation, times: Int)
    /// Once a second: physical memory in bytes, and nanoseconds of processor time since the last time.
    func used(plugin: String, memory: Int64, processorTime: Int64)
    func ended(plugin: String, _ what: String, next: IsolationPhase)
    /// - Parameter nanoseconds: from the start of its process until it took calls.
    func restarted(plugin: String, after nanoseconds: Int64)
}
