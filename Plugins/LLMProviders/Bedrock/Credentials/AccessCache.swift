import JackfieldVocabulary
import Synchronization

/// Keeps what was found, so that the places are not asked for every request, and lets one call at a time look for it.
///
/// Temporary credentials are renewed ahead of their end: while one call does that, the others use the old ones; only
/// where there are none that still hold do they wait.
final class AccessCache: Sendable {
    /// Seconds for which credentials that name no end are believed: files and secrets may be changed.
    static let trust: Int64 = 60
    /// Seconds before their end at which credentials are renewed.
    static let early: Int64 = 300
    /// Seconds before their end at which they are not used any more: a request takes its time to get there.
    static let reserve: Int64 = 15
    /// Seconds until the next attempt if credentials that still hold could not be renewed.
    static let patience: Int64 = 30

    private struct Held {
        var access: Access
        var freshUntil: Int64
        var usableUntil: Int64
    }

    private typealias Waiter = CheckedContinuation<Result<Void, CallError>, Never>

    private struct State {
        var held: Held?
        var isRefreshing = false
        var lastNumber = 0
        var waiters: [Int: Waiter] = [:]
        /// Cancelled before they had begun to wait.
        var cancelled: Set<Int> = []
    }

    private enum Step {
        case use(Access)
        case wait(Int)
        case refresh
    }

    private let state = Mutex(State())
    private let now: @Sendable () -> Int64

    /// - Parameter now: seconds since 1970.
    init(now: @escaping @Sendable () -> Int64) { self.now = now }

    /// Calls that wait for another one's search.
    var waitingCalls: Int { state.withLock { $0.waiters.count } }

    /// What is kept, or what `find` finds.
    ///
    /// - Throws: what `find` throws; a call that waited for another one's search gets that one's error, unless that
    ///   call was only cancelled.
    func access(_ find: () async throws(CallError) -> Access) async throws(CallError) -> Access {
        while true {
            switch step() {
            case .use(let access): return access
            case .refresh: return try await refresh(find)
            case .wait(let number): try await wait(number)
            }
        }
    }

    /// AWS refused this; look again next time.
    func discard(_ access: Access) {
        state.withLock { state in
            if state.held?.access == access { state.held = nil }
        }
    }

    private func step() -> Step {
        let now = now()
        return state.withLock { state in
            if let held = state.held, now < held.freshUntil || state.isRefreshing && now < held.usableUntil {
                return .use(held.access)
            }
            if state.isRefreshing {
                state.lastNumber += 1
                return .wait(state.lastNumber)
            }
            state.isRefreshing = true
            return .refresh
        }
    }

    private func refresh(_ find: () async throws(CallError) -> Access) async throws(CallError) -> Access {
        let outcome: Result<Access, CallError>
        do throws(CallError) {
            outcome = .success(try await find())
        } catch {
            outcome = .failure(error)
        }
        let now = now()
        let (answer, waiters, word) = state.withLock {
            state -> (Result<Access, CallError>, [Waiter], Result<Void, CallError>) in
            state.isRefreshing = false
            var answer = outcome
            var word = Result<Void, CallError>.success(())
            switch outcome {
            case .success(let access): state.held = AccessCache.held(access, now)
            case .failure(let error):
                if var held = state.held, now < held.usableUntil {
                    held.freshUntil = min(held.usableUntil, now + AccessCache.patience)
                    state.held = held
                    answer = error.code == .cancelled ? outcome : .success(held.access)
                } else if error.code != .cancelled {
                    word = .failure(error)
                }
            }
            defer { state.waiters = [:] }
            return (answer, Array(state.waiters.values), word)
        }
        // Outside of the lock: a task that goes on may run right here.
        for waiter in waiters { waiter.resume(returning: word) }
        return try answer.get()
    }

    private static func held(_ access: Access, _ now: Int64) -> Held {
        guard let end = access.authorization.expiration?.seconds else {
            // With no end of their own they may be used while somebody looks again.
            return Held(access: access, freshUntil: access.isRenewable ? now + trust : .max, usableUntil: .max)
        }
        // Credentials that are given out shortly before their end are not asked for again with every request.
        let fresh = max(end - early, min(now + patience, end - reserve))
        return Held(access: access, freshUntil: fresh, usableUntil: end - reserve)
    }

    private func wait(_ number: Int) async throws(CallError) {
        let word = await withTaskCancellationHandler {
            await withCheckedContinuation { (waiter: Waiter) in
                let word = state.withLock { state -> Result<Void, CallError>? in
                    if state.cancelled.remove(number) != nil { return .failure(AccessCache.cancelled) }
                    if !state.isRefreshing { return .success(()) }
                    state.waiters[number] = waiter
                    return nil
                }
                if let word { waiter.resume(returning: word) }
            }
        } onCancel: {
            let waiter = state.withLock { state -> Waiter? in
                if let waiter = state.waiters.removeValue(forKey: number) { return waiter }
                state.cancelled.insert(number)
                return nil
            }
            waiter?.resume(returning: .failure(AccessCache.cancelled))
        }
        // Cancelled after it had been woken.
        state.withLock { _ = $0.cancelled.remove(number) }
        try word.get()
    }

    private static let cancelled = CallError(.cancelled, "the call was cancelled while it waited for credentials")
}
