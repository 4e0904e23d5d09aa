/// Looks for what makes a find of the fuzzer happen again, and tries it before it is printed.
struct FuzzReplay {
    /// The plugin, and how a process of the fuzzer is started.
    let settings: CheckRun

    /// How often rounds must bring about a find to be called what does so.
    private static let tries = 2

    /// - Parameter found: of a process that began with the round `found.seed`.
    /// - Returns: the same, with the rounds that bring it about again; where it comes back now and then or never, it says so.
    func settled(_ found: CheckResult) -> CheckResult {
        var result = found
        var best: (rounds: FuzzRounds, times: Int)?
        for rounds in Self.candidates(found) {
            var times = 0
            for _ in 0..<Self.tries {
                let again = run(rounds)
                // That more rounds take longer is no find.
                guard again.verdict == .failed, again.isTooLate == found.isTooLate else { continue }
                times += 1
                let other = "When it was tried again: \(again.sentence)"
                if again.sentence != found.sentence, !result.evidence.contains(other) { result.evidence.append(other) }
            }
            if times >= best?.times ?? 0 { best = (rounds, times) }
            if times == Self.tries { break }
        }
        guard let best else { return result }
        result.rounds = best.rounds
        if best.times < Self.tries {
            let count = best.times == 0 ? "did not happen again" : "happened again in \(best.times)"
            result.evidence.append(
                "It \(count) in \(Self.tries) tries of the command below: threads take other turns, or time plays a part."
            )
        }
        return result
    }

    /// The round alone; then all rounds of its process from the first one, and eight more, since a plugin with threads of
    /// its own may come to the same point some rounds later.
    private static func candidates(_ found: CheckResult) -> [FuzzRounds] {
        let last = round(of: found.sentence) ?? found.seed
        let count = last &- found.seed &+ 1
        return [FuzzRounds(first: last), FuzzRounds(first: found.seed, count: count + 8)]
    }

    private func run(_ rounds: FuzzRounds) -> CheckResult {
        var run = settings
        run.checks = [CheckCatalogue.fuzz]
        run.seed = rounds.first
        run.rounds = rounds.count
        run.jobs = 1
        return run.run { _ in }[0]
    }

    /// The seed of the round that a sentence is about; nil where it is about what comes before all rounds.
    private static func round(of sentence: String) -> UInt64? {
        guard let range = sentence.firstRange(of: FuzzRound.label) else { return nil }
        return UInt64(sentence[range.upperBound...].prefix { $0.isNumber })
    }
}
