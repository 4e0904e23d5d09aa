import Synchronization

/// Answers in memory, up to so many bytes and each for so long; what was not used for the longest time goes first. With
/// a second level on the disk where one is given.
///
/// Any thread, several event loops at once. One lock guards all: a look-up holds it for about 200 ns, nothing waits
/// inside, and what is thrown away is freed outside of it. Two threads that do nothing but look up still make two
/// million a second together, far more than the host has requests, so there are no shards, and the bounds hold exactly.
/// Times are nanoseconds since 1970, given by the caller.
package final class ResponseCache: Sendable {
    private struct State: ~Copyable {
        var table = ResponseTable()
        var log = InvalidationLog()
        var stats = CacheStats()

        mutating func replaceTable() -> ResponseTable {
            var old = ResponseTable()
            swap(&table, &old)
            return old
        }
    }

    package let settings: CacheSettings
    /// What outlives the process; nil: nothing does.
    package let disk: DiskCache?
    private let state = Mutex(State())

    package init(settings: CacheSettings = CacheSettings(), disk: DiskCache? = nil) {
        self.settings = settings
        self.disk = disk
    }

    /// The answer in memory, if it is good enough.
    /// - Parameters:
    ///   - now: Nanoseconds since 1970.
    ///   - maxAge: At most this old; nil: as old as its time to live allows.
    ///   - minFresh: Good for at least this much longer.
    ///   - countsMiss: False for one who looks again, so that one request is one miss.
    package func lookup(
        _ key: CacheKey, now: Int64, maxAge: Duration? = nil, minFresh: Duration? = nil, countsMiss: Bool = true
    ) -> CachedResponse? {
        let miss: UInt64 = countsMiss ? 1 : 0
        // What expired is freed here, out of the lock.
        let (found, _) = state.withLock { state -> (CachedResponse?, expired: CachedResponse?) in
            guard let (slot, expiresAt, response) = state.table.find(key) else {
                state.stats.misses &+= miss
                return (nil, nil)
            }
            if expiresAt <= now {
                state.table.remove(slot)
                state.stats.expirations &+= 1
                state.stats.misses &+= miss
                return (nil, response)
            }
            guard response.isFresh(now: now, expiresAt: expiresAt, maxAge: maxAge, minFresh: minFresh) else {
                state.stats.misses &+= miss
                return (nil, nil)
            }
            state.table.touch(slot)
            state.stats.hits &+= 1
            return (response, nil)
        }
        return found
    }

    /// The answer in memory, or on the disk: what is found there comes into memory. Reads the disk at a miss, so ask
    /// `lookup` first where there is no second level.
    package func find(
        _ key: CacheKey, now: Int64, maxAge: Duration? = nil, minFresh: Duration? = nil
    ) async -> CachedResponse? {
        if let found = lookup(key, now: now, maxAge: maxAge, minFresh: minFresh) { return found }
        guard let disk else { return nil }
        let mark = mark()
        guard let (response, expiresAt) = await disk.read(key, now: now) else { return nil }
        guard keep(response, key, expiresAt: expiresAt, since: mark, replacesNewer: false) != .invalidated,
            response.isFresh(now: now, expiresAt: expiresAt, maxAge: maxAge, minFresh: minFresh)
        else { return nil }
        return response
    }

    /// Where the order of invalidations stands. Take it before the model is asked.
    package func mark() -> CacheMark { state.withLock { $0.log.mark } }

    /// Keeps an answer, in place of what the key had. On the disk it is written later, by `DiskCache.run`.
    /// - Parameters:
    ///   - ttl: Nil: as the settings say. At most 0: not kept.
    ///   - mark: From before the model was asked; nil: an invalidation meanwhile does not matter.
    /// - Returns: Whether it is kept: not if it is too large, or was invalidated while it was made.
    @discardableResult
    package func store(
        _ response: CachedResponse, at key: CacheKey, ttl: Duration? = nil, since mark: CacheMark? = nil
    ) -> Bool {
        let life = (ttl ?? settings.ttl).wholeNanoseconds
        guard life > 0 else { return false }
        let expiresAt = response.storedAt.adding(capped: life)
        let mark = mark ?? self.mark()
        guard keep(response, key, expiresAt: expiresAt, since: mark) == .kept else {
            state.withLock { $0.stats.refusals &+= 1 }
            return false
        }
        state.withLock { $0.stats.stores &+= 1 }
        disk?.write(
            response, at: key, expiresAt: expiresAt,
            isStillGood: { [weak self] in
                guard let self else { return true }
                return !self.state.withLock { $0.log.catches(response, since: mark) }
            })
        return true
    }

    private enum Keeping { case kept, tooLarge, invalidated }

    private func keep(
        _ response: CachedResponse, _ key: CacheKey, expiresAt: Int64, since mark: CacheMark, replacesNewer: Bool = true
    ) -> Keeping {
        let isTooLarge = response.bytes > min(settings.maxEntryBytes, settings.maxBytes)
        var gone: [CachedResponse] = []
        return state.withLock { state in
            if state.log.catches(response, since: mark) { return .invalidated }
            if isTooLarge { return .tooLarge }
            if let (slot, _, old) = state.table.find(key) {
                // While the disk was read, somebody asked the model again.
                if !replacesNewer, old.storedAt > response.storedAt { return .kept }
                gone.append(old)
                state.table.remove(slot)
            }
            state.table.insert(response, key, expiresAt: expiresAt)
            while state.table.bytes > settings.maxBytes, let old = state.table.removeOldest() {
                gone.append(old)
                state.stats.evictions &+= 1
            }
            return .kept
        }
    }

    package var stats: CacheStats {
        state.withLock { state in
            var stats = state.stats
            stats.entries = state.table.count
            stats.bytes = state.table.bytes
            return stats
        }
    }

    // MARK: Invalidation

    /// Throws away what is in the scope, in memory and on the disk. When it returns, nothing of it can be found, and
    /// nothing that was being made when it was called will be kept.
    /// - Returns: How many entries went, from memory and from the disk: most of them stood in both. `disk` is nil when
    ///   the store failed: nothing of it is read any more by this process, but it may come back with the next one, so
    ///   repeat it.
    package func invalidate(_ scope: CacheScope) async -> (memory: Int, disk: Int?) {
        // Announced first: nothing may come back from the disk into the memory that was just cleared.
        let ticket = disk?.announce(scope)
        let inMemory = invalidateMemory(scope)
        guard let disk, let ticket else { return (inMemory, 0) }
        return (inMemory, await disk.invalidate(scope, announced: ticket))
    }

    /// The part that does not wait, for a host without a second level.
    @discardableResult
    package func invalidateMemory(_ scope: CacheScope) -> Int {
        if scope == .everything {
            // The old table is freed here, out of the lock.
            let old = state.withLock { state in
                state.log.note(scope)
                state.stats.invalidations &+= UInt64(state.table.count)
                return state.replaceTable()
            }
            return old.count
        }
        let names = [
            scope.tag.map { ResponseTable.Name.tag($0) }, scope.tenant.map { .tenant($0) },
            scope.model.map { .model($0) },
        ].compactMap { $0 }
        var (removed, cursor) = (0, 0)
        // The shortest of the lists that can hold what is meant, from behind: entries that others remove meanwhile are
        // replaced by later ones, so that none that was there can be passed over.
        let shortest = state.withLock { state in
            state.log.note(scope)
            let name = names.min { state.table.count(of: $0) < state.table.count(of: $1) } ?? names[0]
            cursor = state.table.count(of: name)
            return name
        }
        while cursor > 0 {
            var gone: [CachedResponse] = []
            state.withLock { state in
                cursor = min(cursor, state.table.count(of: shortest))
                let end = max(0, cursor - Self.batch)
                while cursor > end {
                    cursor -= 1
                    guard let slot = state.table.slot(shortest, at: cursor), let found = state.table.response(at: slot),
                        scope.contains(found)
                    else { continue }
                    gone.append(found)
                    state.table.remove(slot)
                }
                state.stats.invalidations &+= UInt64(gone.count)
            }
            removed += gone.count
        }
        return removed
    }

    /// How many entries are looked at before others get the lock.
    private static let batch = 256
}

extension CachedResponse {
    func isFresh(now: Int64, expiresAt: Int64, maxAge: Duration?, minFresh: Duration?) -> Bool {
        if expiresAt <= now { return false }
        if let maxAge, max(0, now &- storedAt) > maxAge.wholeNanoseconds { return false }
        if let minFresh, expiresAt &- now < minFresh.wholeNanoseconds { return false }
        return true
    }
}
