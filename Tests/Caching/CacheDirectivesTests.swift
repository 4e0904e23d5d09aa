import Caching
import Testing

struct CacheDirectivesTests {
    @Test func eachDirectiveIsRead() {
        let all = CacheDirectives(parsing: "no-cache, no-store, only-if-cached, max-age=60, min-fresh=5, max-stale=9")
        #expect(all.noCache && all.noStore && all.onlyIfCached)
        #expect(!all.mayRead && !all.mayStore)
        #expect(all.maxAge == .seconds(60))
        #expect(all.minFresh == .seconds(5))
    }

    @Test func nothingSaidMeansEverythingAllowed() {
        for text in [
            "", "   ", ",,,", "max-stale", "no-transform, unheard-of=\"x, no-store\"", "no-cachet", "xno-store",
        ] {
            #expect(CacheDirectives(parsing: text) == CacheDirectives(), "\(text)")
        }
    }

    @Test func spellingAndSpaceDoNotMatter() {
        let read = CacheDirectives(parsing: "\tNo-Cache ,MAX-AGE = \"30\" , , No-STORE")
        #expect(read.noCache && read.noStore)
        #expect(read.maxAge == .seconds(30))
    }

    @Test(arguments: [
        ("max-age=10, max-age=20", 10), ("max-age=20,max-age=10", 10), ("max-age", 0), ("max-age=soon", 0),
        ("max-age=-1", 0), ("max-age=99999999999999999999999", 1 << 31), ("max-age=1\\0", 0), ("max-age=\"7", 7),
    ])
    func anAgeIsReadCarefully(text: String, seconds: Int) {
        #expect(CacheDirectives(parsing: text).maxAge == .seconds(seconds))
    }

    @Test func anyBytesAreReadToTheirEnd() {
        var dice = Dice(3)
        let letters = Array("no-cache,= \t\"\\max-age0123é")
        for _ in 0..<2000 {
            let text = String(
                (0..<Int.random(in: 0...40, using: &dice)).map { _ in letters.randomElement(using: &dice)! })
            _ = CacheDirectives(parsing: text)
        }
    }
}
