import Storage

/// Answers and their summaries as records. The summary is written first and deleted last, so that no answer is there
/// which upkeep does not see; a summary without its answer is harmless.
struct ResponseRecords: Sendable {
    private static let collection: Storage.Collection = "response-cache"
    private static let summaries = "s/"
    /// Deletions that are handed in at once, to share a transaction.
    private static let atOnce = 128

    let store: any Store

    private static func answer(_ id: String) -> RecordKey { RecordKey(unchecked: "a/" + id) }
    private static func summary(_ id: String) -> RecordKey { RecordKey(unchecked: summaries + id) }

    /// Nil also for what cannot be read: it is overwritten by the next answer.
    func read(_ key: CacheKey) async throws(StoreError) -> (response: CachedResponse, expiresAt: Int64)? {
        guard let record = try await store.read(Self.answer(key.description), in: Self.collection) else { return nil }
        return ResponseRecord.decode(record.value, key)
    }

    /// - Returns: What the record costs, in bytes.
    /// - Throws: The store's errors; `tooLarge` above `StoreLimits.valueBytes`.
    func write(_ response: CachedResponse, _ key: CacheKey, expiresAt: Int64) async throws(StoreError) -> Int {
        let value = ResponseRecord.encode(response, key, expiresAt: expiresAt)
        let summary = RecordSummary(response, bytes: value.count)
        // The exact end stands in the record; the store may sweep a little later, since it begins to count now.
        let life = min(.nanoseconds(max(1, expiresAt - response.storedAt)), StoreLimits.expiry)
        let id = key.description
        try await store.write(
            summary.encoded, at: Self.summary(id), in: Self.collection, when: .always, expiry: life)
        try await store.write(value, at: Self.answer(id), in: Self.collection, when: .always, expiry: life)
        return value.count
    }

    /// Deletes the answers whose summaries are meant; summaries that cannot be read go too, with their answers.
    func delete(
        where isMeant: (RecordSummary) -> Bool
    ) async throws(StoreError) -> (count: Int, bytes: Int) {
        var (count, bytes) = (0, 0)
        var cursor: RecordKey?
        repeat {
            let page = try await summaries(after: cursor)
            var ids: [String] = []
            for record in page.records {
                let summary = RecordSummary(record.value)
                if let summary, !isMeant(summary) { continue }
                ids.append(Self.id(record))
                count += 1
                bytes += summary?.bytes ?? 0
            }
            try await delete(ids)
            cursor = page.next
        } while cursor != nil
        return (count, bytes)
    }

    /// Counts what is there, deletes what another release left, and if the rest is above `limit`, the oldest of it
    /// until a tenth is free.
    func prune(to limit: Int) async throws(StoreError) -> (left: Int, removed: Int) {
        var known: [(storedAt: Int64, bytes: Int, id: String)] = []
        var ids: [String] = []
        var total = 0
        var cursor: RecordKey?
        repeat {
            let page = try await summaries(after: cursor)
            for record in page.records {
                let id = Self.id(record)
                guard let summary = RecordSummary(record.value) else {
                    ids.append(id)
                    continue
                }
                known.append((summary.storedAt, summary.bytes, id))
                total += summary.bytes
            }
            cursor = page.next
        } while cursor != nil
        let unreadable = ids.count
        if total > limit { known.sort { $0.storedAt < $1.storedAt } } else { known = [] }
        for entry in known {
            if total <= limit - limit / 10 { break }
            total -= entry.bytes
            ids.append(entry.id)
        }
        try await delete(ids)
        return (total, ids.count - unreadable)
    }

    private func summaries(after cursor: RecordKey?) async throws(StoreError) -> RecordPage {
        try await store.scan(
            Self.collection, prefix: Self.summaries, after: cursor, limit: StoreLimits.pageCount)
    }

    private static func id(_ record: Record) -> String { String(record.key.text.dropFirst(summaries.count)) }

    private func delete(_ ids: [String]) async throws(StoreError) {
        var rest = ids[...]
        while !rest.isEmpty {
            let part = rest.prefix(Self.atOnce)
            rest = rest.dropFirst(part.count)
            let failures = await withTaskGroup(of: StoreError?.self) { group in
                for id in part {
                    group.addTask {
                        do throws(StoreError) {
                            try await store.delete(Self.answer(id), in: Self.collection, version: nil)
                            try await store.delete(Self.summary(id), in: Self.collection, version: nil)
                            return nil
                        } catch {
                            return error
                        }
                    }
                }
                return await group.reduce(into: [StoreError]()) { all, one in if let one { all.append(one) } }
            }
            if let failure = failures.first { throw failure }
        }
    }
}
