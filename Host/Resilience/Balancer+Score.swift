extension Balancer {
    /// How good it would be to ask a candidate; less is better. Equal loads give equal scores, since a division rounds
    /// equal fractions to the same number.
    struct Score {
        let standing: Standing
        /// Among the ready ones, what comes before the cost.
        private let rank: Int
        private let cost: Double

        init(_ candidate: Candidate, strategy: Strategy, now: Int64) {
            guard candidate.isAdmitting, candidate.restsUntil <= now else {
                standing = candidate.isAdmitting ? .resting : .refused
                rank = 0
                cost = Double(candidate.restsUntil)
                return
            }
            standing = .ready
            guard candidate.weight > 0 else {
                rank = 3
                cost = 0
                return
            }
            let load = Double(max(0, candidate.outstanding) + 1) / Double(candidate.weight)
            switch strategy {
            case .weighted:
                rank = 0
                cost = 0
            case .leastOutstanding:
                rank = 0
                cost = load
            case .latency where candidate.latency > 0:
                rank = 1
                cost = candidate.latency * load
            case .latency:
                // An unmeasured one is tried, but with one call at a time while there are others.
                rank = candidate.outstanding > 0 ? 2 : 0
                cost = load
            }
        }

        static func < (left: Score, right: Score) -> Bool {
            if left.standing != right.standing { return left.standing.rawValue < right.standing.rawValue }
            return left.rank != right.rank ? left.rank < right.rank : left.cost < right.cost
        }

        static func == (left: Score, right: Score) -> Bool {
            left.standing == right.standing && left.rank == right.rank && left.cost == right.cost
        }
    }
}
