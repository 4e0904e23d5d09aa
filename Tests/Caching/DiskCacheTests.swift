import Caching
import Foundation
import JackfieldVocabulary
import Storage
import Synchronization
import Testing

/// The second level on real SQLite files.
@Suite(.timeLimit(.minutes(20))) struct DiskCacheTests {
    /// A cache with its writing task, for the time of `body`.
    private func withCache(
        _ store: any Store, settings: DiskSettings = DiskSettings(), memory: CacheSettings = CacheSettings(),
        _ body: (ResponseCache, DiskCache) async throws -> Void
    ) async throws {
        let disk = DiskCache(store: store, settings: settings)
        let cache = ResponseCache(settings: memory, disk: disk)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await disk.run() }
            // Until the writing task runs; a flush before that would not wait.
            await disk.untilRunning()
            let result: Result<Void, any Error>
            do { result = .success(try await body(cache, disk)) } catch { result = .failure(error) }
            disk.close()
            try await group.waitForAll()
            try result.get()
        }
    }

    @Test func anAnswerSurvivesARestart() async throws {
        let folder = try TemporaryFolder()
        let kept = answer(tenant: "t", tags: ["x", "y"])
        let first = try SQLiteStore(path: folder.path + "/store.db")
        try await withCache(first) { cache, _ in
            cache.store(kept, at: key("a"), ttl: .seconds(1000))
            // Without a flush: what waits is written before the writing task ends.
        }
        await first.close()
        let second = try SQLiteStore(path: folder.path + "/store.db")
        try await withCache(second) { cache, disk in
            #expect(cache.lookup(key("a"), now: start) == nil)
            #expect(await cache.find(key("a"), now: start, maxAge: .seconds(1)) == kept)
            #expect(cache.lookup(key("a"), now: start) == kept, "it has come into memory")
            #expect(await cache.find(key("b"), now: start) == nil)
            #expect((disk.stats.hits, disk.stats.misses) == (1, 1))
            #expect(disk.stats.bytes > 0)
        }
        await second.close()
    }

    @Test func theEndOfItsLifeHoldsAcrossARestart() async throws {
        // The store counts its time by the clock of the machine, and must not come first.
        let store = InMemoryStore()
        try await withCache(store) { cache, _ in cache.store(answer(), at: key("a"), ttl: .seconds(10_000)) }
        try await withCache(store) { cache, _ in
            #expect(await cache.find(key("a"), now: start + 5000 * second, maxAge: .seconds(4000)) == nil)
            #expect(await cache.find(key("a"), now: start + 5000 * second) != nil)
            #expect(cache.lookup(key("a"), now: start + 10_000 * second) == nil)
        }
        // Last, since it may be thrown away as soon as its end was seen.
        try await withCache(store) { cache, _ in
            #expect(await cache.find(key("a"), now: start + 10_000 * second) == nil)
        }
    }

    @Test func anInvalidationReachesTheDisk() async throws {
        let store = try SQLiteStore(path: ":memory:")
        try await withCache(store) { cache, disk in
            for number in 0..<90 {
                cache.store(
                    answer(model: "m\(number % 2)", tenant: "t\(number % 3)", tags: ["g\(number % 5)"]),
                    at: key("\(number)"))
            }
            await disk.flush()
            let count = await cache.invalidate(CacheScope(model: "m0", tenant: "t0", tag: "g0"))
            #expect(count == (3, 3))
            #expect(await cache.find(key("0"), now: start) == nil)
            #expect(await cache.find(key("1"), now: start) != nil)
        }
        try await withCache(store) { cache, disk in
            #expect(await cache.find(key("30"), now: start) == nil)
            #expect(await cache.find(key("1"), now: start) != nil)
            let rest = await cache.invalidate(.everything)
            #expect(rest.disk == 87)
            #expect(disk.stats.bytes == 0)
            #expect(await cache.find(key("1"), now: start) == nil)
        }
        await store.close()
    }

    @Test func withoutTheWritingTaskAnInvalidationIsDoneAllTheSame() async throws {
        let store = InMemoryStore()
        try await withCache(store) { cache, _ in cache.store(answer(), at: key("a")) }
        let cache = ResponseCache(disk: DiskCache(store: store))
        #expect(await cache.invalidate(.everything) == (0, 1))
        #expect(await cache.find(key("a"), now: start) == nil)
    }

    @Test func anAnswerThatWaitsToBeWrittenIsCaughtByAnInvalidation() async throws {
        let store = InMemoryStore()
        let disk = DiskCache(store: store)
        let cache = ResponseCache(disk: disk)
        cache.store(answer(), at: key("a"))
        _ = await cache.invalidate(CacheScope(model: "fast"))
        disk.close()
        await disk.run()
        #expect(disk.stats.writes == 0)
        #expect(try await store.scan("response-cache", prefix: "", after: nil, limit: 10).records.isEmpty)
    }

    @Test func theOldestGoWhenTheDiskIsFull() async throws {
        let store = InMemoryStore()
        try await withCache(store, settings: DiskSettings(maxBytes: 10_000)) { cache, disk in
            for number in 0..<100 {
                cache.store(answer(at: start + Int64(number) * second), at: key("\(number)"))
                await disk.flush()
            }
            #expect(disk.stats.evictions > 0)
        }
        try await withCache(store, settings: DiskSettings(maxBytes: 10_000)) { cache, disk in
            #expect(disk.stats.bytes <= 10_000)
            #expect(await cache.find(key("0"), now: start) == nil)
            #expect(await cache.find(key("99"), now: start) != nil)
        }
    }

    @Test func whatCannotBeReadIsAMiss() async throws {
        let store = InMemoryStore()
        try await withCache(store) { cache, _ in
            for name in ["a", "b"] { cache.store(answer(name), at: key(name)) }
        }
        let place = try RecordKey(validating: "a/\(key("a"))")
        let good = try #require(await store.read(place, in: "response-cache")).value
        let other = try #require(
            await store.read(RecordKey(validating: "a/\(key("b"))"), in: "response-cache")
        ).value
        var bad: [[UInt8]] = [[], [1], Array(good.dropLast()), good + [0], other, [2] + good.dropFirst()]
        var dice = Dice(9)
        for _ in 0..<200 {
            var flipped = good
            flipped[Int.random(in: 0..<good.count, using: &dice)] ^= 1 << UInt8.random(in: 0..<8, using: &dice)
            bad.append(flipped)
        }
        for value in bad {
            try await store.write(value, at: place, in: "response-cache", when: .always, expiry: nil)
            let cache = ResponseCache(disk: DiskCache(store: store))
            #expect(await cache.find(key("a"), now: start) == nil)
        }
        try await store.write(good, at: place, in: "response-cache", when: .always, expiry: nil)
        #expect(await ResponseCache(disk: DiskCache(store: store)).find(key("a"), now: start) == answer("a"))
    }

    @Test func moreThanMayWaitIsNotWritten() async throws {
        let disk = DiskCache(store: InMemoryStore(), settings: DiskSettings(maxBytes: 1 << 20, maxWaitingBytes: 2000))
        let cache = ResponseCache(disk: disk)
        for number in 0..<10 { #expect(cache.store(answer(), at: key("\(number)"))) }
        #expect(disk.stats.drops > 0)
        disk.close()
        await disk.run()
        #expect(disk.stats.writes + disk.stats.drops == 10)
        #expect(cache.stats.entries == 10, "memory has them all")
    }

    @Test func aBrokenStoreCostsNoAnswer() async throws {
        let store = InMemoryStore()
        await store.close()
        let told = Tally()
        let disk = DiskCache(store: store) { _ in told.enter() }
        let cache = ResponseCache(disk: disk)
        cache.store(answer(), at: key("a"))
        #expect(await cache.find(key("a"), now: start) != nil)
        #expect(await cache.find(key("b"), now: start) == nil)
        #expect(await cache.invalidate(.everything) == (1, nil))
        disk.close()
        await disk.run()
        #expect(told.sum >= 2)
        #expect(Int(disk.stats.failures) == told.sum)
    }

    @Test func cancellingTheWritingTaskWritesWhatWaits() async throws {
        let store = InMemoryStore()
        let disk = DiskCache(store: store)
        let cache = ResponseCache(disk: disk)
        let writing = Task { await disk.run() }
        await disk.untilRunning()
        cache.store(answer(), at: key("a"))
        writing.cancel()
        await writing.value
        #expect(await ResponseCache(disk: DiskCache(store: store)).find(key("a"), now: start) != nil)
    }

    @Test func anEmbeddingComesBack() async throws {
        let store = InMemoryStore()
        let request = LLM.EmbeddingRequest(model: "e", input: ["a"])
        let result = LLM.EmbeddingResult(vectors: [[0.5, -1]], promptTokens: 3)
        let kept = try #require(
            Recorder(request, tenant: nil, limit: 4096).finish(result: result.payload(), upstream: "x/e", now: start))
        try await withCache(store) { cache, _ in cache.store(kept, at: CacheKey(request, tenant: nil)) }
        let found = await ResponseCache(disk: DiskCache(store: store)).find(CacheKey(request, tenant: nil), now: start)
        #expect(found == kept)
    }
}

extension DiskCache {
    /// Yields until the writing task has counted what is there and takes work.
    func untilRunning() async {
        while !isRunning { await Task.yield() }
        await flush()
    }
}

/// A folder that goes with the test.
struct TemporaryFolder: ~Copyable {
    let path: String

    init() throws {
        var template = Array((NSTemporaryDirectory() + "/jackfield-cache-XXXXXX").utf8CString)
        guard mkdtemp(&template) != nil else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
