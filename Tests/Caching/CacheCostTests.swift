import Caching
import Glibc
import Testing

/// A hundred times as many entries must not make anything a hundred times as slow. Time on the processor, the best of
/// several runs.
@Suite(.serialized) struct CacheCostTests {
    private static func nanoseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    private static func best(of runs: Int, _ body: () -> Void) -> Int64 {
        (0..<runs).map { _ in
            let from = nanoseconds()
            body()
            return nanoseconds() - from
        }.min() ?? 0
    }

    /// All of one model; ten of the tenant "rare".
    private func cache(_ count: Int) -> ResponseCache {
        let cache = ResponseCache(
            settings: CacheSettings(maxBytes: 1 << 30, maxEntryBytes: 1 << 20, ttl: .seconds(1000)))
        let common = answer(tenant: "common")
        for number in 0..<count { cache.store(common, at: key("\(number)")) }
        return cache
    }

    @Test func sizeDoesNotMatter() {
        let (small, large) = (cache(200), cache(20_000))
        let rare = answer(tenant: "rare")
        let keys = (0..<100).map { key("\($0)") }
        func lookups(_ cache: ResponseCache) -> Int64 {
            Self.best(of: 20) { for key in keys { _ = cache.lookup(key, now: start) } }
        }
        func invalidation(_ cache: ResponseCache) -> Int64 {
            Self.best(of: 20) {
                for number in 0..<10 { cache.store(rare, at: keys[number]) }
                cache.invalidateMemory(CacheScope(model: "fast", tenant: "rare"))
            }
        }
        let (look, drop) = (lookups(large) / max(1, lookups(small)), invalidation(large) / max(1, invalidation(small)))
        print("cost of 100 times as many entries: look-up \(look), invalidation \(drop) times as much")
        #expect(look < 20)
        #expect(drop < 20)
    }
}
