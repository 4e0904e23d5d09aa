import Resilience
import Testing

struct BackoffTests {
    private var random = SeededRandom(7)
    private let backoff = Backoff()

    @Test(arguments: [(0, 250), (1, 500), (2, 1000), (4, 4000), (5, 8000), (6, 8000), (1000, 8000), (-3, 250)])
    mutating func delaysFillTheSpanOfTheirAttempt(attempt: Int, bound: Int64) {
        var quarters = [0, 0, 0, 0]
        for _ in 0..<4000 {
            let delay = backoff.delay(attempt: attempt, retryAfter: nil, using: &random)
            #expect((0...bound * millisecond).contains(delay))
            quarters[min(3, Int(delay * 4 / (bound * millisecond)))] += 1
        }
        // A thousand each; the standard deviation is 27.
        for count in quarters { #expect((850...1150).contains(count), "\(quarters)") }
    }

    @Test mutating func whatTheUpstreamAsksForIsTheLeastAndATenthMoreTheMost() {
        var delays: Set<Int64> = []
        for _ in 0..<1000 {
            let delay = backoff.delay(attempt: 0, retryAfter: 30 * second, using: &random)
            #expect((30 * second...33 * second).contains(delay))
            delays.insert(delay)
        }
        #expect(delays.count > 900)
    }

    @Test mutating func nothingAskedForAndExtremesAreHarmless() {
        #expect(backoff.delay(attempt: 3, retryAfter: .max, using: &random) >= .max - .max / 10)
        #expect(backoff.delay(attempt: 0, retryAfter: 0, using: &random) <= 250 * millisecond)
        #expect(backoff.delay(attempt: 0, retryAfter: -5, using: &random) <= 250 * millisecond)
        #expect(Backoff(base: 0, cap: 0).delay(attempt: 9, retryAfter: nil, using: &random) == 0)
        #expect(Backoff(base: .max, cap: .max).delay(attempt: .max, retryAfter: nil, using: &random) >= 0)
        #expect(Backoff(base: 10, cap: 5).delay(attempt: 0, retryAfter: nil, using: &random) <= 5)
    }
}
