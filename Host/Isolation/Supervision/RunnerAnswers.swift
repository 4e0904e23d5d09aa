import JackfieldJSON
import Loading
import Synchronization

/// A runner's answers to the steps of its life, for a thread that waits for them.
final class RunnerAnswers: Sendable {
    enum Answer {
        case text(String)
        case failure(LoadError)
        /// There will be none: the process is gone.
        case ended(RunnerProcess.End)
    }

    private struct State {
        var given: [FrameKind: Answer] = [:]
        var end: RunnerProcess.End?
    }
    private let state = Mutex(State())
    private let changed = Latch()

    func give(_ header: FrameHeader, _ text: String) {
        let answer: Answer = header.first == 0 ? .text(text) : .failure(Self.error(text))
        state.withLock { $0.given[header.kind] = answer }
        changed.post()
    }

    func end(_ end: RunnerProcess.End) {
        state.withLock { $0.end = end }
        changed.post()
    }

    /// For one thread at a time.
    ///
    /// - Returns: nil if there was none by `limit`, nanoseconds of CLOCK_MONOTONIC.
    func wait(for kind: FrameKind, until limit: Int64) -> Answer? {
        while true {
            let answer: Answer? = state.withLock { state in
                state.given.removeValue(forKey: kind) ?? state.end.map { .ended($0) }
            }
            if let answer { return answer }
            guard changed.wait(until: limit) else { return nil }
        }
    }

    private static func error(_ text: String) -> LoadError {
        let json = try? JSON(parsing: Array(text.utf8))
        let code = json?["code"]?.string.flatMap { LoadError.Code(rawValue: $0) }
        return LoadError(
            code ?? .cannotOpen, json?["message"]?.string ?? "the runner gave a reason that cannot be read")
    }
}
