extension CheckCatalogue {
    /// Rounds of the fuzzer that one process runs at most, each with the next seed.
    static let fuzzRounds: UInt64 = 64

    /// Not one of the checks: `--fuzz` runs it again and again, with another seed each time.
    package static let fuzz = fuzz(rounds: fuzzRounds)
    /// One round alone: what `--fuzz-seed` reproduces.
    package static let fuzzOnce = fuzz(rounds: 1)

    private static func fuzz(rounds: UInt64) -> Check {
        Check(
            id: rounds == 1 ? "fuzz-once" : "fuzz", group: .role,
            sentence: "Whatever a host may do, in whatever order, the plugin keeps to the ABI.",
            why:
                "The checks do what somebody thought of. Hosts meet the rest: cancels, refusals and closes at odd moments.",
            mend:
                "Run the seed that was printed alone, under a debugger or with a sanitizer: it does the same each time."
        ) { bench in
            let requests = try bench.requests()
            // A slow plugin has fewer rounds in a process, so that none takes longer than a check may.
            let end = BenchClock.now() + BenchClock.second
            var round: UInt64 = 0
            repeat {
                var one = FuzzRound(bench, seed: bench.seed &+ round, requests: requests)
                try one.run()
                round += 1
            } while round < rounds && BenchClock.now() < end
            bench.figures.append(("rounds", String(round)))
        }
    }
}
