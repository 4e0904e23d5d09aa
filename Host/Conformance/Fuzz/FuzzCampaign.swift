/// The fuzzer for some seconds: processes with many rounds each, no two rounds with the same seed, until the time is up or
/// one of them found something.
package struct FuzzCampaign {
    private let settings: CheckRun
    private let seconds: Int

    /// - Parameters:
    ///   - run: the plugin, the first seed, and how many processes at a time.
    ///   - seconds: 1 to `most`.
    package init(run: CheckRun, seconds: Int) {
        settings = run
        self.seconds = seconds
    }

    /// Seconds: thirty days.
    package static let most = 30 * 24 * 60 * 60

    /// - Parameter checks: what the checks before it have found.
    package func run(after checks: [CheckResult]) -> CheckResult {
        var result = CheckResult(check: CheckCatalogue.fuzz, seed: settings.seed, verdict: .passed)
        if let obstacle = checks.first(where: \.endsAll) {
            result.skip(after: obstacle)
            return result
        }
        let began = BenchClock.now()
        let end = began + Int64(seconds) * BenchClock.second
        var run = settings
        run.checks = Array(repeating: CheckCatalogue.fuzz, count: run.jobs)
        run.step = CheckCatalogue.fuzzRounds
        var rounds = 0
        repeat {
            let ended = run.run { _ in }
            for one in ended { rounds += one.figures.first { $0.name == "rounds" }.flatMap { Int($0.value) } ?? 0 }
            if let other = ended.first(where: { $0.verdict == .failed })
                ?? ended.first(where: { $0.verdict == .skipped })
            {
                result = other
            }
            run.seed &+= run.step &* UInt64(run.jobs)
        } while result.verdict == .passed && BenchClock.now() < end
        if result.verdict == .failed { result = FuzzReplay(settings: settings).settled(result) }
        result.duration = BenchClock.now() - began
        result.figures = [("rounds", String(rounds))]
        return result
    }
}
