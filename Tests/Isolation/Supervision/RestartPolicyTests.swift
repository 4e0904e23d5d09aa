import Testing

@testable import Isolation

@Suite("When a plugin whose process ended is started again")
struct RestartPolicyTests {
    private static let second: Int64 = 1_000_000_000

    /// Ends at these times, and what was decided.
    private static func decisions(
        _ times: [Int64], _ settings: RestartPolicy.Settings = .init(), seed: UInt64 = 1
    ) -> [RestartPolicy.Decision] {
        let policy = Policy(settings, seed: seed)
        return times.map { policy.ended(at: $0) }
    }

    @Test("at once the first time")
    func firstAtOnce() {
        #expect(Self.decisions([5]) == [.restart(after: 0)])
    }

    @Test("after delays within growing bounds from the second time on", arguments: UInt64(0)..<200)
    func growingDelays(seed: UInt64) {
        let settings = RestartPolicy.Settings()
        let decisions = Self.decisions((0..<4).map { $0 * Self.second }, seed: seed)
        var bound = settings.base
        for decision in decisions.dropFirst() {
            guard case .restart(let delay) = decision else {
                Issue.record("\(decision) before the fifth end")
                return
            }
            #expect(delay >= bound / 2 && delay <= bound)
            bound *= 2
        }
    }

    @Test("after delays that differ, so that many plugins do not start together")
    func delaysDiffer() {
        let delays = Set((UInt64(0)..<100).map { Self.decisions([0, 1], seed: $0)[1] })
        #expect(delays.count > 90)
    }

    @Test("after no longer than the cap", arguments: UInt64(0)..<50)
    func capped(seed: UInt64) {
        let settings = RestartPolicy.Settings(limit: 20, window: 1 << 50, base: 100, cap: 1000)
        for decision in Self.decisions(Array(0..<19), settings, seed: seed) {
            guard case .restart(let delay) = decision else {
                Issue.record("\(decision) before the twentieth end")
                return
            }
            #expect(delay >= 0 && delay <= 1000)
        }
    }

    @Test("not after the fifth end within a minute: the circuit opens")
    func fiveInAMinute() {
        let decisions = Self.decisions([0, 15, 30, 45, 60].map { $0 * Self.second })
        #expect(decisions.last == .open(for: 60 * Self.second))
        #expect(!decisions.dropLast().contains { if case .open = $0 { true } else { false } })
    }

    @Test("for ever, if it never ends five times within a minute")
    func seldom() {
        for decision in Self.decisions((0..<500).map { $0 * 16 * Self.second }) {
            if case .open = decision { Issue.record("the circuit opened") }
        }
    }

    @Test("ends that are longer ago than a minute are forgotten")
    func forgotten() {
        let decisions = Self.decisions([0, 1, 2, 3, 64].map { $0 * Self.second })
        #expect(decisions.last == .restart(after: 0))
    }

    @Test("after a cool-down once, whose failure doubles it, up to its longest")
    func coolDownDoubles() {
        let settings = RestartPolicy.Settings()
        let policy = Policy(settings)
        var now: Int64 = 0
        for _ in 0..<4 { _ = policy.ended(at: now) }
        var expected = settings.coolDown
        for _ in 0..<8 {
            #expect(policy.ended(at: now) == .open(for: expected))
            // The next attempt is made after the cool-down, and lasts half a second.
            now += expected + Self.second / 2
            expected = min(expected * 2, settings.longestCoolDown)
        }
        #expect(expected == settings.longestCoolDown)
    }

    @Test("as if nothing had been, once it has lasted a minute after a cool-down")
    func lasting() {
        let settings = RestartPolicy.Settings()
        let policy = Policy(settings)
        for _ in 0..<5 { _ = policy.ended(at: 0) }
        var now = settings.coolDown + settings.window + Self.second
        #expect(policy.ended(at: now) == .restart(after: 0))
        for _ in 0..<3 { _ = policy.ended(at: now) }
        #expect(policy.ended(at: now) == .open(for: settings.coolDown))
        now += settings.coolDown + Self.second
        #expect(policy.ended(at: now) == .open(for: 2 * settings.coolDown))
    }

    @Test("as if nothing had been, when the operator asks")
    func reset() {
        let settings = RestartPolicy.Settings()
        let policy = Policy(settings)
        for _ in 0..<7 { _ = policy.ended(at: 0) }
        policy.reset()
        #expect(policy.ended(at: 1) == .restart(after: 0))
        for _ in 0..<3 { _ = policy.ended(at: 1) }
        #expect(policy.ended(at: 1) == .open(for: settings.coolDown))
    }

    @Test("within its bounds, whenever it ends", arguments: UInt64(0)..<100)
    func withinBounds(seed: UInt64) {
        let settings = RestartPolicy.Settings()
        let policy = Policy(settings, seed: seed)
        var random = SeededBytes(seed: ~seed)
        var now: Int64 = 0
        var lately: [Int64] = []
        for _ in 0..<300 {
            now += Int64.random(in: 0...(Bool.random(using: &random) ? 5 : 100) * Self.second, using: &random)
            lately = lately.filter { now - $0 <= settings.window } + [now]
            switch policy.ended(at: now) {
            case .restart(let delay):
                #expect(delay >= 0 && delay <= settings.cap)
                #expect(lately.count < settings.limit, "five ends within a minute, and still restarted")
                now += delay
            case .open(let duration):
                #expect(duration >= settings.coolDown && duration <= settings.longestCoolDown)
                now += duration
            }
        }
    }
}

/// A policy and its dice. A class, so that expectations can ask it.
private final class Policy {
    private var policy: RestartPolicy
    private var random: SeededBytes

    init(_ settings: RestartPolicy.Settings, seed: UInt64 = 1) {
        policy = RestartPolicy(settings)
        random = SeededBytes(seed: seed)
    }

    func ended(at now: Int64) -> RestartPolicy.Decision { policy.ended(at: now, using: &random) }
    func reset() { policy.reset() }
}
