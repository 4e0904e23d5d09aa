import EventLoops
import Glibc
import JackfieldVocabulary
import Loading
import Manifest
import Registry
import Resilience
import Synchronization
import Telemetry

/// One INSTANCE/MODEL: what the host has seen of it lately, and how much of it is asked at one time. Shared by every
/// model whose route leads here, and by all loops.
final class Upstream: Sendable {
    let route: ModelRoute
    let name: String
    let plugin: RegisteredPlugin
    private let meter: UpstreamMeter
    private let state: Mutex<State>

    private struct State {
        var breaker: CircuitBreaker
        var admission: AdmissionQueue<AdmissionWaiter>
        /// Until the first event.
        var latencies = LatencyWindow()
        var average = PeakEWMA()
        /// It asked to be left alone until then; nanoseconds of CLOCK_MONOTONIC.
        var restsUntil: Int64 = 0
        /// What it said when it asked for that.
        var restCode = CallError.Code.rateLimited
        var outstanding = 0
    }

    /// What a failure counts as where upstreams are compared by their latency: nanoseconds.
    private static let costOfFailure: Int64 = 1_000_000_000
    /// How long a key without quota rests where the upstream names no time.
    private static let restWithoutQuota: Int64 = 60_000_000_000
    /// And one that is rate limited.
    private static let restWhenLimited: Int64 = 1_000_000_000

    init(_ route: ModelRoute, _ plugin: RegisteredPlugin, _ metrics: MetricsRegistry) {
        self.route = route
        name = route.description
        self.plugin = plugin
        meter = UpstreamMeter(name, metrics)
        let config = plugin.config.upstream
        state = Mutex(
            State(
                breaker: CircuitBreaker(CircuitBreaker.Settings(config.breaker)),
                admission: AdmissionQueue(AdmissionSettings(concurrency: config.concurrency, queue: config.queue))))
    }

    // MARK: Choosing

    /// - Parameter isFull: whether one more would have to wait for its turn.
    func candidate(weight: Int, now: Int64, isFull: inout Bool) -> Balancer.Candidate {
        state.withLock { state in
            isFull = state.admission.running >= plugin.config.upstream.concurrency
            return Balancer.Candidate(
                weight: UInt32(weight), outstanding: state.outstanding, latency: state.average.latency(now: now),
                restsUntil: state.restsUntil,
                isAdmitting: plugin.ready != nil && state.breaker.wouldAdmit(now: now))
        }
    }

    func candidate(weight: Int, now: Int64) -> Balancer.Candidate {
        var isFull = false
        return candidate(weight: weight, now: now, isFull: &isFull)
    }

    /// Until when it is to be left alone; 0 if it may be asked now.
    func restsUntil(now: Int64) -> Int64 {
        state.withLock { state in
            if case .open(let until) = state.breaker.state(now: now) { return max(until, state.restsUntil) }
            return state.restsUntil > now ? state.restsUntil : 0
        }
    }

    /// What is said of an upstream that is not asked because it asked to be left alone: the same as when it did so.
    ///
    /// - Parameter time: nanoseconds that are left of it.
    func resting(for time: Int64) -> CallError {
        let code = state.withLock { $0.restCode }
        if code == .exhausted { return CallError(.exhausted, "its quota was used up a short time ago") }
        return CallError(code, "it asked to be left alone for a while", retry: true, retryAfter: time)
    }

    /// Nanoseconds within which 95 of 100 attempts of late had their first event; nil while too little is known.
    func usualLatency(now: Int64) -> Int64? {
        state.withLock { $0.latencies.quantile(0.95, now: now, minimumCount: 20) }
    }

    // MARK: Being asked

    /// The right to ask once. To be given back with `end`.
    struct Pass {
        /// Nil once it was given back: a probe's is when its first event is there.
        fileprivate var permit: CircuitBreaker.Permit?
        let started: Int64
        /// Nanoseconds to the first event; nil while there is none.
        fileprivate var latency: Int64?
    }

    /// Take a slot, waiting for one if all are taken, and the breaker's permit. On the executor.
    ///
    /// - Parameter deadline: nanoseconds of CLOCK_MONOTONIC.
    func enter(by deadline: Int64, on executor: LoopExecutor) async throws(CallError) -> Pass {
        let isFree = state.withLock { $0.admission.enterIfFree() }
        if !isFree { try await wait(by: deadline, on: executor) }
        let now = MonotonicTime.now().nanoseconds
        let admission = state.withLock { state in
            state.outstanding += 1
            return state.breaker.admit(now: now)
        }
        switch admission {
        case .admitted(let permit): return Pass(permit: permit, started: now, latency: nil)
        case .refused(let until):
            leave(now: now, held: nil)
            throw Self.resting(name, until - now)
        }
    }

    /// What is said of an upstream that is not asked because its breaker is open.
    static func resting(_ name: String, _ time: Int64) -> CallError {
        CallError(
            .unavailable,
            "it failed too often of late and is left alone for \(Double(max(0, time) / 1_000_000) / 1000) s",
            retry: true, retryAfter: max(1, time))
    }

    private func wait(by deadline: Int64, on executor: LoopExecutor) async throws(CallError) {
        let waiter = AdmissionWaiter()
        let entry = state.withLock {
            $0.admission.enter(now: MonotonicTime.now().nanoseconds, deadline: deadline, waiter: waiter)
        }
        switch entry {
        case .admitted: return
        case .shed(let reason, let retryAfter): throw Self.shed(reason, retryAfter)
        case .queued(let ticket):
            let timer = executor.at(deadline) { [self] in
                if withdraw(ticket) { waiter.resume(.shed) }
            }
            let outcome = await waiter.wait { [self] in withdraw(ticket) }
            timer.cancel()
            switch outcome {
            case .admitted:
                guard Task.isCancelled else { return }
                leave(now: MonotonicTime.now().nanoseconds, held: nil, isOutstanding: false)
                throw CallError(.cancelled, "the request was cancelled")
            case .shed: throw Self.shed(.deadline, nil)
            case .cancelled: throw CallError(.cancelled, "the request was cancelled")
            }
        }
    }

    private func withdraw(_ ticket: AdmissionTicket) -> Bool {
        state.withLock { $0.admission.withdraw(ticket) != nil }
    }

    private static func shed(_ reason: ShedReason, _ retryAfter: Int64?) -> CallError {
        CallError(
            .unavailable,
            reason == .full
                ? "as many requests as may (upstream.queue) wait for it already"
                : "the request's turn would come after its deadline", retry: true, retryAfter: retryAfter)
    }

    /// The first event of an answer is there.
    func answered(_ pass: inout Pass) {
        let now = MonotonicTime.now().nanoseconds
        let latency = now - pass.started
        pass.latency = latency
        var random = SystemRandomNumberGenerator()
        let transition: CircuitBreaker.Transition? = state.withLock { state in
            state.latencies.record(latency, now: now)
            state.average.record(latency, now: now)
            // A probe has shown what it should; others need not wait until its answer is complete.
            guard let permit = pass.permit, permit.isProbe else { return nil }
            return state.breaker.record(permit, .success, duration: latency, now: now, using: &random)
        }
        if pass.permit?.isProbe == true { pass.permit = nil }
        if let transition { meter.changed(transition) }
    }

    /// Give the pass back with what became of it.
    ///
    /// - Parameter error: nil if the answer was complete.
    /// - Parameter isJudged: whether the error says something of the upstream.
    func end(_ pass: Pass, _ error: CallError?, isJudged: Bool = true) {
        let now = MonotonicTime.now().nanoseconds
        let held = now - pass.started
        // What comes after the first event depends on how much there is to say, and how fast the client reads.
        let latency = pass.latency ?? held
        let outcome = isJudged ? Self.outcome(error) : .ignored
        let rest = error.flatMap { Self.rest($0, now) }
        var random = SystemRandomNumberGenerator()
        let transition: CircuitBreaker.Transition? = state.withLock { state in
            if let rest, let error, rest > state.restsUntil {
                state.restsUntil = rest
                state.restCode = error.code
            }
            // One that hangs, or that fails at once, must not look fast for it. It fades, so that it is tried again.
            if outcome == .failure { state.average.record(max(latency, Self.costOfFailure), now: now) }
            var permit = pass.permit
            if permit == nil, outcome == .failure, case .admitted(let another) = state.breaker.admit(now: now) {
                permit = another
            }
            guard let permit else { return nil }
            return state.breaker.record(permit, outcome, duration: latency, now: now, using: &random)
        }
        leave(now: now, held: held)
        meter.ended(error)
        if let transition { meter.changed(transition) }
    }

    /// - Parameter held: for how long the upstream was asked; nil if it was not.
    private func leave(now: Int64, held: Int64?, isOutstanding: Bool = true) {
        let woken = state.withLock { state in
            if isOutstanding { state.outstanding -= 1 }
            return state.admission.leave(now: now, serviceTime: held)
        }
        woken.admitted?.resume(.admitted)
        for waiter in woken.shed { waiter.resume(.shed) }
    }

    /// Whether it is the upstream that is ill.
    private static func outcome(_ error: CallError?) -> CircuitBreaker.Outcome {
        switch error?.code {
        case nil, .invalidArgument, .refused: .success
        case .unavailable, .deadline, .internal, .unauthenticated, .forbidden: .failure
        // The client left, or the key rests: neither says that the server is ill.
        default: .ignored
        }
    }

    /// A key that is rate limited, or has used up its quota, rests until it may be used again.
    private static func rest(_ error: CallError, _ now: Int64) -> Int64? {
        switch error.code {
        case .rateLimited: now + (error.retryAfter ?? restWhenLimited)
        case .exhausted where !error.retry: now + (error.retryAfter ?? restWithoutQuota)
        case .unavailable: error.retryAfter.map { now + $0 }
        default: nil
        }
    }

    // MARK: For operators

    var isRunning: Bool { plugin.ready != nil }

    struct Standing {
        var state: CircuitBreaker.State
        var restsUntil: Int64
        var running: Int
        var queued: Int
        /// Nanoseconds to the first event; nil while too little is known.
        var p50: Int64?
        var p95: Int64?
    }

    func standing(now: Int64) -> Standing {
        state.withLock { state in
            Standing(
                state: state.breaker.state(now: now), restsUntil: state.restsUntil, running: state.admission.running,
                queued: state.admission.queued, p50: state.latencies.quantile(0.5, now: now),
                p95: state.latencies.quantile(0.95, now: now))
        }
    }
}

extension CircuitBreaker.Settings {
    init(_ config: BreakerConfig) {
        self.init()
        window = config.window.nanoseconds
        minimumCalls = config.minimumCalls
        // A share above 1 is never reached.
        errorRate = config.enabled ? config.errorRate : 2
        slowCall = config.enabled ? config.slowCall.nanoseconds : 0
        slowRate = config.slowRate
        openFor = config.openFor.nanoseconds
        longestOpen = config.longestOpen.nanoseconds
        probes = config.probes
    }
}

extension Duration {
    /// Rounded down; the longest that 64 bits hold, 292 years, is more than a manifest allows.
    var nanoseconds: Int64 {
        let parts = components
        return parts.seconds * 1_000_000_000 + parts.attoseconds / 1_000_000_000
    }
}
