import Resilience
import Testing

struct BalancerTests {
    private typealias Candidate = Balancer.Candidate
    private var random = SeededRandom(11)

    private mutating func shares(_ candidates: [Candidate], _ strategy: Balancer.Strategy) -> [Int] {
        var counts = Array(repeating: 0, count: candidates.count)
        for _ in 0..<20_000 {
            guard let choice = Balancer.choose(candidates, strategy: strategy, now: 0, using: &random) else { continue }
            counts[choice.index] += 1
        }
        return counts
    }

    /// Pearson's chi-square against shares in proportion to the weights.
    private func chiSquare(_ counts: [Int], weights: [UInt32]) -> Double {
        let total = Double(weights.reduce(0, +))
        let drawn = Double(counts.reduce(0, +))
        return zip(counts, weights).reduce(0) { sum, pair in
            let expected = drawn * Double(pair.1) / total
            return sum + (Double(pair.0) - expected) * (Double(pair.0) - expected) / expected
        }
    }

    @Test(arguments: [[1, 1], [1, 2, 3, 4], [90, 9, 1], [5, 5, 5, 5, 5, 5]] as [[UInt32]])
    mutating func weightsDecideTheShares(weights: [UInt32]) {
        let counts = shares(weights.map { Candidate(weight: $0) }, .weighted)
        // With five degrees of freedom 20.5 is passed once in a thousand.
        #expect(chiSquare(counts, weights: weights) < 20.5, "\(counts)")
    }

    @Test(arguments: Balancer.Strategy.allCases) mutating func tiesAreBrokenByWeight(strategy: Balancer.Strategy) {
        // The same load and cost for each unit of weight.
        let candidates = [1, 2, 5].map { Candidate(weight: $0, outstanding: Int($0) - 1, latency: 1e6) }
        #expect(chiSquare(shares(candidates, strategy), weights: [1, 2, 5]) < 13.8)
    }

    @Test mutating func weightsThatAddUpToMoreThanFitsAreHarmless() {
        let counts = shares(Array(repeating: Candidate(weight: .max), count: 3), .weighted)
        #expect(chiSquare(counts, weights: [1, 1, 1]) < 13.8)
    }

    @Test mutating func theLeastLoadedForItsWeightIsChosen() {
        let candidates = [
            Candidate(weight: 1, outstanding: 2), Candidate(weight: 4, outstanding: 6),
            Candidate(weight: 1, outstanding: 1),
        ]
        #expect(shares(candidates, .leastOutstanding) == [0, 20_000, 0])
    }

    @Test mutating func theQuickestForItsLoadIsChosen() {
        let candidates = [
            Candidate(outstanding: 0, latency: 9e8), Candidate(outstanding: 3, latency: 2e8),
            Candidate(outstanding: 8, latency: 1.1e8),
        ]
        #expect(shares(candidates, .latency) == [0, 20_000, 0])
    }

    @Test mutating func anUnmeasuredOneIsTriedByOneCallAtATime() {
        #expect(shares([Candidate(latency: 1e3), Candidate()], .latency) == [0, 20_000])
        #expect(shares([Candidate(latency: 1e9), Candidate(outstanding: 1)], .latency) == [20_000, 0])
        let allUnmeasured = [Candidate(outstanding: 3), Candidate(outstanding: 1), Candidate(outstanding: 2)]
        #expect(shares(allUnmeasured, .latency) == [0, 20_000, 0])
    }

    @Test(arguments: Balancer.Strategy.allCases)
    mutating func thoseWhoRestAndThoseRefusedComeLast(strategy: Balancer.Strategy) {
        let candidates = [
            Candidate(restsUntil: 50, isAdmitting: false), Candidate(weight: 100, restsUntil: 90),
            Candidate(weight: 0), Candidate(weight: 1, outstanding: 500, latency: 1e12), Candidate(restsUntil: 60),
            Candidate(isAdmitting: false), Candidate(restsUntil: 10),
        ]
        for _ in 0..<100 {
            let order = Balancer.order(candidates, strategy: strategy, now: 10, using: &random)
            #expect(Set(order.prefix(2).map(\.index)) == [3, 6])
            #expect(order.dropFirst(2).map(\.index) == [2, 4, 1, 5, 0])
            #expect(order.map(\.standing) == [.ready, .ready, .ready, .resting, .resting, .refused, .refused])
        }
    }

    @Test mutating func theExcludedAreNeverChosen() {
        let candidates = [Candidate(isExcluded: true), Candidate(isAdmitting: false), Candidate(isExcluded: true)]
        #expect(shares(candidates, .weighted) == [0, 20_000, 0])
        #expect(Balancer.choose([Candidate(isExcluded: true)], strategy: .weighted, now: 0, using: &random) == nil)
        #expect(Balancer.choose([], strategy: .latency, now: 0, using: &random) == nil)
    }

    @Test(arguments: 1...300) func theOrderNamesEachOnceAndFollowsTheCost(seed: Int) {
        var random = SeededRandom(UInt64(seed))
        let candidates = (0..<Int.random(in: 0...12, using: &random)).map { _ in
            Candidate(
                weight: UInt32.random(in: 0...5, using: &random), outstanding: Int.random(in: 0...5, using: &random),
                latency: Double(Int.random(in: 0...3, using: &random)) * 1e8,
                restsUntil: random.chance(0.2) ? 100 : 0, isAdmitting: random.chance(0.8))
        }
        let order = Balancer.order(candidates, strategy: .leastOutstanding, now: 50, using: &random)
        #expect(order.map(\.index).sorted() == Array(candidates.indices))
        let standings = order.map(\.standing.rawValue)
        #expect(standings == standings.sorted())
        let loads = order.filter { $0.standing == .ready }.map { choice in
            let candidate = candidates[choice.index]
            return candidate.weight == 0 ? .infinity : Double(candidate.outstanding + 1) / Double(candidate.weight)
        }
        #expect(loads == loads.sorted())
    }
}
