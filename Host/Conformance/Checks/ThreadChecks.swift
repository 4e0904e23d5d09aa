import CJackfield

extension CheckCatalogue {
    static let threadChecks: [Check] = [
        Check(
            id: "threads-calls-at-once", group: .threads,
            sentence: "Different calls can be started from several threads at once.",
            why: """
                The host has an event loop for each processor core, and asks the same instance from all of them. What two \
                calls share without a lock is damaged sooner or later.
                """,
            mend: "Keep what belongs to a call in the call, and guard what is shared with a lock or with atomics."
        ) { bench in
            let requests = try bench.requests()
            let specimen = try bench.open()
            let made = Collected<CallRecord>()
            let running = Counter(4)
            for thread in 0..<4 {
                _ = BenchThread {
                    for round in 0..<10 { made.add(specimen.start(requests[(thread + round) % requests.count])) }
                    running.down()
                }
            }
            _ = bench.run { running.isZero }
            guard running.isZero else { throw Finding.failed("`start` did not return on one of four threads") }
            try specimen.finished(made.values)
            // The same questions one after the other have the same kinds of answers.
            let quiet = try bench.open()
            let alone = try requests.map { try quiet.ask($0).outcome?.isOK ?? false }
            for call in made.values {
                guard
                    let index = requests.firstIndex(where: {
                        $0.method.number == call.request.method.number && $0.payload == call.request.payload
                    })
                else { continue }
                try expect(
                    call.outcome?.isOK == alone[index], "a call that is answered alone failed among others",
                    [call.summary])
            }
        },
        Check(
            id: "threads-one-at-a-time", group: .threads,
            sentence: "For one call the plugin calls `emit` and `finish` one after the other, never at once.",
            why: """
                The host reads a call's events in the order in which they came. Two threads that emit for the same call \
                leave that order to chance.
                """,
            mend: "Let one thread at a time speak for a call, or hold a lock of the call while calling the host."
        ) { bench in
            let requests = try bench.requests()
            let specimen = try bench.open()
            // The host takes its time, so that two that come together are seen together.
            let calls = requests.map { request in
                specimen.start(request) { _, _ in
                    BenchThread.pause(2 * BenchClock.millisecond)
                    return JACKFIELD_OK
                }
            }
            _ = bench.run { calls.allSatisfy(\.isOver) }
            let seen = specimen.violations(.overlap)
            try expect(seen.isEmpty, "two functions were called for one call at the same time", Array(seen.prefix(3)))
        },
        Check(
            id: "threads-control-anywhere", group: .threads,
            sentence: "Create, open, calls, close and destroy can each come on another thread.",
            why: "The host has threads for these functions that come and go. Nothing is bound to the one before.",
            mend: "Keep nothing in thread-local variables, and use no lock that its owner alone may open."
        ) { bench in
            let request = try bench.request()
            let library = try bench.library()
            let specimen = Specimen(bench: bench, library: library, options: SpecimenOptions())
            let problems = Collected<any Error>()
            func elsewhere(_ body: @escaping () throws -> Void) throws {
                let done = Counter(1)
                _ = BenchThread {
                    do { try body() } catch { problems.add(error) }
                    done.down()
                }
                guard bench.run(until: { done.isZero }) else { throw Finding.failed("a function did not return") }
                if let problem = problems.values.first { throw problem }
            }
            try elsewhere { try specimen.create() }
            try elsewhere { try specimen.open() }
            for _ in 0..<3 {
                let call = Collected<CallRecord>()
                try elsewhere { call.add(specimen.start(request)) }
                try specimen.finished(call.values)
            }
            try elsewhere { specimen.close() }
            try elsewhere { specimen.destroy() }
        },
        Check(
            id: "threads-cancel-inside-emit", group: .threads,
            sentence: "The host may cancel a call from inside the `emit` that the plugin has called.",
            why: """
                A client goes away while its answer is written: the host learns of it inside `emit`, and tells the plugin at \
                once. A plugin that holds a lock while it calls the host waits for itself for ever.
                """,
            mend: "Let go of every lock before calling a function of the host."
        ) { bench in
            let request = try bench.streamingRequest()
            let specimen = try bench.open()
            let call = specimen.start(request) { call, _ in
                specimen.cancel(call)
                return JACKFIELD_CANCELLED
            }
            try specimen.finished([call])
            try expect(
                bench.run(until: { call.isOver }), "the call was not finished after a cancel inside `emit`")
        },
        Check(
            id: "threads-resume-inside-emit", group: .threads,
            sentence: "A `resume` that comes before `emit` has answered WOULD_BLOCK is not lost.",
            why: """
                The reader may make room in the moment in which the host finds that there is none. The `resume` then comes \
                on another thread, or inside `emit`, before the plugin knows that it has to wait.
                """,
            mend: """
                Before each `emit` note that no resume has come; in `resume` note that one has come; after WOULD_BLOCK look \
                at the note before waiting.
                """
        ) { bench in
            let request = try bench.streamingRequest()
            let specimen = try bench.open()
            var isHeld = false
            var count = 0
            let call = specimen.start(request) { call, _ in
                isHeld.toggle()
                count += 1
                guard isHeld, count < 200 else { return JACKFIELD_OK }
                specimen.resume(handle: call.handle)
                return JACKFIELD_WOULD_BLOCK
            }
            bench.step("waiting for `finish` after an early `resume`")
            guard bench.run(until: { call.isOver }) else {
                // One that is never finished anyway is not the matter here.
                _ = try bench.open().ask(request)
                throw Finding.failed("the plugin still waits for a `resume` that came inside `emit`", [call.summary])
            }
        },
        Check(
            id: "threads-cancel-and-resume-from-others", group: .threads,
            sentence: "Cancel and resume can come from any thread, at any moment.",
            why:
                "The one who reads an answer and the one who gives up waiting are other threads than the one that works.",
            mend: "Guard what cancel and resume touch with the same lock that the work takes, or with atomics."
        ) { bench in
            let requests = try bench.requests()
            let specimen = try bench.open()
            var generator = bench.random
            for _ in 0..<10 {
                let calls = requests.map { request in
                    specimen.start(request) { call, _ in
                        if call.isGivenUp { return JACKFIELD_CANCELLED }
                        return call.offers.count % 3 == 2 ? JACKFIELD_WOULD_BLOCK : JACKFIELD_OK
                    }
                }
                let running = Counter(3)
                let order = calls.shuffled(using: &generator)
                let moment = Int.random(in: 0..<20, using: &generator)
                for thread in 0..<3 {
                    _ = BenchThread {
                        for round in 0..<20 {
                            for call in order {
                                if thread == 0 { specimen.resume(handle: call.handle) }
                                if thread == 1, round == moment { specimen.cancel(call) }
                                if thread == 2 { specimen.resume(handle: call.handle &+ 1) }
                            }
                        }
                        running.down()
                    }
                }
                guard bench.run(until: { running.isZero }) else {
                    throw Finding.failed("`cancel` or `resume` did not return")
                }
                try specimen.end(calls)
            }
        },
    ]
}
