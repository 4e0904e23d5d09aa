/// Which of several upstreams to ask. Holds no state: the caller tells how each stands at the moment.
package enum Balancer {
    package enum Strategy: String, Sendable, CaseIterable {
        /// At random, in proportion to the weights.
        case weighted
        /// The one with the fewest unfinished calls for its weight.
        case leastOutstanding = "least-outstanding"
        /// The one where a call is likely to end first: latency x (unfinished calls + 1) / weight, as with
        /// Finagle's peak EWMA.
        case latency = "latency-aware"
    }

    /// How one upstream stands.
    package struct Candidate: Sendable {
        /// 0: a spare, asked when no other that has a weight is ready.
        package var weight: UInt32
        /// Calls that have not ended.
        package var outstanding: Int
        /// `PeakEWMA.latency`, nanoseconds. 0: not measured yet.
        package var latency: Double
        /// Asked to be left alone until then (a rate limit), in the clock's nanoseconds. 0: did not.
        package var restsUntil: Int64
        /// `CircuitBreaker.wouldAdmit`.
        package var isAdmitting: Bool
        /// Not to be chosen, for instance because it was asked already.
        package var isExcluded: Bool

        package init(
            weight: UInt32 = 1, outstanding: Int = 0, latency: Double = 0, restsUntil: Int64 = 0,
            isAdmitting: Bool = true, isExcluded: Bool = false
        ) {
            self.weight = weight
            self.outstanding = outstanding
            self.latency = latency
            self.restsUntil = restsUntil
            self.isAdmitting = isAdmitting
            self.isExcluded = isExcluded
        }
    }

    package enum Standing: Int, Sendable {
        case ready
        /// It asked to be left alone, and the time is not over.
        case resting
        /// Its circuit breaker would not admit the call.
        case refused
    }

    package struct Choice: Sendable, Equatable {
        /// In the candidates as given.
        package var index: Int
        package var standing: Standing
    }

    /// The one to ask now: one that is ready, else the resting one whose rest ends first, else a refused one. Nil if
    /// all are excluded. Linear in the candidates and without an allocation.
    package static func choose(
        _ candidates: [Candidate], strategy: Strategy, now: Int64, using random: inout some RandomNumberGenerator
    ) -> Choice? {
        var best: (index: Int, score: Score)?
        /// The weights of all that tie with the best.
        var tied: UInt64 = 0
        for index in candidates.indices where !candidates[index].isExcluded {
            let score = Score(candidates[index], strategy: strategy, now: now)
            let weight = UInt64(candidates[index].weight)
            guard let known = best, !(score < known.score) else {
                best = (index, score)
                tied = weight
                continue
            }
            guard score == known.score, score.standing == .ready, weight > 0 else { continue }
            // Each of those that tie is kept with the probability of its weight, in one pass (reservoir sampling).
            tied += weight
            if random.draw(below: tied) < weight { best = (index, score) }
        }
        return best.map { Choice(index: $0.index, standing: $0.score.standing) }
    }

    /// All that are not excluded, in the order in which to ask them. Allocates; for one call after the other, `choose`
    /// with `isExcluded` sees the state of the moment.
    package static func order(
        _ candidates: [Candidate], strategy: Strategy, now: Int64, using random: inout some RandomNumberGenerator
    ) -> [Choice] {
        var rest = candidates
        var order: [Choice] = []
        order.reserveCapacity(rest.count)
        while let choice = choose(rest, strategy: strategy, now: now, using: &random) {
            order.append(choice)
            rest[choice.index].isExcluded = true
        }
        return order
    }
}
