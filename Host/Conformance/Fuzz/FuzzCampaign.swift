/// The fuzzer for some seconds: processes with many rounds each, no two rounds with the same seed, until the time is up or
/// one of them found something.
package struct FuzzCampaign {
    private let settings: CheckRun
    private let seconds: Int

    /// - Parameter run: the plugin, the first seed, and how many processes at a time.
    package init(run: CheckRun, seconds: Int) {
        settings = run
        self.seconds = seconds
    }

    package func run() -> CheckResult {
        let began = BenchClock.now()
        let end = began + Int64(seconds) * BenchClock.second
        var run = settings
        run.checks = Array(repeating: CheckCatalogue.fuzz, count: run.jobs)
        run.step = CheckCatalogue.fuzzRounds
        var result = CheckResult(check: CheckCatalogue.fuzz, seed: run.seed, verdict: .passed)
        var rounds = 0
        repeat {
            for one in run.run({ _ in }) {
                rounds += one.figures.first { $0.name == "rounds" }.flatMap { Int($0.value) } ?? 0
                if one.verdict != .passed, result.verdict == .passed { result = one }
            }
            run.seed &+= run.step &* UInt64(run.jobs)
        } while result.verdict == .passed && BenchClock.now() < end
        result.duration = BenchClock.now() - began
        result.figures = [("rounds", String(rounds))]
        return result
    }

    /// The seed of the round in which something was found; nil for a result of another check.
    static func round(of result: CheckResult) -> UInt64? {
        guard result.check.id.hasPrefix("fuzz") else { return nil }
        guard let range = result.sentence.firstRange(of: "fuzz round ") else { return result.seed }
        return UInt64(result.sentence[range.upperBound...].prefix { $0.isNumber })
    }
}
