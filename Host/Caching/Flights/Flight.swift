import Synchronization

/// A question that somebody is asking, for those who wait for the answer.
package final class Flight: Sendable {
    private struct State {
        var outcome: FlightOutcome?
        var waiters: [UInt64: CheckedContinuation<FlightOutcome, Never>] = [:]
        /// Those whose cancellation came before they had begun to wait.
        var cancelled: Set<UInt64> = []
        var lastID: UInt64 = 0
    }

    let key: CacheKey
    private let state = Mutex(State())

    init(key: CacheKey) { self.key = key }

    /// Those who wait now.
    package var waiterCount: Int { state.withLock { $0.waiters.count } }

    /// Waits until the leader has finished. Returns `gaveUp` at once when the task is cancelled.
    package func outcome() async -> FlightOutcome {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let known: FlightOutcome? = state.withLock { state in
                    if let outcome = state.outcome { return outcome }
                    if state.cancelled.remove(id) != nil { return .gaveUp }
                    state.waiters[id] = continuation
                    return nil
                }
                if let known { continuation.resume(returning: known) }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                if let waiter = state.waiters.removeValue(forKey: id) { return waiter as CheckedContinuation? }
                if state.outcome == nil { state.cancelled.insert(id) }
                return nil
            }
            waiter?.resume(returning: .gaveUp)
        }
    }

    /// Waits until the leader has finished or `deadline` returns or throws, whichever is first. The losing one is
    /// cancelled, so `deadline` must heed cancellation, as the timers of the event loops do.
    package func outcome(until deadline: @escaping @Sendable () async throws -> Void) async -> FlightOutcome {
        await withTaskGroup(of: FlightOutcome.self) { group in
            group.addTask { await self.outcome() }
            group.addTask {
                try? await deadline()
                return .gaveUp
            }
            let first = await group.next() ?? .gaveUp
            group.cancelAll()
            return first
        }
    }

    /// The first outcome stands.
    func land(_ outcome: FlightOutcome) {
        let waiters = state.withLock { state in
            if state.outcome != nil { return [:] as [UInt64: CheckedContinuation<FlightOutcome, Never>] }
            state.outcome = outcome
            state.cancelled = []
            defer { state.waiters = [:] }
            return state.waiters
        }
        for waiter in waiters.values { waiter.resume(returning: outcome) }
    }
}
