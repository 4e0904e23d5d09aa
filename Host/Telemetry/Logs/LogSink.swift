import Logging
import Synchronization

/// Where all lines meet: a bounded buffer in memory and one thread that writes it out in batches. Adding a line never
/// waits for the target; when the buffer is full the line is dropped and counted, and the next line that finds room is
/// preceded by one that says how many were lost. Any thread.
///
/// Call `close` before the process ends.
package final class LogSink: Sendable {
    package let format: LogFormat
    private let capacity: Int
    private let linger: Duration
    private let monitor = Monitor(State())
    private let output: Mutex<LogOutput>

    private struct State: Sendable {
        var pending = LogLine()
        /// Since the last line that said so.
        var dropped = 0
        var droppedEver = 0
        /// Bytes that were ever put into the buffer, and of those how many the thread is done with.
        var added = 0
        var done = 0
        var urgent = false
        var closing = false
        var ended = false
    }

    /// Opens the target and starts the thread.
    ///
    /// - Parameters:
    ///   - format: nil for the form that fits: human on a terminal, JSON elsewhere.
    ///   - capacity: bytes that may wait to be written. Memory is taken only as lines wait.
    ///   - linger: how long the thread waits for more after a first line, so that one write takes many.
    package init(
        _ target: LogTarget, format: LogFormat? = nil, capacity: Int = 1 << 20, linger: Duration = .milliseconds(5)
    ) throws(TelemetryError) {
        if let format {
            self.format = format
        } else if case .descriptor(let number) = target {
            self.format = .automatic(descriptor: number)
        } else {
            self.format = .json
        }
        self.capacity = capacity
        self.linger = linger
        output = Mutex(try LogOutput(target))
        let code = BackgroundThread.start(name: "log-writer") { self.run() }
        guard code == 0 else {
            output.withLock { $0.close() }
            throw TelemetryError(.logThread, "the log's thread cannot be started (\(describe(code)))")
        }
    }

    /// Lines lost since the start.
    package var droppedLines: Int { monitor.withLock { $0.droppedEver } }

    /// Adds one line, which `write` appends without its newline. `write` runs inside the lock: it neither waits, nor
    /// logs, nor calls code that is not the log's own.
    func add(_ write: (inout LogLine) -> Void) {
        let wake = monitor.withLock { state -> Bool in
            let before = state.pending.bytes.count
            if !state.closing {
                if state.dropped > 0 { addNotice(to: &state) }
                write(&state.pending)
                state.pending.byte("\n")
            }
            let after = state.pending.bytes.count
            guard !state.closing, after <= capacity else {
                state.pending.bytes.removeLast(after - before)
                state.dropped += 1
                state.droppedEver += 1
                return false
            }
            state.dropped = 0
            state.added += after - before
            return before == 0 || (before < capacity / 2 && after >= capacity / 2)
        }
        if wake { monitor.wakeAll() }
    }

    private func addNotice(to state: inout State) {
        state.pending.begin(format, .now(), .warning, logger: "jackfield.log", "log lines dropped", nil)
        state.pending.field("dropped", .int(state.dropped), format)
        state.pending.end(format)
        state.pending.byte("\n")
    }

    /// Waits until all lines that were added before are written, or the time is over. Blocks the calling thread.
    ///
    /// - Returns: whether all were.
    @discardableResult
    package func flush(within limit: Duration = .seconds(2)) -> Bool {
        let goal = monitor.withLock { state in
            if state.dropped > 0, !state.closing {
                let before = state.pending.bytes.count
                addNotice(to: &state)
                state.added += state.pending.bytes.count - before
                state.dropped = 0
            }
            state.urgent = true
            return state.added
        }
        monitor.wakeAll()
        return monitor.withLock(waitingWhile: { $0.done < goal && !$0.ended }, until: .now() + limit) {
            $0.done >= goal
        }
    }

    /// Writes what waits and ends the thread. Lines that come later are dropped. A target that is stuck longer than the
    /// limit is given up. A second call does nothing.
    package func close(within limit: Duration = .seconds(2)) {
        flush(within: limit)
        monitor.withLock { $0.closing = true }
        monitor.wakeAll()
        monitor.withLock(waitingWhile: { !$0.ended }, until: .now() + limit) { _ in }
    }

    /// The thread: wait for a first line, linger for more, take all, write.
    private func run() {
        while true {
            let isOver = monitor.withLock(waitingWhile: { $0.pending.bytes.isEmpty && !$0.closing }, until: nil) {
                $0.pending.bytes.isEmpty
            }
            if isOver { break }
            let half = capacity / 2
            let (batch, goal) = monitor.withLock(
                waitingWhile: { !$0.urgent && !$0.closing && $0.pending.bytes.count < half }, until: .now() + linger
            ) { state in
                var batch = LogLine()
                swap(&batch, &state.pending)
                // What is usual stays allocated; what a burst needed is given back.
                state.pending.bytes.reserveCapacity(min(batch.bytes.count, 16 * 1024))
                state.urgent = false
                return (batch.bytes, state.added)
            }
            let outcome = output.withLock { $0.write(batch) }
            monitor.withLock { state in
                state.done = goal
                state.dropped += outcome.lost
                state.droppedEver += outcome.lost
            }
            monitor.wakeAll()
            if let reason = outcome.rotationFailure {
                add { line in
                    line.begin(format, .now(), .warning, logger: "jackfield.log", "log rotation failed", nil)
                    line.field("reason", .text(reason), format)
                    line.end(format)
                }
            }
        }
        output.withLock { $0.close() }
        monitor.withLock { $0.ended = true }
        monitor.wakeAll()
    }
}
