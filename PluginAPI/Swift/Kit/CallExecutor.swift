import Synchronization

/// Runs the tasks of one call, one piece at a time, on the thread that has a reason to run them.
///
/// The host gives a call a thread: it calls `start`, and later `emit`, `finish`, `resume` for what the call waits for. A
/// piece of the task that becomes ready runs right there, before the host's function returns. So a plugin on an event
/// loop stays on it, and no thread of the plugin's own is needed. Pieces that become ready while another one runs are
/// queued behind it: the handlers of one call never run twice at once.
final class CallExecutor: TaskExecutor {
    private struct State {
        /// Nearly always there is at most one: the call's only task.
        var next: UnownedJob?
        var others: [UnownedJob] = []
        var isRunning = false
        /// While it runs, the executor holds itself: the task that owns it may end, and be freed, in the middle of a piece.
        var itself: CallExecutor?
    }

    private let state = Mutex(State())

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let mustRun = state.withLock { state in
            if state.next == nil { state.next = job } else { state.others.append(job) }
            if state.isRunning { return false }
            state.isRunning = true
            state.itself = self
            return true
        }
        guard mustRun else { return }
        while true {
            switch next() {
            case .run(let job): unsafe job.runSynchronously(on: asUnownedTaskExecutor())
            // Released here, after the lock was left for the last time.
            case .idle(let itself): return withExtendedLifetime(itself) {}
            }
        }
    }

    private enum Step {
        case run(UnownedJob)
        case idle(CallExecutor?)
    }

    private func next() -> Step {
        state.withLock { state in
            if let job = state.next {
                state.next = state.others.isEmpty ? nil : state.others.removeFirst()
                return .run(job)
            }
            state.isRunning = false
            return .idle(state.itself.take())
        }
    }
}
