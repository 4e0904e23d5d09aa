import Resilience

/// What a circuit breaker is to do, told in the plainest way: every result is kept, every rate is counted anew.
struct ModelBreaker {
    struct Call {
        let generation: Int
        let isProbe: Bool
        let leaseEnd: Int64
    }

    private struct Result {
        let step: Int64
        let failed: Bool
        let slow: Bool
    }

    enum Phase: Equatable {
        case closed
        case open(until: Int64)
        case halfOpen
    }

    let settings: CircuitBreaker.Settings
    private(set) var phase = Phase.closed
    private var generation = 0
    private var results: [Result] = []
    private var latestSuccess = Int64.min
    private var probesOut: [Int: Int64] = [:]
    private var recovered = 0
    private(set) var failedRounds = 0

    init(_ settings: CircuitBreaker.Settings) { self.settings = settings }

    func admits(_ now: Int64) -> Bool {
        switch phase {
        case .closed: return true
        case .open(let until): return now >= until
        case .halfOpen: return probesOut.values.count { $0 > now } + recovered < settings.probes
        }
    }

    /// The model's own record of call `id`, which was admitted.
    mutating func admit(_ id: Int, _ now: Int64) -> Call {
        if case .open = phase { turn(.halfOpen) }
        guard phase == .halfOpen else { return Call(generation: generation, isProbe: false, leaseEnd: 0) }
        probesOut[id] = now + settings.probeLease
        return Call(generation: generation, isProbe: true, leaseEnd: now + settings.probeLease)
    }

    enum Expected: Equatable {
        case nothing
        case closes
        /// For this long, before jitter.
        case opens(Int64)
    }

    mutating func record(
        _ id: Int, _ call: Call, _ outcome: CircuitBreaker.Outcome, _ duration: Int64, _ now: Int64
    ) -> Expected {
        guard call.generation == generation else { return .nothing }
        probesOut[id] = nil
        guard outcome != .ignored else { return .nothing }
        let slow = settings.slowCall > 0 && duration >= settings.slowCall
        if call.isProbe {
            if outcome == .failure || slow {
                failedRounds += 1
                return .opens(openTime)
            }
            recovered += 1
            guard recovered == settings.probes else { return .nothing }
            failedRounds = 0
            turn(.closed)
            return .closes
        }
        let step = now / (settings.window / 10)
        results.append(Result(step: step, failed: outcome == .failure, slow: slow))
        results.removeAll { $0.step <= step - 10 }
        if outcome != .failure { latestSuccess = now }
        let calls = Double(results.count)
        guard results.count >= settings.minimumCalls else { return .nothing }
        let tooManyFail = Double(results.count { $0.failed }) / calls >= settings.errorRate
        let tooManySlow = settings.slowCall > 0 && Double(results.count { $0.slow }) / calls >= settings.slowRate
        let row = results.reversed().prefix { $0.failed }.count
        let silent =
            outcome == .failure && settings.errorRate <= 1 && row >= settings.minimumCalls
            && latestSuccess < now - settings.window / 40
        return tooManyFail || tooManySlow || silent ? .opens(openTime) : .nothing
    }

    /// The breaker draws the time; the model takes it over.
    mutating func opened(until: Int64) { turn(.open(until: until)) }

    private var openTime: Int64 {
        var time = settings.openFor
        for _ in 0..<failedRounds { time = min(settings.longestOpen, time * 2) }
        return time
    }

    private mutating func turn(_ next: Phase) {
        phase = next
        generation += 1
        results = []
        probesOut = [:]
        recovered = 0
    }
}
