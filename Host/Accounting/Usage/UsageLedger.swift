package import JackfieldVocabulary
package import Storage
import Synchronization

/// Adds up what was used: by day (UTC) and by model, upstream, user, key, agent and session. Kept for 400 days. A host
/// that is killed loses what was recorded since the last flush.
package final class UsageLedger: Sendable {
    /// Distinct subjects of one dimension and day. What comes for more is counted for "other": names from outside must
    /// not fill the disk.
    package static let subjectsPerDay = 10_000
    /// Distinct subjects that wait for a flush.
    static let pendingCapacity = 100_000

    struct State: Sendable {
        var pending: UsagePending
        /// Taken out by a flush, and not acknowledged by the store: reports count it too.
        var writing: [Int: [UsagePending.Subject: UsageTotals]] = [:]
        var known = KnownSubjects()
        /// Rises with whatever moves from here to the store.
        var generation = 0
    }

    let store: UsageStore
    let state: Mutex<State>
    private let clock: WallNanoseconds
    private let subjectsPerDay: Int

    package convenience init(store: any Store, clock: @escaping WallNanoseconds) {
        self.init(
            store: store, clock: clock, subjectsPerDay: Self.subjectsPerDay, pendingCapacity: Self.pendingCapacity)
    }

    init(store: any Store, clock: @escaping WallNanoseconds, subjectsPerDay: Int, pendingCapacity: Int) {
        self.store = UsageStore(store: store)
        self.clock = clock
        self.subjectsPerDay = subjectsPerDay
        state = Mutex(State(pending: UsagePending(capacity: pendingCapacity)))
    }

    /// The day that requests are counted for now.
    package var today: CalendarDay { CalendarDay(containing: clock()) }

    /// Counts one request for today. Any thread; it costs about a microsecond.
    /// - Parameter cost: Nil: not known. The request is counted, and marked as such.
    package func record(_ account: Account, usage: LLM.Usage, cost: Money?) {
        let one = UsageTotals(usage, cost: cost)
        let today = today
        state.withLock { $0.pending.add(account, one, day: today) }
    }

    /// Adds what was recorded to the store. The host calls it every second, one after the other, and when it stops.
    /// - Returns: The first error of the store. What could not be written is kept for the next time.
    package func flush() async -> StoreError? {
        let (number, taken) = state.withLock { state in
            state.generation += 1
            let taken = state.pending.take()
            state.writing[state.generation] = taken
            return (state.generation, taken)
        }
        defer { state.withLock { $0.writing[number] = nil } }
        if let error = await loadKnown(Set(taken.keys.map { .init(day: $0.day, dimension: $0.dimension) })) {
            state.withLock { state in
                for (subject, totals) in taken { state.pending.add(totals, to: subject) }
            }
            return error
        }
        let items = state.withLock { state in
            // Those of a day before are still written in the first moments of the next.
            state.known.forget(before: today.advanced(by: -1))
            var writes: [UsagePending.Subject: UsageTotals] = [:]
            for (subject, totals) in taken {
                writes[state.known.place(subject, limit: subjectsPerDay), default: UsageTotals()] += totals
            }
            state.writing[number] = writes
            return Array(writes)
        }
        return await inGroups(items) { [store] subject, totals in
            (subject, await store.add(totals, to: subject))
        } each: { subject, error in
            state.withLock { state in
                state.generation += 1
                let totals = state.writing[number]?.removeValue(forKey: subject)
                if error != nil, let totals { state.pending.add(totals, to: subject) }
            }
            return error
        }
    }

    private func loadKnown(_ places: Set<KnownSubjects.Place>) async -> StoreError? {
        for place in places where !state.withLock({ $0.known.isLoaded(place) }) {
            var names: Set<String> = []
            do throws(StoreError) {
                try await store.read(place.dimension, place.day) { name, _ in
                    names.insert(name)
                    return names.count < subjectsPerDay
                }
            } catch {
                return error
            }
            state.withLock { $0.known.load(place, names) }
        }
        return nil
    }
}
