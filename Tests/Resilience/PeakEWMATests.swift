import Resilience
import Testing

struct PeakEWMATests {
    @Test func isUnknownUntilTheFirstRecord() {
        let average = PeakEWMA()
        #expect(average.latency(now: second) == 0)
        #expect(average.cost(now: second, outstanding: 5) == 0)
    }

    @Test func aSlowAnswerCountsAtOnceAndAQuickOneSlowly() {
        var average = PeakEWMA()
        average.record(100 * millisecond, now: second)
        average.record(900 * millisecond, now: second)
        #expect(average.latency(now: second) == 9e8)
        average.record(100 * millisecond, now: second + 100 * millisecond)
        #expect(average.latency(now: second + 100 * millisecond) > 8.8e8)
    }

    @Test func fadesByAFactorOfEInItsTime() {
        var average = PeakEWMA(decay: 10 * second)
        average.record(second, now: second)
        #expect(abs(average.latency(now: 11 * second) - 367_879_441) < 1)
        #expect(average.latency(now: 0) == 1e9, "an earlier reading of the clock changes nothing")
    }

    @Test func settlesBetweenTheLatenciesThatItSees() {
        var average = PeakEWMA(decay: second)
        var random = SeededRandom(3)
        var now: Int64 = 0
        average.record(5 * second, now: now)
        for _ in 0..<2000 {
            now += 10 * millisecond
            average.record(Int64.random(in: 100...200, using: &random) * millisecond, now: now)
        }
        #expect((1e8...2e8).contains(average.latency(now: now)))
    }

    @Test func costGrowsWithTheCallsThatAreOut() {
        var average = PeakEWMA()
        average.record(second, now: 0)
        #expect(average.cost(now: 0, outstanding: 0) == 1e9)
        #expect(average.cost(now: 0, outstanding: 3) == 4e9)
        #expect(average.cost(now: 0, outstanding: -1) == 1e9)
    }
}
