import CJackfield

extension CheckCatalogue {
    static let resourceChecks: [Check] = [
        Check(
            id: "resources-start-time", group: .resources,
            sentence: "Loading, creating and opening take less than a second of processor time.",
            why:
                "A host with many plugins starts as slowly as all of them together, and after a crash users wait for it.",
            mend: "Put off what is not needed to take the first call; do not compile, index or download while starting."
        ) { bench in
            // Processor time, so that a loaded machine does not fail the plugin.
            let started = ProcessState.processorTime
            let wall = BenchClock.now()
            _ = try bench.library()
            let loaded = ProcessState.processorTime - started
            var times: [Int64] = []
            var walls: [Int64] = [BenchClock.now() - wall]
            try bench.often(5) { _ in
                let before = ProcessState.processorTime
                let wall = BenchClock.now()
                let specimen = try bench.open()
                times.append(ProcessState.processorTime - before)
                walls.append(BenchClock.now() - wall)
                specimen.close()
                specimen.destroy()
            }
            let total = loaded + times.sorted()[times.count / 2]
            bench.figures.append((name: "load", value: milliseconds(walls[0])))
            bench.figures.append(
                (name: "create and open", value: milliseconds(walls.dropFirst().sorted()[times.count / 2])))
            try expect(
                total < BenchClock.second, "load, create and open take \(milliseconds(total)) of processor time")
        },
        Check(
            id: "resources-instance-memory", group: .resources,
            sentence: "Instances that come and go leave no memory behind.",
            why: "A host restarts instances: what each leaves behind adds up until the process is ended.",
            mend: "Free in `destroy` all that `create` and `open` have allocated. A leak finder names the place."
        ) { bench in
            try leak(bench, "cycle of create, open, close and destroy", steps: 20) {
                let specimen = try bench.open()
                specimen.close()
                specimen.destroy()
                specimen.discard()
            }
        },
        Check(
            id: "resources-call-memory", group: .resources,
            sentence: "Calls leave no memory behind.",
            why: "A host answers millions of calls: a few bytes of each are gigabytes in a month.",
            mend: "Free on every way out of a call what belongs to it. A leak finder names the place."
        ) { bench in
            let requests = try bench.requests()
            let specimen = try bench.open()
            try leak(bench, "call", steps: 50) {
                let calls = requests.map { specimen.start($0) }
                try specimen.finished(calls)
                specimen.forget()
            }
        },
        Check(
            id: "resources-descriptors", group: .resources,
            sentence: "Calls and instances leave no descriptors open.",
            why:
                "A process may have some thousand descriptors: when they are used up, the host takes no connection any more.",
            mend: "Close on every way out of a call, and in `destroy`, what was opened."
        ) { bench in
            try left(bench, "descriptor") {
                ProcessState.descriptors.count
            } what: {
                ProcessState.descriptors
            }
        },
        Check(
            id: "resources-threads", group: .resources,
            sentence: "Calls and instances leave no threads behind.",
            why: "Each thread keeps its stack, and a thread that outlives its instance runs on memory that was freed.",
            mend: "End and join in `close` the threads that `open` or a call has started."
        ) { bench in
            try left(bench, "thread") {
                ProcessState.threads
            } what: {
                []
            }
        },
        Check(
            id: "resources-idle", group: .resources,
            sentence: "A plugin that has nothing to do uses no processor.",
            why:
                "Most plugins are idle most of the time. One that looks all the time whether there is work takes a core.",
            mend: "Wait on a condition, a descriptor or the timer service instead of looking again and again."
        ) { bench in
            let requests = try bench.requests()
            let specimen = try bench.open()
            for request in requests { _ = try specimen.ask(request) }
            bench.settle()
            var least = Int64.max
            for _ in 0..<3 where least > 60 * BenchClock.millisecond {
                let before = ProcessState.processorTime
                BenchThread.pause(150 * BenchClock.millisecond)
                least = min(least, ProcessState.processorTime - before)
            }
            try expect(
                least < 60 * BenchClock.millisecond,
                "in 150 ms without a call the plugin used \(milliseconds(least)) of processor time")
        },
        Check(
            id: "resources-process-untouched", group: .resources,
            sentence:
                "Instances and calls change nothing that belongs to the whole process, and write nothing to standard output.",
            why: """
                Signal handlers, the environment, the working directory and the file mode mask are shared by the host and \
                all plugins; standard output is the host's, and may carry an answer.
                """,
            mend: "Use the service log for messages; pass paths and settings along instead of changing the process."
        ) { bench in
            // What loading changes is judged by entry-leaves-process-alone.
            _ = try bench.library()
            let output = CapturedOutput()
            let settings = ProcessSettings()
            let specimen = try bench.tour()
            let changes = settings.changes
            try specimen.leave([])
            specimen.close()
            specimen.destroy()
            try expect(changes.isEmpty, "the plugin changed the process", changes)
            let written = output.end()
            try expect(
                written.isEmpty, "the plugin wrote \(written.utf8.count) bytes to standard output",
                [String(written.prefix(200))])
        },
    ]

    private static func milliseconds(_ time: Int64) -> String {
        let tenths = (time + 50_000) / 100_000
        return "\(tenths / 10).\(tenths % 10) ms"
    }

    /// Does memory grow with each step? What grows now and then is a cache; what grows in every round is a leak. So the
    /// second smallest growth of many rounds counts, and where it is suspicious there are more rounds.
    private static func leak(_ bench: Bench, _ step: String, steps: Int, _ body: () throws -> Void) throws {
        func allocated() throws -> Int {
            guard let bytes = ProcessState.allocated else {
                throw Finding.skipped("the C library does not tell how much memory is allocated")
            }
            return bytes
        }
        // Slow plugins do fewer steps a round.
        let started = BenchClock.now()
        for _ in 0..<3 { try body() }
        let one = max(1, (BenchClock.now() - started) / 3)
        guard one < 400 * BenchClock.millisecond else {
            throw Finding.skipped("one \(step) takes \(milliseconds(one)): too long to do it often enough")
        }
        let steps = max(1, min(steps, Int(150 * BenchClock.millisecond / one)))
        for _ in 0..<steps { try body() }
        var growth: [Int] = []
        func round() throws {
            let before = try allocated()
            for _ in 0..<steps { try body() }
            bench.settle(2 * BenchClock.millisecond)
            growth.append(try allocated() - before)
        }
        var perStep = 0.0
        let threads = ProcessState.threads
        repeat {
            for _ in 0..<8 { try round() }
            perStep = Double(growth.sorted()[1]) / Double(steps)
        } while perStep >= 8 && growth.count < 48 && BenchClock.now() - started < 5 * BenchClock.second
        // A thread that stays keeps memory too.
        if ProcessState.threads - threads >= growth.count / 2 {
            throw Finding.skipped("threads were left behind, which resources-threads judges")
        }
        bench.figures.append((name: "growth", value: "\(max(0, Int(perStep.rounded()))) bytes"))
        try expect(
            perStep < 8, "each \(step) leaves about \(Int(perStep.rounded())) bytes behind",
            [
                "growth in \(growth.count) rounds of \(steps): \(growth.suffix(16).map(String.init).joined(separator: ", ")) bytes"
            ])
    }

    /// Does the number of something grow with calls, or with instances?
    private static func left(
        _ bench: Bench, _ name: String, count: () -> Int, what: () -> [String]
    ) throws {
        let requests = try bench.requests()
        func live(calls: Int) throws {
            let specimen = try bench.open()
            for _ in 0..<calls {
                let calls = requests.map { specimen.start($0) }
                try specimen.finished(calls)
                specimen.forget()
            }
            specimen.close()
            specimen.destroy()
        }
        // The least of some looks: what is on its way out may still be there at the first.
        func settled() -> Int {
            var least = count()
            for _ in 0..<5 {
                bench.settle(5 * BenchClock.millisecond)
                least = min(least, count())
            }
            return least
        }
        try live(calls: 3)
        try live(calls: 1)
        let before = settled()
        let there = Set(what())
        let count = try bench.often(20) { _ in try live(calls: 2) }
        let after = settled()
        try expect(
            after - before < count / 2,
            "\(2 * count) calls to \(count) instances left \(after - before) \(name)s behind",
            Array(what().filter { !there.contains($0) }.prefix(5)))
    }
}
