import Glibc

/// Runs checks, each in a process of its own, some at a time.
package struct CheckRun: Sendable {
    package var subject: Subject
    package var checks: [Check]
    package var seed: UInt64
    /// How far the seeds of two checks lie apart, in the order of the list; 0: all have the same.
    package var step: UInt64 = 0
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

    /// - Parameter report: told of each result, in the order of the checks, as soon as those before it are there.
    package func run(_ report: (CheckResult) -> Void) -> [CheckResult] {
        var results = [CheckResult?](repeating: nil, count: checks.count)
        var next = 0
        var reported = 0
        var running: [CheckProcess] = []
        while reported < checks.count {
            while running.count < jobs, next < checks.count {
                let index = next
                next += 1
                let check = checks[index]
                guard check.applies(to: subject.role) else {
                    var result = CheckResult(check: check, seed: seed, verdict: .skipped)
                    result.sentence = "it is about \((check.roles ?? []).joined(separator: ", "))"
                    results[index] = result
                    continue
                }
                do {
                    running.append(
                        try CheckProcess(
                            check, index: index,
                            job: CheckJob(check: check.id, seed: seed(index), limit: limit, subject: subject),
                            executable: executable, environment: Self.environment))
                } catch {
                    var result = CheckResult(check: check, seed: seed, verdict: .failed)
                    result.sentence = (error as? Finding)?.sentence ?? "\(error)"
                    results[index] = result
                }
            }
            for child in wait(running) {
                results[child.index] = child.result(seed: seed(child.index), limit: limit)
                running.removeAll { $0 === child }
            }
            while reported < checks.count, let result = results[reported] {
                report(result)
                reported += 1
            }
        }
        return results.compactMap { $0 }
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
