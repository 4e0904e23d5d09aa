import Resilience
import Testing

struct CircuitBreakerTests {
    private var random = SeededRandom(1)
    private var breaker = CircuitBreaker()

    private mutating func permit(_ now: Int64) throws -> CircuitBreaker.Permit {
        guard case .admitted(let permit) = breaker.admit(now: now) else { throw Refused() }
        return permit
    }

    private struct Refused: Error {}

    private mutating func call(
        _ outcome: CircuitBreaker.Outcome, lasting duration: Int64 = 0, now: Int64
    ) throws -> CircuitBreaker.Transition? {
        let permit = try permit(now)
        return breaker.record(permit, outcome, duration: duration, now: now, using: &random)
    }

    /// Opens the breaker at `now` and returns when it may be probed.
    private mutating func open(now: Int64) throws -> Int64 {
        for _ in 0..<10 {
            if case .opened(let until) = try call(.failure, now: now) { return until }
        }
        throw Refused()
    }

    @Test mutating func staysClosedWithFewerCallsThanRatesNeed() throws {
        for _ in 0..<9 { #expect(try call(.failure, now: second) == nil) }
        #expect(breaker.state(now: second) == .closed)
        #expect(try call(.success, now: second) != nil, "nine of ten have failed")
    }

    @Test mutating func failuresThatTheWindowHasLeftBehindCountNoMore() throws {
        for _ in 0..<9 { #expect(try call(.failure, now: 0) == nil) }
        for _ in 0..<9 { #expect(try call(.failure, now: 10 * second) == nil) }
        #expect(try call(.failure, now: 19 * second + 999 * millisecond) != nil, "the second nine are still in it")
    }

    @Test mutating func opensWhenNothingButFailuresComesThoughMostOfTheWindowWasWell() throws {
        for _ in 0..<1000 { #expect(try call(.success, now: second) == nil) }
        for _ in 0..<9 { #expect(try call(.failure, now: second + 500 * millisecond) == nil) }
        #expect(
            try call(.failure, now: second + 500 * millisecond) != nil, "ten in a row, half a second after a success")
    }

    @Test mutating func aBurstOfFailuresRightAfterASuccessDoesNotOpenIt() throws {
        for _ in 0..<1000 { #expect(try call(.success, now: second) == nil) }
        for _ in 0..<100 { #expect(try call(.failure, now: second + 200 * millisecond) == nil) }
        #expect(try call(.success, now: second + 300 * millisecond) == nil)
        for _ in 0..<9 { #expect(try call(.failure, now: 2 * second) == nil) }
        #expect(breaker.state(now: 2 * second) == .closed, "nine in a row say nothing")
    }

    @Test mutating func ignoredResultsCountForNothing() throws {
        for _ in 0..<100 { #expect(try call(.ignored, now: second) == nil) }
        for _ in 0..<9 { #expect(try call(.failure, now: second) == nil) }
        #expect(breaker.state(now: second) == .closed)
    }

    @Test mutating func slowCallsOpenIt() throws {
        var settings = CircuitBreaker.Settings()
        settings.slowCall = 2 * second
        breaker = CircuitBreaker(settings)
        for _ in 0..<2 { #expect(try call(.success, lasting: 2 * second - 1, now: second) == nil) }
        for _ in 0..<7 { #expect(try call(.success, lasting: 2 * second, now: second) == nil) }
        #expect(try call(.success, lasting: 2 * second, now: second) != nil, "eight of ten were slow")
    }

    @Test mutating func opensForFourFifthsToAllOfTheTimeAndTwiceAsLongAfterEachFailedRound() throws {
        var now = try open(now: second)
        #expect((5 * second...6 * second).contains(now))
        for due in [10, 20, 40, 60, 60] as [Int64] {
            #expect(throws: Refused.self) { _ = try permit(now - 1) }
            guard case .opened(let until) = try call(.failure, now: now) else {
                Issue.record("a failed probe did not open the breaker")
                return
            }
            #expect((due * second * 4 / 5...due * second).contains(until - now))
            now = until
        }
        #expect(try call(.success, now: now) == nil)
        #expect(try call(.success, now: now) == .closed)
        let again = try open(now: now) - now
        #expect((4 * second...5 * second).contains(again), "closing forgets the failed rounds")
    }

    @Test mutating func jitterSpreadsTheEnds() throws {
        var ends: Set<Int64> = []
        for _ in 0..<50 {
            breaker = CircuitBreaker()
            ends.insert(try open(now: 0))
        }
        #expect(ends.count > 40)
    }

    @Test mutating func atMostTwoProbesAtATimeAndBothMustSucceed() throws {
        let now = try open(now: 0)
        let first = try permit(now)
        let second = try permit(now)
        #expect(first.isProbe && second.isProbe)
        #expect(throws: Refused.self) { _ = try permit(now) }
        #expect(breaker.record(first, .success, duration: 0, now: now, using: &random) == nil)
        #expect(throws: Refused.self) { _ = try permit(now) }
        #expect(breaker.record(second, .success, duration: 0, now: now, using: &random) == .closed)
        #expect(try permit(now).isProbe == false)
    }

    @Test mutating func anIgnoredProbeMakesRoomForAnother() throws {
        let now = try open(now: 0)
        let first = try permit(now)
        _ = try permit(now)
        #expect(breaker.record(first, .ignored, duration: 0, now: now, using: &random) == nil)
        #expect(breaker.wouldAdmit(now: now))
        #expect(try permit(now).isProbe)
        #expect(!breaker.wouldAdmit(now: now))
    }

    @Test mutating func probesThatNeverComeBackDoNotKeepItFromClosing() throws {
        let now = try open(now: 0)
        _ = try permit(now)
        _ = try permit(now)
        #expect(throws: Refused.self) { _ = try permit(now + 60 * second - 1) }
        let later = now + 60 * second
        #expect(try call(.success, now: later) == nil)
        #expect(try call(.success, now: later) == .closed)
    }

    @Test mutating func probesThatOutlastTheirLeaseStillCloseIt() throws {
        let now = try open(now: 0)
        let slow = [try permit(now), try permit(now)]
        let later = now + 61 * second
        let late = [try permit(later), try permit(later)]
        #expect(breaker.record(slow[0], .success, duration: 0, now: later, using: &random) == nil)
        #expect(breaker.record(slow[1], .success, duration: 0, now: later, using: &random) == .closed)
        #expect(breaker.record(late[0], .failure, duration: 0, now: later, using: &random) == nil)
        #expect(breaker.state(now: later) == .closed)
    }

    @Test mutating func resultsFromBeforeATransitionChangeNothing() throws {
        let old = try (0..<20).map { _ in try permit(0) }
        let until = try open(now: 0)
        for permit in old.prefix(10) {
            #expect(breaker.record(permit, .success, duration: 0, now: 0, using: &random) == nil)
        }
        #expect(breaker.state(now: 0) == .open(until: until))
        for _ in 0..<2 { _ = try call(.success, now: until) }
        for permit in old.suffix(10) {
            #expect(breaker.record(permit, .failure, duration: 0, now: until, using: &random) == nil)
        }
        #expect(breaker.state(now: until) == .closed)
    }

    @Test mutating func aClockReadBeforeTheLatestOneIsTakenAsTheLatest() throws {
        for _ in 0..<9 { _ = try call(.failure, now: 100 * second) }
        #expect(try call(.failure, now: 99 * second) != nil)
    }
}
