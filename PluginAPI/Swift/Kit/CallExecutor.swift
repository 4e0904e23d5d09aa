import Synchronization

/// Runs the tasks of one call, one piece at a time, on the thread that has a reason to run them.
///
/// The host gives a call a thread: it calls `start`, and later `emit`, `finish`, `resume` for what the call waits for. A
/// piece of the task that becomes ready runs right there, before the host's function returns. So a plugin on an event
/// loop stays on it, and no thread of the plugin's own is needed. Pieces that become ready while another one runs are
/// queued behind it: the handlers of one call never run twice at once.
final class CallExecutor: TaskExecutor {
    private struct State {
        var ready: [UnownedJob] = []
        var isRunning = false
    }

    private let state = Mutex(State())

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let mustRun = state.withLock { state in
            state.ready.append(job)
            defer { state.isRunning = true }
            return !state.isRunning
        }
        guard mustRun else { return }
        while let next = next() { unsafe next.runSynchronously(on: asUnownedTaskExecutor()) }
    }

    private func next() -> UnownedJob? {
        state.withLock { state in
            guard !state.ready.isEmpty else {
                state.isRunning = false
                return nil
            }
            return state.ready.removeFirst()
        }
    }
}
