import CJackfield

extension CheckCatalogue {
    static let deadlineChecks: [Check] = [
        Check(
            id: "deadline-past", group: .deadline,
            sentence: "A call whose deadline has already passed is finished like any other.",
            why: "A request may have waited in a queue for longer than its client wanted to wait.",
            mend:
                "Finish with JACKFIELD_DEADLINE, or do the work if it is done at once. Beware of negative times to wait."
        ) { bench in
            let requests = try bench.requests()
            for deadline: Int64 in [1, BenchClock.now() - BenchClock.second, BenchClock.now()] {
                let specimen = try bench.open()
                let calls = requests.map { specimen.start($0, deadline: deadline) }
                bench.step("waiting for `finish` of calls with a deadline that has passed")
                guard bench.run(until: { calls.allSatisfy(\.isOver) }) else {
                    for call in calls where !call.isOver { _ = try bench.open().ask(call.request) }
                    throw Finding.failed("a call whose deadline had passed was not finished", calls.map(\.summary))
                }
            }
        },
        Check(
            id: "deadline-none", group: .deadline,
            sentence: "A call without a deadline, or with one at the end of time, is answered like any other.",
            why: "0 means that there is none. The largest number overflows where something is added to it.",
            mend: "Treat 0 as no deadline; compare times by subtraction only where it cannot overflow."
        ) { bench in
            let requests = try bench.requests()
            let specimen = try bench.open()
            for request in requests {
                let usual = try specimen.ask(request)
                for deadline: Int64 in [0, .max] {
                    let call = specimen.start(request, deadline: deadline)
                    _ = bench.run { call.isOver }
                    try expect(
                        call.outcome?.code == usual.outcome?.code,
                        "with \(deadline == 0 ? "no deadline" : "a deadline at the end of time") the call ended otherwise",
                        [call.summary, "with one in a minute: \(usual.summary)"])
                }
            }
        },
        Check(
            id: "deadline-storm", group: .deadline,
            sentence: "Many calls whose deadlines pass while they are under way are all finished.",
            why:
                "When an upstream hangs, all that waits for it reaches its deadline, and the host cancels one after the other.",
            mend:
                "Treat the cancel of a deadline like any other, also where the plugin has watched the deadline itself."
        ) { bench in
            let requests = try bench.requests()
            var options = SpecimenOptions()
            options.services = Bench.deaf
            let specimen = try bench.open(options)
            try bench.often(4) { _ in
                var calls: [(CallRecord, Int64)] = []
                for _ in 0..<25 {
                    guard let request = requests.randomElement(using: &bench.random) else { break }
                    let deadline =
                        BenchClock.now() + Int64.random(in: -1_000_000...8_000_000, using: &bench.random)
                    calls.append((specimen.start(request, deadline: deadline), deadline))
                }
                for (call, deadline) in calls.sorted(by: { $0.1 < $1.1 }) {
                    _ = bench.run(limit: max(0, deadline - BenchClock.now())) { call.isOver }
                    if !call.isOver { specimen.cancel(call) }
                }
                let late = specimen.ended(calls.map(\.0)) ? [] : calls.filter { !$0.0.isOver }
                guard late.isEmpty else {
                    try bench.endsWhenCancelled(late[0].0.request)
                    throw Finding.failed("a call was not finished after its deadline", late.map(\.0.summary))
                }
                specimen.forget()
            }
        },
    ]
}
