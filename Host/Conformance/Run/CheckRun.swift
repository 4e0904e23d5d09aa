import Glibc

/// Runs checks, each in a process of its own, some at a time.
package struct CheckRun: Sendable {
    package var subject: Subject
    package var checks: [Check]
    package var seed: UInt64
    /// How far the seeds of two checks lie apart, in the order of the list; 0: all have the same.
    package var step: UInt64 = 0
    /// Rounds of each of its fuzzers, in one process each; nil: as many as there is time for.
    package var rounds: UInt64?
    /// Processes at a time.
    package var jobs: Int
    /// Nanoseconds that one check may take.
    package var limit: Int64
    /// The program that has `CheckChild.run` behind its hidden word `conform`.
    package var executable: String

    /// What a plugin would find in the environment of a host, and nothing of the one who calls.
    private static var environment: [String] {
        var variables = ["LANG=C.UTF-8", "TZ=UTC", "SWIFT_BACKTRACE=enable=no"]
        for name in ["PATH", "LD_LIBRARY_PATH", "ASAN_OPTIONS", "LLVM_PROFILE_FILE", "TMPDIR"] {
            if let value = getenv(name) { variables.append("\(name)=\(String(cString: value))") }
        }
        return variables
    }

    package init(
        subject: Subject, checks: [Check], seed: UInt64, jobs: Int, limit: Int64 = 10 * BenchClock.second,
        executable: String
    ) {
        self.subject = subject
        self.checks = checks
        self.seed = seed
        self.jobs = max(1, jobs)
        self.limit = limit
        self.executable = executable
    }

    private func seed(_ index: Int) -> UInt64 { seed &+ UInt64(index) &* step }

    /// Where the plugin does not come back from a step with which nearly every check begins, the rest is not tried: each
    /// would crash there too, or take its whole time.
    ///
    /// - Parameter report: told of each result, in the order of the checks, as soon as those before it are there.
    package func run(_ report: (CheckResult) -> Void) -> [CheckResult] {
        var results = [CheckResult?](repeating: nil, count: checks.count)
        var next = 0
        var reported = 0
        var running: [CheckProcess] = []
        var survived: Set<String> = []
        var obstacle: CheckResult?
        while reported < checks.count {
            // One alone finds out whether the library can be loaded at all.
            while running.count < (survived.contains(Bench.loading) ? jobs : 1), next < checks.count {
                let index = next
                next += 1
                results[index] = start(index, after: obstacle, &running)
            }
            for child in wait(running) {
                results[child.index] = result(of: child, survived, &obstacle)
                survived.formUnion(child.survived)
                running.removeAll { $0 === child }
            }
            for child in running {
                survived.formUnion(child.survived)
                if obstacle != nil, !child.isTooLate, Bench.beginnings.contains(child.step) { child.end() }
            }
            while reported < checks.count, let result = results[reported] {
                report(result)
                reported += 1
            }
        }
        return results.compactMap { $0 }
    }

    /// Start a check; its result where there is nothing to start.
    private func start(_ index: Int, after obstacle: CheckResult?, _ running: inout [CheckProcess]) -> CheckResult? {
        let check = checks[index]
        var result = CheckResult(check: check, seed: seed(index), verdict: .skipped)
        guard check.applies(to: subject.role) else {
            result.sentence = "it is about \((check.roles ?? []).joined(separator: ", "))"
            return result
        }
        if let obstacle {
            result.skip(after: obstacle)
            return result
        }
        do {
            let job = CheckJob(check: check.id, seed: seed(index), rounds: rounds, limit: limit, subject: subject)
            running.append(
                try CheckProcess(
                    check, index: index, job: job, executable: executable, environment: Self.environment))
            return nil
        } catch {
            result.verdict = .failed
            result.sentence = (error as? Finding)?.sentence ?? "\(error)"
            return result
        }
    }

    /// - Parameter obstacle: set to this result if it ends all.
    private func result(
        of child: CheckProcess, _ survived: Set<String>, _ obstacle: inout CheckResult?
    ) -> CheckResult {
        var result = child.result(seed: seed(child.index), limit: limit)
        result.rounds = rounds.map { FuzzRounds(first: result.seed, count: $0) }
        guard let step = child.lastStep, Bench.beginnings.contains(step) else { return result }
        if let obstacle {
            result.skip(after: obstacle)
            result.evidence = []
        } else if !survived.contains(step) {
            result.endsAll = true
            obstacle = result
        }
        return result
    }

    /// Listen to the children until one has ended.
    private func wait(_ running: [CheckProcess]) -> [CheckProcess] {
        guard !running.isEmpty else { return [] }
        var descriptors: [pollfd] = []
        for child in running {
            for descriptor in [child.ended, child.wire, child.errors] {
                descriptors.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
            }
        }
        poll(&descriptors, nfds_t(descriptors.count), 200)
        var over: [CheckProcess] = []
        for (index, child) in running.enumerated() {
            child.listen()
            if descriptors[3 * index].revents & Int16(POLLIN) != 0 {
                over.append(child)
            } else if !child.isTooLate, BenchClock.now() - child.started > limit {
                child.end()
            }
            // A socket whose other end is closed is readable for ever: the end of the process is all that is left.
            if over.isEmpty, descriptors[3 * index + 1].revents & Int16(POLLHUP) != 0 { usleep(1000) }
        }
        return over
    }
}
