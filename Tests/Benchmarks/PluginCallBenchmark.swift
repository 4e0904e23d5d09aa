import CJackfield
import EventLoops
import Foundation
import Glibc
import JackfieldVocabulary
import Loading
import Logging
import NIOCore
import NIOPosix
import Registry
import Synchronization
import Telemetry
import TestSupport

/// A call through the ABI and back in this process, with everything around it that a request of the host has: the call
/// table, the mailbox, the check of the answer, the metrics.
///
/// The figure is the processor time of the loop's thread, which on a machine of one's own is the time that passes; on a
/// shared one the time that passes measures the neighbours. Both are given.
enum PluginCallBenchmark {
    private static let batches = 101
    private static let calls = 5_000

    static func run() async throws -> [Figure] {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let executors = LoopExecutors(Array(group.makeIterator()))
        let logger = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
        let metrics = MetricsRegistry()
        let path = PluginPath(folders: [Repository.buildFolder + "/plugins"])
        let registry = PluginRegistry(
            [], path: path, executors: executors, launcher: nil, metrics: metrics, logger: logger)
        let loader = PluginLoader(
            services: [], executors: executors,
            observer: PluginObserver(registry: registry, logger: logger, metrics: metrics))
        try Staging.ensure()

        let fixture = try FixturePlugin.build("validator/allow")
        var figures: [Figure] = []
        let candidates = [
            ("call through the ABI and back, in process, 256-byte payload", "validator/allow", fixture, true),
            ("the same, validator/secrets (Swift kit, scans the text)", "validator/secrets", nil, false),
            ("the same, validator/prompt-injection (likewise)", "validator/prompt-injection", nil, false),
        ]
        for (what, name, folder, hasGoal) in candidates {
            let home = folder ?? "\(Repository.buildFolder)/plugins/\(name)"
            let plugin = try loader.load(
                PluginLoader.Request(
                    id: "bench-\(name.replacingOccurrences(of: "/", with: "-"))", plugin: name,
                    role: "jackfield.validator/1",
                    library: "\(home)/lib\(name.replacingOccurrences(of: "/", with: "-")).so", sha256: nil,
                    config: Array("{}".utf8)))
            try plugin.open()
            let seen = try await measure(plugin, on: executors.all[0])
            plugin.stop(deadline: 0)
            figures.append(
                Figure(
                    what: what, value: seen.map(\.processor).median, unit: "ns",
                    goal: hasGoal ? .init(bound: 1000, text: "under 1 µs") : nil,
                    note: """
                        fastest of \(batches) batches \(seen.map(\.processor).min()!.text(0)) ns; by the clock \
                        \(seen.map(\.clock).median.text(0)) ns, fastest \(seen.map(\.clock).min()!.text(0)) ns
                        """, digits: 0))
        }
        try await group.shutdownGracefully()
        return figures
    }

    /// Nanoseconds for one call.
    private struct Batch: Sendable {
        var processor: Double
        var clock: Double
    }

    private static func measure(_ plugin: RunningPlugin, on executor: LoopExecutor) async throws -> [Batch] {
        let request = try Validator.Subject.payload(of: 256)
        let outcome = Mutex<Result<[Batch], CallError>>(.success([]))
        await executor.run {
            let scope = CallScope(
                executor: executor, context: CallContext(requestID: "0123456789abcdef0123456789abcdef"), deadline: 0)
            do throws(CallError) {
                var seen: [Batch] = []
                for batch in 0...batches {
                    let start = (processor: threadNanoseconds(), clock: monotonicNanoseconds())
                    for _ in 0..<calls {
                        _ = try await plugin.start(
                            method: JACKFIELD_VALIDATOR_CHECK, request: request, scope: scope
                        ).result()
                    }
                    // The first one warms the caches.
                    let end = (processor: threadNanoseconds(), clock: monotonicNanoseconds())
                    guard batch > 0 else { continue }
                    seen.append(
                        Batch(
                            processor: Double(end.processor - start.processor) / Double(calls),
                            clock: Double(end.clock - start.clock) / Double(calls)))
                }
                outcome.withLock { [seen] in $0 = .success(seen) }
            } catch {
                outcome.withLock { $0 = .failure(error) }
            }
        }.value
        return try outcome.withLock { $0 }.get()
    }

    /// Processor time of this thread.
    private static func threadNanoseconds() -> Int64 {
        var now = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now)
        return Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)
    }
}
