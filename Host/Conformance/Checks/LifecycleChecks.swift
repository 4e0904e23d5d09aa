import CJackfield
import JackfieldJSON
import JackfieldVocabulary

extension CheckCatalogue {
    static let lifecycleChecks: [Check] = [
        Check(
            id: "lifecycle-create", group: .lifecycle,
            sentence: "`create` makes an instance and fills in its whole side.",
            why: "The host calls all five functions of the side without looking whether they are there.",
            mend: """
                Set `size` and all of start, emit, finish, cancel and resume. One that is never needed answers \
                JACKFIELD_STALE. If the configuration is at fault, give one with --config or in check.json.
                """
        ) { bench in
            let specimen = Specimen(bench: bench, library: try bench.library(), options: SpecimenOptions())
            let (status, failure) = specimen.tryCreate()
            try expect(
                status == JACKFIELD_OK, "`create` answered \(BenchEnd.label(status)): \(failure)",
                ["configuration: \(bench.subject.config.text)"])
            try expect(
                specimen.side.size < JACKFIELD_SIDE_ROOM, "`create` left `size` as it was: set it to what was written")
            try expect(specimen.isComplete, "`create` left a function of its side null, or its size too small")
            try expect(specimen.side.reserved == 0, "`reserved` of the side is not zero")
        },
        Check(
            id: "lifecycle-open", group: .lifecycle,
            sentence: "`open` brings the instance into service.",
            why: "A plugin that cannot be opened takes no calls.",
            mend: """
                Return JACKFIELD_OK; where something is missing, write a sentence that says what into `failure`. What the \
                plugin needs from services can be given in check.json.
                """
        ) { bench in
            let specimen = try bench.create()
            let (status, failure) = specimen.tryOpen()
            try expect(status == JACKFIELD_OK, "`open` answered \(BenchEnd.label(status)): \(failure)")
        },
        Check(
            id: "lifecycle-refuses-broken-config", group: .lifecycle,
            sentence:
                "A configuration that is not JSON does no harm: `create` fails with a sentence, or has no use for one.",
            why: """
                The host checks configurations against the schema, but a plugin that trusts that blindly crashes the host \
                when a schema has a gap.
                """,
            mend: """
                Where the configuration cannot be read, return JACKFIELD_INVALID_ARGUMENT and write a sentence into \
                `failure`, with a NUL at its end.
                """
        ) { bench in
            for text in ["", "{", "[]", "null", "{\"a\":", "\u{0}\u{1}", "{\"a\":\"\u{FFFD}", "{}garbage"] {
                var options = SpecimenOptions()
                options.config = Array(text.utf8)
                let specimen = Specimen(bench: bench, library: try bench.library(), options: options)
                let (status, failure) = specimen.tryCreate()
                if status != JACKFIELD_OK {
                    try expect(
                        CallError.Code(rawValue: status) != nil, "`create` answered \(BenchEnd.label(status))",
                        ["configuration: \(text)"])
                    try expect(
                        !failure.hasPrefix("("), "`create` failed and wrote no sentence: \(failure)",
                        ["configuration: \(text)"])
                }
            }
            // What failed has left nothing behind that is in the way.
            _ = try bench.open()
        },
        Check(
            id: "lifecycle-silent-in-create", group: .lifecycle,
            sentence: "The plugin does not call the host before `open`.",
            why: "The host is not ready for calls of an instance that it does not know yet, and answers UNAVAILABLE.",
            mend: "Move what needs the host from `create` into `open`."
        ) { bench in
            let specimen = try bench.create()
            bench.settle()
            let seen = specimen.violations(.callInCreate)
            try expect(seen.isEmpty, "the host was called before `open`", seen)
        },
        Check(
            id: "lifecycle-destroy-without-open", group: .lifecycle,
            sentence: "A plugin that was created but never opened can be destroyed.",
            why: """
                A host that starts several plugins gives up when one of them fails, and then destroys those that it has \
                created and not opened yet.
                """,
            mend: "Let `destroy` give back what `create` made, and nothing that only `open` makes."
        ) { bench in
            let specimen = try bench.create()
            specimen.destroy()
        },
        Check(
            id: "lifecycle-close-without-open", group: .lifecycle,
            sentence: "A plugin that was created but never opened can be closed.",
            why: "A host that stops everything closes each instance, whatever it has come to.",
            mend: "Let `close` do nothing if `open` was not called."
        ) { bench in
            let specimen = try bench.create()
            specimen.close()
            specimen.destroy()
        },
        Check(
            id: "lifecycle-close-twice", group: .lifecycle,
            sentence: "A plugin can be closed twice.",
            why: "A stop that was interrupted is made again from the beginning.",
            mend: "Remember that the instance is closed, and return."
        ) { bench in
            let specimen = try bench.open()
            specimen.close()
            specimen.close()
            specimen.destroy()
        },
        Check(
            id: "lifecycle-destroy-while-open", group: .lifecycle,
            sentence: "An open plugin can be destroyed without being closed.",
            why: "`destroy` is legal in every state: a host in a hurry leaves `close` out.",
            mend: "Let `destroy` do first what `close` does, unless it was done."
        ) { bench in
            let specimen = try bench.open()
            let call = specimen.start(try bench.request())
            _ = bench.run { call.isOver }
            try specimen.leave([call])
            specimen.destroy()
            // And with calls in flight, where there can be any.
            guard let (other, calls) = try? bench.inFlight(isBlocked: true) else { return }
            try other.leave(calls)
            other.destroy()
            bench.settle()
        },
        Check(
            id: "lifecycle-drain", group: .lifecycle,
            sentence: "Calls in flight when `drain` is called are still finished, and `drain` without calls returns.",
            why:
                "A host that stops lets the requests end that are under way. A call that is dropped is a user's answer lost.",
            mend: "In `drain` stop what begins new work, and let calls go on. It may return before they are finished."
        ) { bench in
            for time in [BenchClock.second, -BenchClock.second] {
                let idle = try bench.open()
                idle.drain(within: time)
                idle.destroy()
            }
            // Answers of services take a little, so that the calls are under way.
            var options = SpecimenOptions()
            options.services = { record in
                let answer = ServiceScript.answer(record, bench.subject.rehearsal)
                if case .answer(let events, let end) = answer {
                    return .after(10 * BenchClock.millisecond, events, end)
                }
                return answer
            }
            let requests = try bench.requests()
            let specimen = try bench.open(options)
            let calls = requests.map { specimen.start($0) }
            specimen.drain(within: 30 * BenchClock.second)
            bench.step("waiting for `finish` after `drain`")
            _ = bench.run { calls.allSatisfy(\.isOver) }
            let lost = calls.filter { !$0.isOver }
            guard !lost.isEmpty else { return }
            // One that is never finished anyway is not the fault of the drain.
            for call in lost { _ = try bench.open().ask(call.request) }
            throw Finding.failed("calls in flight were not finished after `drain`", lost.map(\.summary))
        },
        Check(
            id: "lifecycle-close-in-flight", group: .lifecycle,
            sentence: "A plugin can be closed and destroyed while calls are in flight.",
            why: """
                When the time to drain is over the host closes, whatever is still going on. Every call is dead then, in \
                both directions.
                """,
            mend: """
                In `close` wake and end whatever works on a call, wait until it is out of the way, and let nothing of it \
                touch the instance after `destroy`.
                """
        ) { bench in
            let (specimen, calls) = try bench.inFlight(isBlocked: true)
            try specimen.leave(calls)
            specimen.close()
            bench.settle()
            specimen.destroy()
            bench.settle()
            let seen = specimen.violations(.answerAfterClose)
            try expect(seen.isEmpty, "a call that was in flight was used after `close`", Array(seen.prefix(5)))
        },
        Check(
            id: "lifecycle-silent-after-close", group: .lifecycle,
            sentence: "After `close` has returned the plugin does not call the host any more.",
            why: "What the host gave the instance is taken down after `close`: a late call has nowhere to go.",
            mend: "In `close` stop timers and threads, and join them, before it returns."
        ) { bench in
            let requests = try bench.requests()
            let specimen = try bench.open()
            for request in requests {
                let call = specimen.start(request)
                _ = bench.run(limit: BenchClock.second) { call.isOver }
            }
            specimen.close()
            bench.settle(100 * BenchClock.millisecond)
            let seen = specimen.violations(.callAfterClose, .answerAfterClose)
            try expect(seen.isEmpty, "the host was called after `close`", Array(seen.prefix(5)))
        },
        Check(
            id: "lifecycle-again-and-again", group: .lifecycle,
            sentence: "Instances can be made, used and destroyed many times in one process.",
            why: """
                The library is never unloaded: a host that restarts an instance makes the next one from the same code with \
                the same static variables.
                """,
            mend: "Keep what belongs to an instance in the instance, and nothing in static variables."
        ) { bench in
            let request = try bench.request()
            var first: Int32?
            try bench.often(20) { round in
                let specimen = Specimen(bench: bench, library: try bench.library(), options: SpecimenOptions())
                let (status, failure) = specimen.tryCreate()
                if round == 1, status != JACKFIELD_OK {
                    throw Finding.skipped("`create` fails, which lifecycle-create judges")
                }
                try expect(
                    status == JACKFIELD_OK, "`create` number \(round) answered \(BenchEnd.label(status)): \(failure)")
                try specimen.open()
                let call = try specimen.ask(request)
                let code = call.outcome?.code
                try expect(
                    first == nil || code == first,
                    "instance \(round) answered \(call.outcome?.label ?? "nothing"), the first one \(BenchEnd.label(first ?? 0))",
                    [call.summary])
                first = code
                specimen.drain()
                try specimen.leave([call])
                specimen.close()
                specimen.destroy()
            }
        },
    ]
}
