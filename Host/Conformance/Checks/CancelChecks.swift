import CJackfield

extension CheckCatalogue {
    static let cancelChecks: [Check] = [
        Check(
            id: "cancel-unknown-call", group: .cancel,
            sentence: "A cancel for a call that never was is answered `stale`.",
            why: "A cancel may cross a finish, so that the plugin hears of a call that it does not know any more.",
            mend: "Look the call up by its name, and return JACKFIELD_STALE if it is not there."
        ) { bench in
            let specimen = try bench.open()
            for handle: UInt64 in [1, 0xDEAD_BEEF, .max, 0] {
                let answer = specimen.cancel(handle: handle)
                try expect(
                    answer == JACKFIELD_STALE,
                    "`cancel` of the call \(handle), which never was, was answered \(BenchEnd.label(answer))")
            }
        },
        Check(
            id: "cancel-finished-call", group: .cancel,
            sentence: "A cancel for a call that was finished is answered `stale`.",
            why: "The host may give up a call in the very moment in which it is finished.",
            mend: "Forget a call before it is finished, and return JACKFIELD_STALE for what is not there."
        ) { bench in
            let requests = try bench.requests()
            let specimen = try bench.open()
            for request in requests {
                let call = try specimen.ask(request)
                bench.settle(5 * BenchClock.millisecond)
                for _ in 0..<2 {
                    let answer = specimen.cancel(call)
                    try expect(
                        answer == JACKFIELD_STALE,
                        "`cancel` after the end was answered \(BenchEnd.label(answer)), not stale", [call.summary])
                }
            }
        },
        Check(
            id: "cancel-in-flight", group: .cancel,
            sentence: "A call that is cancelled in flight is finished soon, also when its services never answer.",
            why: "The user has gone. Until the call is finished its memory is held, and its place is taken.",
            mend: "In `cancel` wake whatever the call waits for, cancel what it has started, and finish it."
        ) { bench in
            let (specimen, calls) = try bench.inFlight()
            if specimen.ended(calls) { return }
            let deaf = calls.filter { !$0.isOver }
            for call in deaf.prefix(1) { _ = try bench.open().ask(call.request) }
            throw Finding.failed("a cancelled call was not finished", deaf.map(\.summary))
        },
        Check(
            id: "cancel-twice", group: .cancel,
            sentence: "A call can be cancelled twice, and is still finished once.",
            why: "A client leaves and a deadline passes at the same time: both cancel.",
            mend: "Let the second cancel find that the call is cancelled, or gone, and do nothing."
        ) { bench in
            let (specimen, calls) = try bench.inFlight()
            for call in calls {
                for _ in 0..<3 {
                    let answer = specimen.cancel(call)
                    try expect(
                        answer == JACKFIELD_OK || answer == JACKFIELD_STALE,
                        "`cancel` was answered \(BenchEnd.label(answer)), neither ok nor stale")
                }
            }
            try specimen.finished(calls)
            bench.settle()
            let seen = specimen.violations(.finishTwice)
            try expect(seen.isEmpty, "a call that was cancelled twice was finished more than once", seen)
        },
        Check(
            id: "cancel-storm", group: .cancel,
            sentence: "Many calls that are cancelled at any moment are all finished, and the plugin works as before.",
            why: "When a connection to many clients breaks, hundreds of calls are cancelled at once.",
            mend: "Look for what is freed, counted or locked on one way out of a call and not on the other."
        ) { bench in
            let requests = try bench.requests()
            let specimen = try bench.open()
            let before = try specimen.ask(requests[0]).outcome?.code
            try bench.often(10) { _ in
                var calls: [CallRecord] = []
                for _ in 0..<20 {
                    guard let request = requests.randomElement(using: &bench.random) else { break }
                    calls.append(specimen.start(request))
                    if Bool.random(using: &bench.random) {
                        bench.settle(Int64.random(in: 0...200_000, using: &bench.random))
                    }
                    if let call = calls.randomElement(using: &bench.random), !call.isGivenUp { specimen.cancel(call) }
                }
                calls.shuffle(using: &bench.random)
                try specimen.end(calls)
                specimen.forget()
            }
            let after = try specimen.ask(requests[0])
            try expect(
                after.outcome?.code == before,
                "after the storm a call ended with \(after.outcome?.label ?? "nothing"), before it with \(BenchEnd.label(before ?? 0))",
                [after.summary])
        },
    ]
}
