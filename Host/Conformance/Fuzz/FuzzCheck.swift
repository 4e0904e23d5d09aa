extension CheckCatalogue {
    /// Rounds of the fuzzer that one process runs at most, each with the next seed, unless it is told how many.
    static let fuzzRounds: UInt64 = 64

    /// Not one of the checks: `--fuzz` runs it again and again, with other seeds each time; `--fuzz-seed` runs the rounds
    /// in which something was found.
    package static let fuzz = Check(
        id: "fuzz", group: .role,
        sentence: "Whatever a host may do, in whatever order, the plugin keeps to the ABI.",
        why:
            "The checks do what somebody thought of. Hosts meet the rest: cancels, refusals and closes at odd moments.",
        mend: """
            Run the command that was printed under a debugger or with a sanitizer. It was tried before it was printed, in a \
            process of its own: one round where its seed alone brings the fault about, or all rounds of a process from its \
            first one where the fault needs what they have left behind. Where even these did not do it again each time, \
            the report says so; then look for threads that take turns, and for what depends on time.
            """
    ) { bench in
        let requests = try bench.requests()
        // A slow plugin has fewer rounds in a process, so that none takes longer than a check may.
        let end = BenchClock.now() + BenchClock.second
        func isEnough(_ rounds: UInt64) -> Bool {
            bench.rounds.map { rounds >= $0 } ?? (rounds >= fuzzRounds || BenchClock.now() >= end)
        }
        var round: UInt64 = 0
        repeat {
            var one = FuzzRound(bench, seed: bench.seed &+ round, requests: requests)
            try one.run()
            round += 1
        } while !isEnough(round)
        bench.figures.append(("rounds", String(round)))
    }
}
