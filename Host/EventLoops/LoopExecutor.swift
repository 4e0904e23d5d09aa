package import NIOCore
import Synchronization

/// Runs tasks on one event loop, without a detour through the loop's own queue when they are already on it.
///
/// A request is one task with this executor as its preference. A piece of it that becomes ready on the loop runs at
/// once: behind the piece that runs now, if there is one, otherwise right where it was woken. From another thread it is
/// handed to the loop. So async code costs a function call where callbacks would cost one.
package final class LoopExecutor: TaskExecutor, @unchecked Sendable {
    package let loop: any EventLoop

    /// Pieces of tasks that run in a row before the loop gets its turn.
    private static let budget = 1024

    // Confined to the loop.
    private var ready: [UnownedJob] = []
    private var first = 0
    private var isRunning = false
    private(set) lazy var timers = LoopTimers(loop: loop)

    /// Jobs from other threads, and whether the loop was already told.
    private let foreign = Mutex<(jobs: [UnownedJob], isScheduled: Bool)>(([], false))

    package init(loop: any EventLoop) {
        self.loop = loop
        ready.reserveCapacity(64)
    }

    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if loop.inEventLoop {
            ready.append(job)
            if !isRunning { drain() }
            return
        }
        let mustSchedule = foreign.withLock { state in
            state.jobs.append(job)
            defer { state.isScheduled = true }
            return !state.isScheduled
        }
        if mustSchedule { loop.execute { self.takeForeign() } }
    }

    private func takeForeign() {
        let jobs = foreign.withLock { state in
            defer { state = ([], false) }
            return state.jobs
        }
        ready.append(contentsOf: jobs)
        if !isRunning { drain() }
    }

    /// Run code on the loop; what it wakes runs when it is through, not in the middle of it.
    ///
    /// For callbacks that deliver something and must not find the world changed under them.
    package func perform<Answer>(_ body: () -> Answer) -> Answer {
        loop.preconditionInEventLoop()
        if isRunning { return body() }
        isRunning = true
        let answer = body()
        drain()
        return answer
    }

    private func drain() {
        isRunning = true
        var budget = Self.budget
        while first < ready.count {
            if budget == 0 {
                // Tasks that keep waking each other must not keep the loop from its sockets and timers. `isRunning` stays,
                // so that nothing runs in between. NIO looks at its sockets only when no task is due, however the tasks
                // came to be there: hence a moment later, and not with `execute`.
                ready.removeFirst(first)
                first = 0
                loop.assumeIsolated().scheduleTask(in: .microseconds(50)) { self.drain() }
                return
            }
            budget -= 1
            let job = ready[first]
            first += 1
            job.runSynchronously(on: asUnownedTaskExecutor())
        }
        ready.removeAll(keepingCapacity: true)
        first = 0
        isRunning = false
    }

    /// The bridge from callbacks to async code: start a task that stays on this loop.
    ///
    /// On the loop the task runs at once, until it first waits.
    @discardableResult
    package func run(_ body: @escaping @Sendable () async -> Void) -> Task<Void, Never> {
        Task(executorPreference: self) { await body() }
    }
}

/// One executor for each loop of the host.
package struct LoopExecutors: Sendable {
    package let all: [LoopExecutor]
    private let byLoop: [ObjectIdentifier: LoopExecutor]

    package init(_ loops: some Sequence<any EventLoop>) {
        all = loops.map { LoopExecutor(loop: $0) }
        byLoop = Dictionary(uniqueKeysWithValues: all.map { (ObjectIdentifier($0.loop), $0) })
    }

    /// The executor of a loop.
    ///
    /// - Precondition: the loop is one of those given to `init`.
    package subscript(loop: any EventLoop) -> LoopExecutor {
        guard let executor = byLoop[ObjectIdentifier(loop)] else {
            preconditionFailure("an event loop that the host does not own")
        }
        return executor
    }

    /// Any executor, by a number: for work that no connection brought.
    package func any(_ number: UInt64) -> LoopExecutor { all[Int(number % UInt64(all.count))] }
}
