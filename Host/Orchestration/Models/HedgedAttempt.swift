import Manifest
import EventLoops
import JackfieldVocabulary
import Loading
import Resilience
import Telemetry

/// An attempt that is joined by a second one while it is silent for longer than usual: the first event of either counts,
/// the other is cancelled (Dean and Barroso, "The Tail at Scale", 2013).
struct HedgedAttempt {
    let model: Model
    let step: Int
    let scope: CallScope
    let metrics: MetricsRegistry
    /// The payload for an upstream.
    let request: @Sendable (Upstream) -> [UInt8]
    let method: Int32
    let attempts: AttemptCount
    /// Who was asked beside the first, if anybody was.
    private(set) var second: Upstream?

    init(
        model: Model, step: Int, scope: CallScope, metrics: MetricsRegistry, attempts: AttemptCount, method: Int32,
        request: @escaping @Sendable (Upstream) -> [UInt8]
    ) {
        self.model = model
        self.step = step
        self.scope = scope
        self.metrics = metrics
        self.attempts = attempts
        self.method = method
        self.request = request
    }

    private enum Happening: Sendable {
        case began(BegunAttempt)
        case failed(FailedAttempt, isFirst: Bool)
        case isLate
        case nothing
    }

    /// - Throws: the error of the first attempt, once both have failed. The other's goes into `attempts`, and so does that
    ///   of one that failed before the other answered.
    mutating func run(_ upstream: Upstream, _ patience: Patience) async throws(CallError) -> BegunAttempt {
        let now = MonotonicTime.now().nanoseconds
        guard
            let delay = Hedge.delay(
                p95: upstream.usualLatency(now: now), floor: model.config.hedge.after.nanoseconds,
                ceiling: max(0, patience.until - now))
        else {
            return try await upstream.begin(
                method: method, request: request(upstream), scope: scope, patience: patience, counting: attempts)
        }
        let scope = scope
        let method = method
        let attempts = attempts
        let overtaken = Overtaken()
        let request = request
        var failure: CallError?
        var firstFailure: FailedAttempt?
        var second: Upstream?
        let winner: BegunAttempt? = await withTaskGroup(of: Happening.self) { group in
            func ask(_ upstream: Upstream, isFirst: Bool) {
                group.addTask(executorPreference: scope.executor) {
                    let started = MonotonicTime.now().nanoseconds
                    do throws(CallError) {
                        return .began(
                            try await upstream.begin(
                                method: method, request: request(upstream), scope: scope, patience: patience,
                                counting: attempts,
                                overtaken: isFirst ? overtaken : nil))
                    } catch {
                        let duration = MonotonicTime.now().nanoseconds - started
                        return .failed(
                            FailedAttempt(upstream: upstream, error: error, duration: duration), isFirst: isFirst)
                    }
                }
            }
            ask(upstream, isFirst: true)
            group.addTask(executorPreference: scope.executor) {
                do {
                    try await scope.executor.sleep(until: now + delay)
                    return .isLate
                } catch {
                    return .nothing
                }
            }
            var running = 1
            var winner: BegunAttempt?
            while running > 0 || winner != nil, let happening = await group.next() {
                switch happening {
                case .began(let attempt):
                    running -= 1
                    if winner == nil {
                        winner = attempt
                        overtaken.value = attempt.upstream !== upstream
                        group.cancelAll()
                    } else {
                        attempt.abandon()
                    }
                case .failed(let failed, let isFirst):
                    running -= 1
                    if isFirst || failure == nil { failure = failed.error }
                    if winner == nil {
                        if isFirst { firstFailure = failed } else { attempts.beside.append(failed) }
                    }
                    if running == 0 { group.cancelAll() }
                case .isLate:
                    guard winner == nil, running > 0, let other = choose(beside: upstream) else { continue }
                    second = other
                    running += 1
                    ask(other, isFirst: false)
                case .nothing: break
                }
            }
            return winner
        }
        self.second = second
        if let second {
            let outcome = winner.map { $0.upstream === second ? "won" : "lost" } ?? "failed"
            metrics.counter(.modelHedges, [.model: model.name, .outcome: outcome]).increment()
        }
        if let winner {
            if let firstFailure { attempts.beside.append(firstFailure) }
            return winner
        }
        throw failure ?? CallError(.cancelled, "the request was cancelled")
    }

    /// Another upstream of the step, or of the next one; the same where there is no other. None that has failed for this
    /// request. Nil if the budget is used up or nobody is well.
    private func choose(beside first: Upstream) -> Upstream? {
        let now = MonotonicTime.now().nanoseconds
        for step in model.steps[step...].prefix(2) {
            let others = step.filter { $0.upstream !== first && !attempts.failed.contains($0.upstream.name) }
            let candidates = others.map { $0.upstream.candidate(weight: $0.weight, now: now) }
            var random = SystemRandomNumberGenerator()
            guard let choice = Balancer.choose(candidates, strategy: model.strategy, now: now, using: &random),
                choice.standing == .ready
            else { continue }
            return paid(others[choice.index].upstream, now)
        }
        if attempts.failed.contains(first.name) { return nil }
        let candidate = first.candidate(weight: 1, now: now)
        return candidate.isAdmitting && candidate.restsUntil <= now ? paid(first, now) : nil
    }

    private func paid(_ upstream: Upstream, _ now: Int64) -> Upstream? {
        if model.mayHedge(now: now) { return upstream }
        metrics.counter(.modelHedges, [.model: model.name, .outcome: "refused"]).increment()
        return nil
    }
}
