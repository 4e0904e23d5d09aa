import Glibc
import JackfieldJSON
import Loading
import Synchronization

/// A runner's answers to the steps of its life, for a thread that waits for them.
final class RunnerAnswers: @unchecked Sendable {
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
    private let changed = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

    init() { sem_init(changed, 0, 0) }

    deinit {
        sem_destroy(changed)
        changed.deallocate()
    }

    func give(_ header: FrameHeader, _ text: String) {
        let answer: Answer = header.first == 0 ? .text(text) : .failure(Self.error(text))
        state.withLock { $0.given[header.kind] = answer }
        sem_post(changed)
    }

    func end(_ end: RunnerProcess.End) {
        state.withLock { $0.end = end }
        sem_post(changed)
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
            let left = limit - MonotonicClock.now()
            guard left > 0 else { return nil }
            var until = timespec()
            clock_gettime(CLOCK_REALTIME, &until)
            let end = Int64(until.tv_nsec) + left
            until.tv_sec += Int(end / 1_000_000_000)
            until.tv_nsec = Int(end % 1_000_000_000)
            sem_timedwait(changed, &until)
        }
    }

    private static func error(_ text: String) -> LoadError {
        let json = try? JSON(parsing: Array(text.utf8))
        let code = json?["code"]?.string.flatMap { LoadError.Code(rawValue: $0) }
        return LoadError(
            code ?? .cannotOpen, json?["message"]?.string ?? "the runner gave a reason that cannot be read")
    }
}
