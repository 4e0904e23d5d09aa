import Registry
import Manifest
import EventLoops
import JackfieldVocabulary
import Loading
import Logging
import Resilience
import Telemetry

/// How long an attempt may take to begin its answer.
struct Patience: Sendable {
    /// Nanoseconds of CLOCK_MONOTONIC.
    let until: Int64
    /// Whether running out of it says something of the upstream: not if the client's own deadline was the reason.
    let isFull: Bool
}

/// One request on its way along a model's route, until an upstream has begun to answer.
///
/// At each step the balancer chooses among the upstreams that are well. An attempt that fails before the answer has begun
/// is made again where that may help: at once at a neighbour that was not asked yet; after a pause at one that was, up to
/// `retries` times and if the deadline allows. Both are paid for out of the model's retry budget. Then comes the next
/// step. What cannot succeed anywhere ends the walk.
struct RouteWalk {
    let model: Model
    let scope: CallScope
    let logger: Logger
    let metrics: MetricsRegistry
    /// What failed so far.
    private(set) var failures: [CallError.Attempt] = []
    /// How often an upstream was asked, hedges included.
    let attempts = AttemptCount()
    private var last: CallError?
    /// The least time after which an upstream that was not well may be asked again.
    private var retryAfter: Int64?
    private var mayRetryLater = false

    init(model: Model, scope: CallScope, logger: Logger, metrics: MetricsRegistry) {
        self.model = model
        self.scope = scope
        self.logger = logger
        self.metrics = metrics
    }

    private static let backoff = Backoff()

    /// - Parameter ask: asks an upstream, and gives its pass back itself.
    mutating func run<Answer>(
        _ ask: (_ upstream: Upstream, _ step: Int, _ patience: Patience) async throws(CallError) -> Answer
    ) async throws(CallError) -> Answer {
        model.deposit(now: MonotonicTime.now().nanoseconds)
        for step in model.steps.indices {
            // Who left in the pause before a retry needs no other upstream.
            if Task.isCancelled { throw closing(CallError(.cancelled, "the request was cancelled")) }
            let members = model.steps[step]
            var failed = Array(repeating: false, count: members.count)
            var asked = failed
            var retries = 0
            var previous: CallError?
            while true {
                var now = MonotonicTime.now().nanoseconds
                guard let choice = model.choose(step: step, failed: failed, asked: asked, now: now) else { break }
                let upstream = members[choice.index].upstream
                let isLastStep = step == model.steps.count - 1
                if let error = previous {
                    // An upstream that rests is not waited for while another step may answer, and one behind an open
                    // breaker never.
                    if choice.standing == .refused || choice.standing == .resting && !isLastStep { break }
                    let isAgain = asked[choice.index] || choice.standing != .ready
                    // What one upstream will never do, a neighbour may: nobody is asked twice, so nothing is paid for.
                    let isFree = !error.retry && !isAgain
                    if !isFree {
                        guard await mayRetry(upstream, &retries, error, isAgain: isAgain) else { break }
                    }
                    now = MonotonicTime.now().nanoseconds
                } else if choice.standing != .ready {
                    // Another step may answer now; the last one is worth a wait that the deadline allows.
                    let rest = upstream.restsUntil(now: now)
                    let error = notAsked(upstream, rest, now)
                    guard isLastStep, choice.standing == .resting,
                        await mayRetry(upstream, &retries, error, isAgain: true)
                    else {
                        note(upstream, error, asked: nil)
                        break
                    }
                    now = MonotonicTime.now().nanoseconds
                }
                let others =
                    isLastStep ? members.indices.filter { $0 != choice.index && !failed[$0] && !asked[$0] } : [0]
                let patience = patience(upstream, now, isLast: others.isEmpty)
                do throws(CallError) {
                    let answer = try await ask(upstream, step, patience)
                    noteBeside()
                    return answer
                } catch {
                    var error = error
                    error.source = .upstream(upstream.name)
                    noteBeside()
                    note(upstream, error, asked: now)
                    if isFinal(error) { throw closing(error) }
                    asked[choice.index] = true
                    failed[choice.index] = !error.retry
                    previous = error
                }
            }
        }
        throw summary()
    }

    // MARK: Time

    /// How long an attempt may wait for its first event: the model's timeout, and while there are other upstreams to ask at
    /// most half of the time that is left, so that the first cannot use up the time of all.
    private func patience(_ upstream: Upstream, _ now: Int64, isLast: Bool) -> Patience {
        let timeout = model.config.timeout.nanoseconds
        guard scope.deadline > 0 else { return Patience(until: now + timeout, isFull: true) }
        let left = max(0, scope.deadline - now)
        let share = min(timeout, isLast ? left : left / 2)
        // A client in a hurry finds nobody guilty, unless it waits for clearly longer than the upstream takes as a rule.
        let isFull =
            share == timeout || !scope.isHurried || upstream.usualLatency(now: now).map { share >= 2 * $0 } ?? false
        return Patience(until: now + share, isFull: isFull)
    }

    /// Count another attempt, and wait before it. False if there is to be none.
    ///
    /// - Parameter isAgain: at an upstream that was asked already, or that rests.
    private func mayRetry(
        _ upstream: Upstream, _ retries: inout Int, _ error: CallError, isAgain: Bool
    ) async -> Bool {
        if isAgain, retries >= model.config.retries { return false }
        let now = MonotonicTime.now().nanoseconds
        var until = now
        if isAgain {
            var random = SystemRandomNumberGenerator()
            // What an upstream asked for is for itself: another one that was asked before may be back sooner.
            let asked = error.source == .upstream(upstream.name) ? error.retryAfter : nil
            let rest = upstream.restsUntil(now: now)
            until += Self.backoff.delay(
                attempt: retries, retryAfter: max(asked ?? 0, max(0, rest - now)), using: &random)
            if scope.deadline > 0, until >= scope.deadline { return false }
        }
        guard model.mayRetry(now: now) else {
            metrics.counter(.modelRetries, [.model: model.name, .outcome: "refused"]).increment()
            return false
        }
        if isAgain { retries += 1 }
        metrics.counter(.modelRetries, [.model: model.name, .outcome: "made"]).increment()
        guard until > now else { return true }
        do {
            try await scope.executor.sleep(until: until)
            return true
        } catch {
            return false
        }
    }

    // MARK: What went wrong

    /// An upstream that is not even asked.
    private func notAsked(_ upstream: Upstream, _ restsUntil: Int64, _ now: Int64) -> CallError {
        if upstream.plugin.ready == nil {
            return CallError(.unavailable, "the plugin \(upstream.route.instance) is not running")
        }
        if case .open = upstream.standing(now: now).state {
            return Upstream.resting(upstream.name, restsUntil - now)
        }
        guard restsUntil > now else { return CallError(.unavailable, "it is being tried by others", retry: true) }
        return upstream.resting(for: restsUntil - now)
    }

    /// What failed beside the attempt that counts: a hedge, or the one that it was to help. Who was cancelled has not
    /// failed.
    private mutating func noteBeside() {
        let failed = attempts.beside
        attempts.beside = []
        let now = MonotonicTime.now().nanoseconds
        for attempt in failed where attempt.error.code != .cancelled {
            note(attempt.upstream, attempt.error, asked: now - attempt.duration)
        }
    }

    /// - Parameter asked: when it was; nil if it was not.
    private mutating func note(_ upstream: Upstream, _ error: CallError, asked: Int64?) {
        let duration = asked.map { MonotonicTime.now().nanoseconds - $0 } ?? 0
        if asked != nil { attempts.failed.insert(upstream.name) }
        let isNew =
            !failures.contains {
                $0.upstream == upstream.name && $0.message == error.message
            }
        failures.append(
            CallError.Attempt(upstream: upstream.name, code: error.code, message: error.message, duration: duration))
        last = error
        last?.source = .upstream(upstream.name)
        mayRetryLater = mayRetryLater || error.retry
        if let wait = error.retryAfter { retryAfter = min(retryAfter ?? wait, wait) }
        // Somebody else may answer; the operator hears of it all the same, once for each reason.
        guard isNew, error.code != .cancelled else { return }
        logger.warning(
            "upstream failed",
            metadata: [
                "model": "\(model.name)", "upstream": "\(upstream.name)", "code": "\(error.code.label)",
                "reason": "\(error.message)", "request_id": "\(scope.context.requestID)",
            ])
    }

    /// The same request fails the same way elsewhere, or nobody waits for the answer.
    private func isFinal(_ error: CallError) -> Bool {
        switch error.code {
        case .cancelled, .invalidArgument, .refused: return true
        default:
            return Task.isCancelled
                || scope.deadline > 0 && MonotonicTime.now().nanoseconds >= scope.deadline
        }
    }

    private func closing(_ error: CallError) -> CallError {
        var error = error
        error.attempts = failures
        return error
    }

    /// What to say when nobody answered: the one upstream's own error, or that all have failed.
    private func summary() -> CallError {
        guard let last else {
            return CallError(.unavailable, "no upstream of the model \(model.name) is enabled")
        }
        let first = failures[0].upstream
        if failures.allSatisfy({ $0.upstream == first }) { return closing(last) }
        let reasons = failures.map { "\($0.upstream): \($0.message)" }
        var all = CallError(
            .unavailable, "every upstream of the model \(model.name) failed: \(reasons.joined(separator: "; "))",
            retry: mayRetryLater, retryAfter: retryAfter)
        all.attempts = failures
        return all
    }
}
