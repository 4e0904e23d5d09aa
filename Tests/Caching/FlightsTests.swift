import Caching
import Testing

/// The limit is only there so that broken flights do not hold the run up: while tests of other suites hold the runtime,
/// minutes can go by between two lines of a test.
@Suite(.timeLimit(.minutes(20))) struct FlightsTests {
    private func asLeader(_ seat: Flights.Seat) -> FlightLeader? {
        if case .leader(let leader) = seat { leader } else { nil }
    }
    private func asFollower(_ seat: Flights.Seat) -> Flight? {
        if case .follower(let flight) = seat { flight } else { nil }
    }

    /// Until so many wait. Yields instead of sleeping.
    private func waiters(_ count: Int, of flight: Flight) async {
        while flight.waiterCount < count { await Task.yield() }
    }

    @Test func allWhoWaitGetTheLeadersAnswer() async throws {
        let flights = Flights()
        let leader = try #require(asLeader(flights.join(key("a"))))
        #expect(asLeader(flights.join(key("b"))) != nil, "another key has a leader of its own")
        let flight = try #require(asFollower(flights.join(key("a"))))
        await withTaskGroup(of: FlightOutcome.self) { group in
            for _ in 0..<10 { group.addTask { await flight.outcome() } }
            await waiters(10, of: flight)
            leader.finish(.stored(answer()))
            leader.finish(.abandoned(.failed))
            for await outcome in group { #expect(outcome == .stored(answer())) }
        }
        #expect(await flight.outcome() == .stored(answer()), "one who comes late does not wait")
        #expect(flights.count == 0)
        #expect(asLeader(flights.join(key("a"))) != nil)
    }

    @Test func aLeaderThatGoesAwayAbandons() async throws {
        let flights = Flights()
        var seat: Flights.Seat? = flights.join(key("a"))
        #expect(seat.flatMap { asLeader($0) } != nil)
        let flight = try #require(asFollower(flights.join(key("a"))))
        async let outcome = flight.outcome()
        await waiters(1, of: flight)
        seat = nil
        #expect(await outcome == .abandoned(.failed))
        #expect(asLeader(flights.join(key("a"))) != nil, "the key is free again")
    }

    @Test func aCancelledFollowerReturnsAtOnce() async throws {
        let flights = Flights()
        let leader = try #require(asLeader(flights.join(key("a"))))
        let flight = try #require(asFollower(flights.join(key("a"))))
        let waiting = Task { await flight.outcome() }
        await waiters(1, of: flight)
        waiting.cancel()
        #expect(await waiting.value == .gaveUp)
        #expect(flight.waiterCount == 0)
        let late = Task {
            // Cancelled before it begins to wait.
            withUnsafeCurrentTask { $0?.cancel() }
            return await flight.outcome()
        }
        #expect(await late.value == .gaveUp)
        leader.finish(.abandoned(.notShareable))
        #expect(await flight.outcome() == .abandoned(.notShareable))
    }

    @Test func aDeadlineEndsTheWaitAndNotTheFlight() async throws {
        let flights = Flights()
        let leader = try #require(asLeader(flights.join(key("a"))))
        let flight = try #require(asFollower(flights.join(key("a"))))
        #expect(await flight.outcome(until: {}) == .gaveUp)
        #expect(flight.waiterCount == 0)
        async let outcome = flight.outcome { try await Task.sleep(for: .seconds(3600)) }
        await waiters(1, of: flight)
        leader.finish(.stored(answer()))
        #expect(await outcome == .stored(answer()))
    }

    /// Requests as the host makes them: look up, join, lead or follow, with leaders that fail, vanish or cannot share,
    /// and followers that are cancelled. That it ends at all shows that nobody waits for ever.
    @Test(arguments: 1...4) func oneLeaderAtATimeAndNobodyWaitsForEver(seed: UInt64) async {
        let (flights, cache) = (Flights(), ResponseCache())
        let keys = (0..<3).map { key("\($0)") }
        let leading = keys.map { _ in Tally() }
        await withTaskGroup(of: Bool.self) { group in
            for number in 0..<400 {
                group.addTask {
                    var dice = Dice(seed << 32 | UInt64(number))
                    let which = number % keys.count
                    let isCancelled = Int.random(in: 0..<5, using: &dice) == 0
                    let seed = dice.next()
                    let work = Task {
                        await ask(keys[which], cache, flights, leading[which], seed)
                    }
                    if isCancelled {
                        for _ in 0..<Int.random(in: 0..<20, using: &dice) { await Task.yield() }
                        work.cancel()
                    }
                    let isAnswered = await work.value
                    return isAnswered || isCancelled
                }
            }
            for await isWell in group { #expect(isWell, "a request without an answer that nobody cancelled") }
        }
        #expect(flights.count == 0)
        for tally in leading {
            #expect(tally.most == 1, "two leaders of one key at a time")
            #expect(tally.sum >= 1)
        }
    }
}

/// One request. True when it was answered, from wherever.
private func ask(
    _ key: CacheKey, _ cache: ResponseCache, _ flights: Flights, _ leading: Tally, _ seed: UInt64
) async -> Bool {
    var dice = Dice(seed)
    while true {
        if cache.lookup(key, now: start) != nil { return true }
        switch flights.join(key) {
        case .follower(let flight):
            switch await flight.outcome() {
            case .stored, .abandoned(.notShareable): return true
            case .abandoned(.failed): continue
            case .gaveUp: return false
            }
        case .leader(let leader):
            leading.enter()
            for _ in 0..<Int.random(in: 0..<10, using: &dice) { await Task.yield() }
            leading.leave()
            switch Int.random(in: 0..<8, using: &dice) {
            case 0..<5: leader.finish(.abandoned(.failed))
            case 5: leader.finish(.abandoned(.notShareable))
            case 6: return true  // It vanishes.
            default:
                cache.store(answer(), at: key)
                leader.finish(.stored(answer()))
            }
            return true
        }
    }
}
