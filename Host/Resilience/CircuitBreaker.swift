/// Keeps calls away from an upstream that fails or drags, and lets a few through now and then to see whether it has
/// recovered (Nygard, "Release It!"; the rates over a window are those of resilience4j's CircuitBreaker).
///
/// - Closed: every call is admitted and counted. Opens as soon as a result brings a rate over its threshold, or when
///   nothing but failures has come for a while: the successes from before an upstream began to hang would otherwise keep
///   the rate down until the window has left them behind.
/// - Open: no call is admitted until the time is over. There is no timer: the next one that asks finds out.
/// - Half-open: at most `probes` calls at a time are admitted. When as many have succeeded, the breaker closes; the
///   first that fails, or is slow where slow calls count, opens it again for twice as long.
///
/// A pure value: times are nanoseconds of one monotonic clock that the caller reads. No operation allocates.
package struct CircuitBreaker: Sendable {
    package enum State: Sendable, Equatable {
        case closed
        case open(until: Int64)
        case halfOpen
    }

    /// The right to make one call. Give it back once, with `record`, whatever became of the call.
    package struct Permit: Sendable {
        fileprivate let generation: UInt64
        /// 0 for a call through a closed breaker.
        fileprivate let probe: UInt64

        /// Whether the call tries a half-open breaker.
        package var isProbe: Bool { probe != 0 }
    }

    package enum Admission: Sendable {
        case admitted(Permit)
        /// Ask again at `until`, or earlier: probes that are out may come back and close the breaker before.
        case refused(until: Int64)
    }

    package enum Outcome: Sendable {
        case success
        case failure
        /// Says nothing about the upstream: the client left, the request was at fault, a rate limit was reached.
        case ignored
    }

    package enum Transition: Sendable, Equatable {
        case opened(until: Int64)
        case closed
    }

    private let settings: Settings
    private var phase = State.closed
    /// Changes with every transition, so that results of calls from before it are recognised.
    private var generation: UInt64 = 0
    private var counts: RollingCounts
    /// Failures since the latest success, as far as the window reaches.
    private var failuresInARow = 0
    private var latestSuccess = Int64.min
    /// Rounds of probes that have failed since the breaker was last closed.
    private var failedRounds = 0
    private var probes: ProbeRound

    package init(_ settings: Settings = Settings()) {
        self.settings = settings
        counts = RollingCounts(window: settings.window)
        probes = ProbeRound(size: settings.probes)
    }

    /// Where the breaker stands. One whose time is over is half-open, although nobody has asked yet.
    package func state(now: Int64) -> State {
        if case .open(let until) = phase, now >= until { return .halfOpen }
        return phase
    }

    /// Whether `admit` would admit, for choosing among upstreams without taking a permit.
    package func wouldAdmit(now: Int64) -> Bool {
        switch phase {
        case .closed: return true
        case .open(let until): return now >= until
        case .halfOpen: return probes.hasRoom(now: now)
        }
    }

    package mutating func admit(now: Int64) -> Admission {
        switch phase {
        case .closed:
            return .admitted(Permit(generation: generation, probe: 0))
        case .open(let until):
            guard now >= until else { return .refused(until: until) }
            enter(.halfOpen)
        case .halfOpen:
            break
        }
        guard let probe = probes.take(until: now + max(1, settings.probeLease), now: now) else {
            return .refused(until: min(probes.earliestEnd(now: now), now + max(1, settings.openFor)))
        }
        return .admitted(Permit(generation: generation, probe: probe))
    }

    /// Gives a permit back with what became of the call. A permit from before the latest transition changes nothing.
    ///
    /// - Parameter duration: how long the call lasted, in nanoseconds.
    /// - Parameter random: spreads the ends of the open time, so that many breakers do not probe at once.
    /// - Returns: what the result has changed.
    package mutating func record(
        _ permit: Permit, _ outcome: Outcome, duration: Int64, now: Int64,
        using random: inout some RandomNumberGenerator
    ) -> Transition? {
        guard permit.generation == generation else { return nil }
        let isSlow = settings.slowCall > 0 && duration >= settings.slowCall
        if permit.isProbe {
            probes.giveBack(permit.probe)
            if outcome == .ignored { return nil }
            if outcome == .failure || isSlow {
                failedRounds += 1
                return open(now: now, using: &random)
            }
            guard probes.succeed() else { return nil }
            failedRounds = 0
            counts.reset()
            enter(.closed)
            return .closed
        }
        if outcome == .ignored { return nil }
        counts.add(isFailure: outcome == .failure, isSlow: isSlow, now: now)
        if outcome == .failure {
            failuresInARow = min(failuresInARow + 1, counts.total.failures)
        } else {
            failuresInARow = 0
            latestSuccess = max(latestSuccess, now)
        }
        return hasTripped || isSilent(now) ? open(now: now, using: &random) : nil
    }

    /// Whether as many calls as say something have failed, one after the other, and none has succeeded for a fortieth of
    /// the window: long enough that a burst of broken connections, of calls that ran at once, is not taken for it.
    private func isSilent(_ now: Int64) -> Bool {
        guard settings.errorRate <= 1, failuresInARow >= settings.minimumCalls else { return false }
        return latestSuccess < now - settings.window / 40
    }

    private var hasTripped: Bool {
        let total = counts.total
        guard total.calls >= settings.minimumCalls else { return false }
        let calls = Double(total.calls)
        if Double(total.failures) >= settings.errorRate * calls { return true }
        return settings.slowCall > 0 && Double(total.slow) >= settings.slowRate * calls
    }

    private mutating func enter(_ next: State) {
        phase = next
        generation += 1
        failuresInARow = 0
        probes.reset()
    }

    /// For four fifths to the whole of the time that is due, so that jitter never exceeds the longest one.
    private mutating func open(now: Int64, using random: inout some RandomNumberGenerator) -> Transition {
        var due = max(1, settings.openFor)
        let longest = max(due, settings.longestOpen)
        for _ in 0..<min(failedRounds, 62) where due < longest { due = due > longest / 2 ? longest : due * 2 }
        let until = now + due - random.draw(upTo: due / 5)
        enter(.open(until: until))
        return .opened(until: until)
    }
}
