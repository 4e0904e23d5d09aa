package import EventLoops
import Glibc
import Integrity
import JackfieldJSON
import KernelCalls
import Loading
import NIOCore
import NIOPosix
import Synchronization

/// What the host itself holds a runner to.
package struct RunnerKeeping: Sendable, Hashable {
    /// Nanoseconds that a call may take to end after it was cancelled.
    package var grace: Int64
    /// Processors that it may keep busy, on average over ten seconds; 0: all there are.
    package var processors: Double

    package init(grace: Int64 = 2_000_000_000, processors: Double = 0) {
        self.grace = grace
        self.processors = processors
    }
}

/// Starts runners: from an order to a process that has loaded the plugin and said what it is.
package final class RunnerLauncher: Sendable {
    let supervisor: Supervisor
    let executors: LoopExecutors
    /// The program whose `runner` command is started.
    private let executable: String
    private let nextLoop = Atomic<UInt64>(0)
    /// Runners of which the loops will hear more.
    private let runners = Mutex<(sides: [ObjectIdentifier: RunnerSide], isStopped: Bool)>(([:], false))

    /// - Parameter executable: nil: the program that runs now, also if its file has been replaced since.
    package init(executors: LoopExecutors, executable: String? = nil) {
        // A host that was started with SIGCHLD ignored would never hear how its children end: the kernel keeps nothing of
        // them (wait(2), notes).
        signal(SIGCHLD, SIG_DFL)
        supervisor = Supervisor()
        self.executors = executors
        self.executable = executable ?? "/proc/self/exe"
    }

    /// End what runners are left, and wait until the loops have heard of every end: they may be shut down afterwards, and
    /// an event loop that is shut down must not be told anything. Never on a loop.
    package func stop() {
        let left = runners.withLock { runners in
            runners.isStopped = true
            return Array(runners.sides.values)
        }
        for side in left { side.process.kill(because: "its host stops") }
        // A process that was killed is gone in milliseconds; one that the kernel holds on to is not waited for for ever.
        let limit = MonotonicClock.now() + 5_000_000_000
        for side in left { _ = side.waitUntilOver(until: limit) }
        supervisor.stop()
    }

    /// The kernel lets processes of one user read each other, and only Landlock forbids it to a plugin: where that is
    /// missing, the host is closed to all but root (ptrace(2), access mode checking). Debuggers of its own user are shut
    /// out too, and it leaves no core dump.
    package func closeHost() { _ = kernel_prctl(4 /* PR_SET_DUMPABLE */, 0, 0, 0) }

    /// What a runner says when it has loaded its plugin.
    struct Launched {
        var side: RunnerSide
        var report: RunnerReport
    }

    /// Start one. Blocks until it has loaded the plugin; never on a loop.
    ///
    /// - Parameters:
    ///   - library: the file to load, as it was verified; nil: what the order's path leads to.
    ///   - used: hears once a second what it uses, on the supervisor's thread.
    ///   - line: hears what it writes to standard error, on the supervisor's thread.
    ///   - loss: hears of its end, on a loop, once.
    func launch(
        _ order: RunnerOrder, library: SealedFile?, keeping: RunnerKeeping,
        used: @escaping @Sendable (RunnerUsage) -> Void,
        line: @escaping @Sendable (StderrLine) -> Void,
        loss: @escaping @Sendable (RunnerSide, RunnerProcess.End) -> Void
    ) throws(LoadError) -> Launched {
        guard !runners.withLock({ $0.isStopped }) else { throw LoadError(.notIsolated, Self.stopping(order)) }
        let executor = executors.any(nextLoop.wrappingAdd(1, ordering: .relaxed).newValue)
        let side = Mutex<(side: RunnerSide?, end: RunnerProcess.End?)>((nil, nil))
        let (process, wire) = try start(library, keeping, used: used, line: line) { end in
            let known = side.withLock { state in
                state.end = end
                return state.side
            }
            known?.ended(end)
        }
        let made: RunnerSide
        do {
            made = try ClientBootstrap(group: executor.loop)
                .withConnectedSocket(wire)
                .flatMapThrowing { channel in
                    let made = RunnerSide(
                        id: order.id, process: process, channel: channel, wire: wire, executor: executor,
                        grace: keeping.grace
                    ) { [self] side, end in
                        _ = runners.withLock { $0.sides.removeValue(forKey: ObjectIdentifier(side)) }
                        loss(side, end)
                    }
                    // Before its end can be told: nobody else knows it yet.
                    let isWanted = self.runners.withLock { runners in
                        if !runners.isStopped { runners.sides[ObjectIdentifier(made)] = made }
                        return !runners.isStopped
                    }
                    guard isWanted else { throw LoadError(.notIsolated, Self.stopping(order)) }
                    try channel.pipeline.syncOperations.addHandler(made)
                    return made
                }
                .wait()
        } catch {
            process.kill(because: "its wire could not be used: \(error)")
            throw LoadError(.notIsolated, "\(order.id) cannot be isolated: \(error)")
        }
        let early = side.withLock { state in
            state.side = made
            return state.end
        }
        if let early { made.ended(early) }
        var order = order
        order.isSealed = library != nil
        made.command(order)
        let answer = try made.answer(to: "load", .loaded, within: LifecycleThread.startLimit)
        do {
            return Launched(side: made, report: try RunnerReport(try JSON(parsing: Array(answer.utf8))))
        } catch {
            process.kill(because: "it sent its host \(error)")
            throw LoadError(.badDescriptor, "\(order.id): the runner sent \(error)")
        }
    }

    private static func stopping(_ order: RunnerOrder) -> String { "\(order.id) is not started: its host stops" }

    /// The system call is made by the supervisor's thread.
    private func start(
        _ library: SealedFile?, _ keeping: RunnerKeeping, used: @escaping @Sendable (RunnerUsage) -> Void,
        line: @escaping @Sendable (StderrLine) -> Void, end: @escaping @Sendable (RunnerProcess.End) -> Void
    ) throws(LoadError) -> (RunnerProcess, Int32) {
        let done = Slot<Result<(process: RunnerProcess, wire: Int32), WireFault>>()
        supervisor.perform { [supervisor, executable] in
            var lines = StderrLines(now: MonotonicClock.now())
            do throws(WireFault) {
                done.fill(
                    .success(
                        try RunnerProcess.start(
                            executable, library: library?.descriptor ?? -1, processors: keeping.processors,
                            supervisor: supervisor, used: used,
                            output: { bytes in
                                for one in lines.take(bytes, now: MonotonicClock.now()) { line(one) }
                            },
                            end: { how in
                                for one in lines.end() { line(one) }
                                end(how)
                            })))
            } catch {
                done.fill(.failure(error))
            }
        }
        do throws(WireFault) {
            return try done.wait().get()
        } catch {
            throw LoadError(.notIsolated, "no process for the plugin: \(error)")
        }
    }
}
