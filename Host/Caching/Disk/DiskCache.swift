package import Storage
import Synchronization

/// The second level: answers that outlive the process, as records of the store. An answer is two records, the answer
/// and a small summary, so that upkeep need not read the answers.
///
/// Answers are written behind, by the one task that runs `run`; who stores one does not wait. Reading is done by the
/// one who asks. What the store cannot do is no failure of a request: it counts, is told of, and the answer is made
/// anew. Any thread.
package final class DiskCache: Sendable {
    private enum Work: Sendable {
        case write(CachedResponse, CacheKey, expiresAt: Int64, isStillGood: @Sendable () -> Bool)
        case invalidate(CacheScope, CheckedContinuation<Deletion, Never>)
        case flush(CheckedContinuation<Void, Never>)
    }
    private enum Deletion { case done(Int), failed, notHandedIn }

    private struct State {
        var stats = DiskStats()
        var waitingBytes = 0
        var isRunning = false
        /// Invalidations whose records are not all deleted yet: what they mean is not read any more.
        var pending: [UInt64: CacheScope] = [:]
        var lastTicket: UInt64 = 0
    }

    package let settings: DiskSettings
    private let records: ResponseRecords
    private let onFailure: @Sendable (StoreError) -> Void
    private let queue = WorkQueue<Work>()
    private let state = Mutex(State())

    /// - Parameter onFailure: Told of each call of the store that failed, on any thread.
    package init(
        store: any Store, settings: DiskSettings = DiskSettings(),
        onFailure: @escaping @Sendable (StoreError) -> Void = { _ in }
    ) {
        self.settings = settings
        self.onFailure = onFailure
        records = ResponseRecords(store: store)
    }

    package var stats: DiskStats { state.withLock { $0.stats } }

    /// Is there a task in `run`?
    package var isRunning: Bool { state.withLock { $0.isRunning } }

    // MARK: Reading and handing in

    /// What the disk has, if it has not expired at `now` (nanoseconds since 1970).
    func read(_ key: CacheKey, now: Int64) async -> (response: CachedResponse, expiresAt: Int64)? {
        // Noted before the read: an invalidation that ends meanwhile must still be heeded.
        let pending = state.withLock { Array($0.pending.values) }
        var found: (response: CachedResponse, expiresAt: Int64)?
        do throws(StoreError) { found = try await records.read(key) } catch { fail(error) }
        if let response = found?.response, pending.contains(where: { $0.contains(response) }) { found = nil }
        if let expiresAt = found?.expiresAt, expiresAt <= now { found = nil }
        state.withLock { state in
            if found == nil { state.stats.misses &+= 1 } else { state.stats.hits &+= 1 }
        }
        return found
    }

    /// Hands in an answer. Asked again right before it is written whether it is still good.
    func write(
        _ response: CachedResponse, at key: CacheKey, expiresAt: Int64, isStillGood: @escaping @Sendable () -> Bool
    ) {
        let hasRoom = state.withLock { state in
            guard state.waitingBytes + response.bytes <= settings.maxWaitingBytes else {
                state.stats.drops &+= 1
                return false
            }
            state.waitingBytes += response.bytes
            return true
        }
        guard hasRoom else { return }
        if !queue.put(.write(response, key, expiresAt: expiresAt, isStillGood: isStillGood)) {
            state.withLock { $0.waitingBytes -= response.bytes }
        }
    }

    /// From now on nothing in the scope is read. Call `invalidate` with what is returned.
    func announce(_ scope: CacheScope) -> UInt64 {
        state.withLock { state in
            state.lastTicket += 1
            state.pending[state.lastTicket] = scope
            return state.lastTicket
        }
    }

    /// Deletes what is in the scope, in its turn among the writes, so that none of those before it stays behind.
    /// - Returns: How many went; nil when the store failed. Then what is in the scope is not read any more by this
    ///   process, but may still be on the disk.
    func invalidate(_ scope: CacheScope, announced ticket: UInt64) async -> Int? {
        var deletion = Deletion.notHandedIn
        // Without the writing task there is no turn to wait for, and nothing that could come in between.
        if isRunning {
            deletion = await withCheckedContinuation { waiter in
                if !queue.put(.invalidate(scope, waiter)) { waiter.resume(returning: .notHandedIn) }
            }
        }
        if case .notHandedIn = deletion { deletion = await delete(scope) }
        guard case .done(let count) = deletion else { return nil }
        state.withLock { state in state.pending[ticket] = nil }
        return count
    }

    /// Returns when everything that was handed in before is written. At once when `run` does not run.
    package func flush() async {
        guard isRunning else { return }
        await withCheckedContinuation { waiter in
            if !queue.put(.flush(waiter)) { waiter.resume() }
        }
    }

    // MARK: The writing task

    /// Writes what is handed in, until `close` or the end of the task; then what still waits is written, and it
    /// returns. Begins with a count of what the store has. To be called once.
    package func run() async {
        state.withLock { $0.isRunning = true }
        await withTaskCancellationHandler {
            await prune()
            while let batch = await queue.take() {
                for work in batch { await perform(work) }
                if state.withLock({ $0.stats.bytes }) > settings.maxBytes { await prune() }
            }
        } onCancel: {
            queue.close()
        }
        state.withLock { $0.isRunning = false }
    }

    /// Ends `run`. Later answers are not written.
    package func close() { queue.close() }

    private func perform(_ work: Work) async {
        switch work {
        case .flush(let waiter): waiter.resume()
        case .invalidate(let scope, let waiter): waiter.resume(returning: await delete(scope))
        case .write(let response, let key, let expiresAt, let isStillGood):
            if isStillGood() {
                do throws(StoreError) {
                    let bytes = try await records.write(response, key, expiresAt: expiresAt)
                    state.withLock { state in
                        state.stats.writes &+= 1
                        state.stats.bytes += bytes
                    }
                } catch {
                    fail(error)
                }
            }
            state.withLock { $0.waitingBytes -= response.bytes }
        }
    }

    private func delete(_ scope: CacheScope) async -> Deletion {
        do throws(StoreError) {
            let (count, bytes) = try await records.delete { $0.isIn(scope) }
            state.withLock { state in state.stats.bytes = max(0, state.stats.bytes - bytes) }
            return .done(count)
        } catch {
            fail(error)
            return .failed
        }
    }

    /// Counts exactly, and makes room if there is too much.
    private func prune() async {
        do throws(StoreError) {
            let (left, removed) = try await records.prune(to: settings.maxBytes)
            state.withLock { state in
                state.stats.bytes = left
                state.stats.evictions &+= UInt64(removed)
            }
        } catch {
            fail(error)
        }
    }

    private func fail(_ error: StoreError) {
        state.withLock { $0.stats.failures &+= 1 }
        onFailure(error)
    }
}
