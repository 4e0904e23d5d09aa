import Caching
import Storage
import Testing

/// What happens on the disk while somebody else is in the middle of something.
@Suite(.timeLimit(.minutes(20))) struct DiskCacheRaceTests {
    /// A store that has the answers to "a" and "b".
    private func filled() async -> GatedStore {
        let store = GatedStore()
        let disk = DiskCache(store: store)
        let cache = ResponseCache(disk: disk)
        cache.store(answer(model: "a"), at: key("a"))
        cache.store(answer(model: "b"), at: key("b"))
        disk.close()
        await disk.run()
        return store
    }

    @Test func nothingComesBackFromTheDiskDuringAnInvalidation() async {
        let store = await filled()
        let cache = ResponseCache(disk: DiskCache(store: store))
        store.hold()
        async let count = cache.invalidate(CacheScope(model: "a"))
        await store.untilHeld()
        // The records are still there, and the reads have seen them when all three go on.
        async let caught = cache.find(key("a"), now: start)
        async let other = cache.find(key("b"), now: start)
        await store.untilHeld(3)
        store.open()
        #expect(await caught == nil)
        #expect(await other != nil)
        #expect(await count == (0, 1))
        #expect(cache.lookup(key("a"), now: start) == nil)
    }

    @Test func aReadThatBeganBeforeAnInvalidationBringsNothingBack() async {
        let store = await filled()
        let cache = ResponseCache(disk: DiskCache(store: store))
        store.hold()
        async let caught = cache.find(key("a"), now: start)
        await store.untilHeld()
        cache.invalidateMemory(CacheScope(model: "a"))
        store.open()
        #expect(await caught == nil)
        #expect(cache.lookup(key("a"), now: start) == nil)
    }

    @Test func aReadDoesNotReplaceWhatIsNewer() async {
        let store = await filled()
        let cache = ResponseCache(disk: DiskCache(store: store))
        store.hold()
        async let old = cache.find(key("a"), now: start + second)
        await store.untilHeld()
        let new = answer("new", model: "a", at: start + second)
        cache.store(new, at: key("a"))
        store.open()
        #expect(await old?.storedAt == start)
        #expect(cache.lookup(key("a"), now: start + second) == new)
    }

    @Test func whatTheStoreCouldNotDeleteIsNotReadAllTheSame() async {
        let store = await filled()
        let cache = ResponseCache(disk: DiskCache(store: store))
        store.failScans()
        #expect(await cache.invalidate(CacheScope(model: "a")) == (0, nil))
        #expect(await cache.find(key("a"), now: start) == nil)
        #expect(await cache.find(key("b"), now: start) != nil)
    }

    @Test func recordsOfAnotherReleaseAreClearedAway() async throws {
        let store = InMemoryStore()
        for place in ["s/0", "a/0"] as [RecordKey] {
            try await store.write([99], at: place, in: "response-cache", when: .always, expiry: nil)
        }
        let disk = DiskCache(store: store)
        disk.close()
        await disk.run()
        #expect(try await store.scan("response-cache", prefix: "", after: nil, limit: 10).records.isEmpty)
    }
}
