import Resilience
import Testing

/// Random calls with random ends, times and losses, held against the model.
struct CircuitBreakerPropertyTests {
    private struct Pending {
        let id: Int
        let permit: CircuitBreaker.Permit
        let call: ModelBreaker.Call
    }

    private static func settings(_ random: inout SeededRandom) -> CircuitBreaker.Settings {
        var settings = CircuitBreaker.Settings()
        settings.minimumCalls = Int.random(in: 1...12, using: &random)
        settings.errorRate = [0.1, 0.25, 0.5, 1, 2].randomElement(using: &random) ?? 0.5
        settings.slowCall = random.chance(0.5) ? 800 * millisecond : 0
        settings.slowRate = [0.3, 0.8].randomElement(using: &random) ?? 0.8
        settings.probes = Int.random(in: 1...4, using: &random)
        settings.probeLease = 7 * second
        return settings
    }

    @Test(arguments: 1...300) func agreesWithTheModel(seed: Int) {
        var random = SeededRandom(UInt64(seed))
        let settings = Self.settings(&random)
        var breaker = CircuitBreaker(settings)
        var model = ModelBreaker(settings)
        var now = Int64.random(in: 0...(100 * second), using: &random)
        var pending: [Pending] = []
        var sick = false
        var changes = 0
        for id in 0..<600 {
            if random.chance(0.02) { sick.toggle() }
            if random.chance(0.7) { now += Int64.random(in: 0...(400 * millisecond), using: &random) }
            if random.chance(0.01) { now += Int64.random(in: 0...(70 * second), using: &random) }
            checkState(breaker, model, now)

            if random.chance(0.5) || pending.isEmpty {
                let expected = model.admits(now)
                #expect(breaker.wouldAdmit(now: now) == expected)
                switch breaker.admit(now: now) {
                case .admitted(let permit):
                    #expect(expected, "admitted while it is \(model.phase) at \(now)")
                    let call = model.admit(id, now)
                    #expect(permit.isProbe == call.isProbe)
                    pending.append(Pending(id: id, permit: permit, call: call))
                case .refused(let until):
                    #expect(!expected, "refused while it is \(model.phase) at \(now)")
                    #expect(until > now)
                    #expect(until <= now + settings.longestOpen)
                }
            } else {
                let index = Int.random(in: 0..<pending.count, using: &random)
                let one = pending.remove(at: index)
                // Some never come back.
                if random.chance(0.05) { continue }
                let outcome: CircuitBreaker.Outcome =
                    random.chance(0.1) ? .ignored : random.chance(sick ? 0.9 : 0.02) ? .failure : .success
                let duration = Int64.random(in: 0...((sick ? 1000 : 810) * millisecond), using: &random)
                let expected = model.record(one.id, one.call, outcome, duration, now)
                let transition = breaker.record(one.permit, outcome, duration: duration, now: now, using: &random)
                check(transition, expected, now)
                if case .opened(let until) = transition { model.opened(until: until) }
                if transition != nil { changes += 1 }
            }
        }
        if settings.errorRate <= 0.25 { #expect(changes > 2, "the run came nowhere") }
    }

    private func checkState(_ breaker: CircuitBreaker, _ model: ModelBreaker, _ now: Int64) {
        switch model.phase {
        case .closed: #expect(breaker.state(now: now) == .closed)
        case .halfOpen: #expect(breaker.state(now: now) == .halfOpen)
        case .open(let until):
            #expect(breaker.state(now: now) == (now < until ? .open(until: until) : .halfOpen))
        }
    }

    private func check(_ transition: CircuitBreaker.Transition?, _ expected: ModelBreaker.Expected, _ now: Int64) {
        switch (transition, expected) {
        case (nil, .nothing), (.closed, .closes): break
        case (.opened(let until), .opens(let time)):
            #expect(until - now >= time - time / 5)
            #expect(until - now <= time)
        default: Issue.record("the breaker said \(String(describing: transition)), the model \(expected)")
        }
    }
}
