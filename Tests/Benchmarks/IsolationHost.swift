import EventLoops
import Foundation
import Isolation
import JackfieldVocabulary
import Loading
import Logging
import NIOCore
import Registry
import Synchronization
import Telemetry
import TestSupport

/// As much of a host as isolated plugins need: two loops, one of which has all wires.
final class IsolationHost: Sendable {
    /// Where the wires of the plugins' processes are.
    let wireLoop: LoopExecutor
    let otherLoop: LoopExecutor
    let restarts = Restarts()
    private let launcher: RunnerLauncher
    private let loader: PluginLoader

    init(loops: [any EventLoop]) {
        let executors = LoopExecutors([loops[0]])
        wireLoop = executors.all[0]
        otherLoop = LoopExecutors([loops[1]]).all[0]
        // This program has no `runner` command: the host beside it does.
        launcher = RunnerLauncher(executors: executors, executable: Repository.jackfield)
        let logger = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
        let metrics = MetricsRegistry()
        let registry = PluginRegistry(
            [], path: PluginPath(folders: []), executors: executors, launcher: nil, metrics: metrics, logger: logger)
        loader = PluginLoader(
            services: [], executors: executors,
            observer: PluginObserver(registry: registry, logger: logger, metrics: metrics))
    }

    func stop() { launcher.stop() }

    /// A fixture, open. Blocks: not to be called on a loop.
    func load(_ name: String, role: String, isIsolated: Bool) throws -> LoadedFixture {
        let home = URL(fileURLWithPath: try FixturePlugin.build(name)).resolvingSymlinksInPath().path
        let library = "\(home)/lib\(name.replacingOccurrences(of: "/", with: "-")).so"
        let request = PluginLoader.Request(
            id: "bench", plugin: name, role: role, library: library, sha256: nil, config: Array("{}".utf8))
        guard isIsolated else {
            let running = try loader.load(request)
            try running.open()
            return LoadedFixture(running: running, isolated: nil)
        }
        let order = RunnerOrder(
            id: request.id, library: library, sandbox: SandboxSettings(executable: [home, library]))
        let made = try IsolatedPlugin.load(order, keeping: RunnerKeeping(), launcher: launcher, observer: restarts)
        let running = try loader.load(request) { _ in made }
        made.attach(running)
        try running.open()
        made.keep()
        return LoadedFixture(running: running, isolated: made)
    }

    /// Hears of processes that took the place of others.
    final class Restarts: IsolationObserver {
        private let count = Monitor(0)

        func wrote(plugin: String, _ line: StderrLine) {}
        func refused(plugin: String, _ violation: SandboxViolation, times: Int) {}
        func used(plugin: String, memory: Int64, processorTime: Int64) {}
        func ended(plugin: String, _ what: String, next: IsolationPhase) {}
        func restarted(plugin: String, after nanoseconds: Int64) { count.withLock { $0 += 1 } }

        var now: Int { count.withLock { $0 } }

        func wait(beyond seen: Int) throws {
            _ = try count.wait(for: "a plugin to be restarted", within: .seconds(20)) { $0 > seen ? true : nil }
        }
    }
}

/// A plugin that takes calls.
struct LoadedFixture: Sendable {
    let running: RunningPlugin
    /// Nil: it is in this process.
    let isolated: IsolatedPlugin?

    func stop() {
        isolated?.stop()
        running.stop(deadline: monotonicNanoseconds() + 2_000_000_000)
    }

    /// Run something on a loop, as a request does.
    func perform<Answer: Sendable>(
        on executor: LoopExecutor, _ body: @escaping @Sendable (RunningPlugin, CallScope) async throws -> Answer
    ) async throws -> Answer {
        let outcome = Mutex<Result<Answer, any Error>?>(nil)
        await executor.run { [running] in
            let scope = CallScope(
                executor: executor, context: CallContext(requestID: "0123456789abcdef0123456789abcdef"), deadline: 0)
            let answer: Result<Answer, any Error>
            do { answer = .success(try await body(running, scope)) } catch { answer = .failure(error) }
            outcome.withLock { $0 = answer }
        }.value
        return try outcome.withLock { $0! }.get()
    }
}
