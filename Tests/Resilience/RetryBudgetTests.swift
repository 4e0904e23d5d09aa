import Resilience
import Testing

struct RetryBudgetTests {
    @Test func withoutTimeOrSavingsOneRetryForFiveRequests() {
        var budget = RetryBudget(.init(ratio: 0.2, minimumPerSecond: 0, burst: 1), now: 0)
        #expect(budget.withdraw(now: 0) == true, "the burst")
        for _ in 0..<100 {
            for _ in 0..<4 {
                budget.deposit(now: 0)
                #expect(budget.withdraw(now: 0) == false)
            }
            budget.deposit(now: 0)
            #expect(budget.withdraw(now: 0) == true)
        }
    }

    @Test func whatManyRequestsHavePaidIsThereWhenManyFailAtOnce() {
        var budget = RetryBudget(.init(ratio: 0.2, minimumPerSecond: 0, burst: 100, start: 10), now: 0)
        #expect(budget.available(now: 0) == 10)
        for _ in 0..<500 { budget.deposit(now: 0) }
        for _ in 0..<100 { #expect(budget.withdraw(now: 0) == true) }
        #expect(budget.withdraw(now: 0) == false, "no more than the burst")
    }

    @Test func timeAloneAllowsTheMinimum() {
        var budget = RetryBudget(.init(ratio: 0, minimumPerSecond: 10, burst: 3), now: 5 * second)
        for _ in 0..<3 { #expect(budget.withdraw(now: 5 * second) == true) }
        #expect(budget.withdraw(now: 5 * second + 100 * millisecond - 1) == false)
        #expect(budget.withdraw(now: 5 * second + 100 * millisecond) == true)
        #expect(budget.available(now: 100 * second) == 3, "no more than the burst is saved")
    }

    @Test func looksInSmallStepsLoseNothing() {
        var budget = RetryBudget(.init(ratio: 0, minimumPerSecond: 0.001, burst: 1), now: 0)
        #expect(budget.withdraw(now: 0) == true)
        var now: Int64 = 0
        while now < 999 * second {
            now += 99_999
            if now % 7 == 0 { #expect(budget.available(now: now) == 0) }
            if now % 5 == 0 { #expect(budget.withdraw(now: now) == false) }
        }
        // Each look may round off a billionth of a token.
        #expect(budget.withdraw(now: 1011 * second) == true)
    }

    @Test func noBurstMeansNoRetries() {
        var budget = RetryBudget(.init(ratio: 1, minimumPerSecond: 100, burst: 0), now: 0)
        for i in 0..<100 {
            budget.deposit(now: Int64(i) * second)
            #expect(budget.withdraw(now: Int64(i) * second) == false)
        }
    }

    @Test(arguments: 1...200) func retriesNeverExceedWhatWasPaidFor(seed: Int) {
        var random = SeededRandom(UInt64(seed))
        let settings = RetryBudget.Settings(
            ratio: Double.random(in: 0...1, using: &random),
            minimumPerSecond: random.chance(0.3) ? 0 : Double.random(in: 0...20, using: &random),
            burst: Double.random(in: 1...50, using: &random))
        let start = Int64.random(in: 0...(1000 * second), using: &random)
        var budget = RetryBudget(settings, now: start)
        var now = start
        var requests = 0.0
        var retries = 0.0
        var refused = 0
        for _ in 0..<3000 {
            now += Int64.random(in: 0...(30 * millisecond), using: &random)
            if random.chance(0.001) { now += 60 * second }
            // Two threads come in another order than they read the clock.
            let read = now - (random.chance(0.1) ? Int64.random(in: 0...min(now, millisecond), using: &random) : 0)
            if random.chance(0.5) {
                budget.deposit(now: read)
                requests += 1
            } else if budget.withdraw(now: read) {
                retries += 1
            } else {
                refused += 1
            }
            let elapsed = Double(now - start) / 1e9
            let paid = settings.ratio * requests + settings.minimumPerSecond * elapsed + settings.burst
            #expect(retries <= paid + 1e-4)
        }
        if settings.ratio < 0.5, settings.minimumPerSecond < 5 { #expect(refused > 0, "the run tested nothing") }
    }
}
