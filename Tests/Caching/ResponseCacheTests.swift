import Caching
import Testing

struct ResponseCacheTests {
    @Test func whatIsStoredIsFoundAsItWas() {
        let cache = ResponseCache()
        #expect(cache.lookup(key("a"), now: start) == nil)
        #expect(cache.store(answer(), at: key("a")))
        #expect(cache.lookup(key("a"), now: start) == answer())
        #expect(cache.lookup(key("a", tenant: "other"), now: start) == nil)
        let stats = cache.stats
        #expect((stats.entries, stats.hits, stats.misses, stats.stores) == (1, 1, 2, 1))
        #expect(stats.bytes == answer().bytes)
    }

    @Test func anAnswerExpires() {
        let cache = ResponseCache()
        cache.store(answer(), at: key("a"), ttl: .seconds(10))
        #expect(cache.lookup(key("a"), now: start + 10 * second - 1) != nil)
        #expect(cache.lookup(key("a"), now: start + 10 * second) == nil)
        #expect(cache.stats.expirations == 1)
        #expect((cache.stats.entries, cache.stats.bytes) == (0, 0))
        #expect(!cache.store(answer(), at: key("a"), ttl: .zero))
        #expect(cache.store(answer(), at: key("a"), ttl: .seconds(Int64.max)), "a life without end does not overflow")
    }

    @Test func theClientSaysHowFreshItMustBe() {
        let cache = ResponseCache()
        cache.store(answer(), at: key("a"), ttl: .seconds(100))
        let now = start + 60 * second
        #expect(cache.lookup(key("a"), now: now, maxAge: .seconds(60)) != nil)
        #expect(cache.lookup(key("a"), now: now, maxAge: .seconds(59)) == nil)
        #expect(cache.lookup(key("a"), now: now, minFresh: .seconds(40)) != nil)
        #expect(cache.lookup(key("a"), now: now, minFresh: .seconds(41)) == nil)
        #expect(cache.lookup(key("a"), now: start - second, maxAge: .zero) != nil, "a clock that was set back")
        #expect(cache.stats.entries == 1, "too old for one client is good for another")
    }

    @Test func whatWasUsedLeastLatelyMakesRoom() {
        let one = answer().bytes
        let cache = ResponseCache(settings: CacheSettings(maxBytes: 3 * one, maxEntryBytes: one, ttl: .seconds(9)))
        for name in ["a", "b", "c"] { cache.store(answer(), at: key(name)) }
        #expect(cache.lookup(key("a"), now: start) != nil)
        cache.store(answer(), at: key("d"))
        #expect(cache.lookup(key("b"), now: start) == nil)
        for name in ["a", "c", "d"] { #expect(cache.lookup(key(name), now: start) != nil) }
        #expect(cache.stats.evictions == 1)
        #expect(!cache.store(answer("yes!"), at: key("e")), "larger than an entry may be")
        #expect(cache.stats.refusals == 1)
    }

    @Test func storingAgainReplaces() {
        let cache = ResponseCache()
        cache.store(answer("old"), at: key("a"))
        cache.store(answer("new"), at: key("a"))
        #expect(cache.lookup(key("a"), now: start) == answer("new"))
        #expect(cache.stats.bytes == answer("new").bytes)
    }

    @Test func anAnswerThatWasCaughtByAnInvalidationIsNotKept() async {
        let cache = ResponseCache()
        let before = cache.mark()
        _ = await cache.invalidate(CacheScope(model: "fast", tag: "x"))
        #expect(cache.store(answer(), at: key("a"), since: before), "another tag was meant")
        #expect(!cache.store(answer(tags: ["x"]), at: key("b"), since: before))
        #expect(cache.store(answer(tags: ["x"]), at: key("b"), since: cache.mark()))
        let old = cache.mark()
        for _ in 0..<300 { cache.invalidateMemory(CacheScope(model: "other")) }
        #expect(!cache.store(answer(), at: key("c"), since: old), "too long ago to know, so rather not")
    }

    /// The table against a plain list, with random steps.
    @Test(arguments: 1...6) func itBehavesLikeAPlainList(seed: UInt64) async {
        struct Item {
            var key: CacheKey
            var response: CachedResponse
        }
        var dice = Dice(seed)
        let size = answer(model: "m0", tenant: "t0", tags: ["g0"]).bytes
        let cache = ResponseCache(
            settings: CacheSettings(maxBytes: 40 * size, maxEntryBytes: 1 << 20, ttl: .seconds(1_000_000)))
        // From the least to the most lately used.
        var list: [Item] = []
        for _ in 0..<3000 {
            let name = key("\(Int.random(in: 0..<80, using: &dice))")
            switch Int.random(in: 0..<100, using: &dice) {
            case 0..<50:
                let tags = (0..<3).filter { _ in Bool.random(using: &dice) }.map { "g\($0)" }
                let tenant = Bool.random(using: &dice) ? "t\(Int.random(in: 0..<3, using: &dice))" : nil
                let text = String(repeating: "x", count: Int.random(in: 0...200, using: &dice))
                let new = answer(text, model: "m\(Int.random(in: 0..<3, using: &dice))", tenant: tenant, tags: tags)
                cache.store(new, at: name)
                list.removeAll { $0.key == name }
                list.append(Item(key: name, response: new))
                while list.reduce(0, { $0 + $1.response.bytes }) > 40 * size { list.removeFirst() }
            case 50..<97:
                let found = cache.lookup(name, now: start)
                let at = list.firstIndex { $0.key == name }
                #expect(found == at.map { list[$0].response })
                if let at { list.append(list.remove(at: at)) }
            default:
                let scope = CacheScope(
                    model: Bool.random(using: &dice) ? "m0" : nil, tenant: Bool.random(using: &dice) ? "t1" : nil,
                    tag: Int.random(in: 0..<3, using: &dice) > 0 ? "g1" : nil)
                let count = await cache.invalidate(scope).memory
                #expect(count == list.count { scope.contains($0.response) }, "\(scope)")
                list.removeAll { scope.contains($0.response) }
            }
        }
        #expect(cache.stats.entries == list.count)
        #expect(cache.stats.bytes == list.reduce(0) { $0 + $1.response.bytes })
    }

    @Test func manyAtOnceKeepTheBoundsAndTheCounts() async {
        let one = answer("0").bytes
        let cache = ResponseCache(settings: CacheSettings(maxBytes: 50 * one, maxEntryBytes: 2 * one, ttl: .seconds(9)))
        await withTaskGroup(of: Void.self) { group in
            for worker in 0..<8 {
                group.addTask {
                    var dice = Dice(UInt64(worker))
                    for round in 0..<2000 {
                        let number = Int.random(in: 0..<100, using: &dice)
                        let name = key("\(number)")
                        if let found = cache.lookup(name, now: start) {
                            #expect(found.model == "m\(number % 5)", "the answer of another key")
                        } else {
                            cache.store(answer("\(number % 10)", model: "m\(number % 5)"), at: name)
                        }
                        if round % 200 == 0 { cache.invalidateMemory(CacheScope(model: "m\(worker % 5)")) }
                        if round % 900 == 0 { cache.invalidateMemory(.everything) }
                    }
                }
            }
        }
        let stats = cache.stats
        #expect(stats.bytes <= 50 * one)
        #expect(stats.hits + stats.misses == 16_000)
        #expect(stats.entries <= Int(stats.stores) - Int(stats.evictions) - Int(stats.invalidations))
        cache.invalidateMemory(.everything)
        #expect((cache.stats.bytes, cache.stats.entries) == (0, 0))
    }
}
