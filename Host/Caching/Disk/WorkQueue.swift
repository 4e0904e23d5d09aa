import Synchronization

/// What waits for the one task that writes. Any thread may put; one task takes.
final class WorkQueue<Work: Sendable>: Sendable {
    private struct State {
        var work: [Work] = []
        var taker: CheckedContinuation<Void, Never>?
        var isClosed = false
    }

    private let state = Mutex(State())

    /// - Returns: False when the queue was closed: the work will not be done.
    func put(_ work: Work) -> Bool {
        let (isTaken, taker) = state.withLock { state in
            if state.isClosed { return (false, nil as CheckedContinuation<Void, Never>?) }
            state.work.append(work)
            return (true, state.taker.take())
        }
        taker?.resume()
        return isTaken
    }

    /// All that waits, in order; waits until there is some. Nil after `close`, when everything was taken.
    func take() async -> [Work]? {
        while true {
            let (work, isClosed) = state.withLock { state in
                defer { state.work = [] }
                return (state.work, state.isClosed)
            }
            if !work.isEmpty { return work }
            if isClosed { return nil }
            await withCheckedContinuation { continuation in
                let mayGoOn = state.withLock { state in
                    if state.isClosed || !state.work.isEmpty { return true }
                    state.taker = continuation
                    return false
                }
                if mayGoOn { continuation.resume() }
            }
        }
    }

    func close() {
        let taker = state.withLock { state in
            state.isClosed = true
            return state.taker.take()
        }
        taker?.resume()
    }
}
