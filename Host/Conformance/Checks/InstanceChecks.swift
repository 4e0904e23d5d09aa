import CJackfield

extension CheckCatalogue {
    static let instanceChecks: [Check] = [
        Check(
            id: "instances-many", group: .instances,
            sentence: "64 instances can live and work at once, and end in any order.",
            why: "A manifest may use the same plugin many times, each time with another configuration.",
            mend: "Keep nothing of an instance in static variables."
        ) { bench in
            let request = try bench.request()
            let alone = try bench.open().ask(request).outcome
            var specimens: [Specimen] = []
            let count = try bench.often(64) { number in
                var options = SpecimenOptions()
                options.name = "checked-\(number)"
                let specimen = Specimen(bench: bench, library: try bench.library(), options: options)
                let (status, failure) = specimen.tryCreate()
                try expect(
                    status == JACKFIELD_OK,
                    "beside \(number - 1) other instances `create` answered \(BenchEnd.label(status)): \(failure)")
                try specimen.open()
                specimens.append(specimen)
            }
            if count < 64 { bench.figures.append((name: "instances", value: "\(count)")) }
            let calls = specimens.map { $0.start(request) }
            bench.step("waiting for `finish` of \(count) instances")
            try specimens[0].finished(calls)
            for (number, call) in calls.enumerated() {
                try expect(
                    call.outcome?.isOK == alone?.isOK,
                    "instance \(number) of \(count) answered otherwise than one alone",
                    [call.summary, "alone: \(alone?.label ?? "nothing")"])
            }
            for specimen in specimens.shuffled(using: &bench.random) {
                try specimen.leave([])
                specimen.close()
                specimen.destroy()
            }
        },
        Check(
            id: "instances-apart", group: .instances,
            sentence: "Two instances whose calls have the same names do not disturb each other.",
            why: """
                Names of calls are unique within an instance, not between instances. A table of calls that all instances \
                share mixes them up.
                """,
            mend: "Keep the table of calls in the instance."
        ) { bench in
            let requests = try bench.requests()
            var options = SpecimenOptions()
            options.firstCall = 0x7000_0000
            let first = try bench.open(options)
            options.name = "other"
            let second = try bench.open(options)
            for request in requests {
                let calls = [first.start(request), second.start(request)]
                bench.step("waiting for `finish` of two calls with the same name")
                guard bench.run(until: { calls.allSatisfy(\.isOver) }) else {
                    _ = try bench.open().ask(request)
                    throw Finding.failed("two calls with the same name were not both finished", calls.map(\.summary))
                }
            }
            let usual = try bench.open().ask(requests[0])
            for (one, other) in [(first, second), (second, first)] {
                let cancelled = one.start(requests[0])
                let untouched = other.start(requests[0])
                // Their names are the same as long as both have been asked the same number of times.
                one.cancel(cancelled)
                try one.finished([cancelled, untouched])
                try expect(
                    untouched.outcome?.isOK == usual.outcome?.isOK,
                    "a cancel on one instance ended a call of the other",
                    [untouched.summary])
            }
            try first.leave([])
            first.close()
            first.destroy()
            let after = try second.ask(requests[0])
            try expect(
                after.outcome?.isOK == usual.outcome?.isOK, "after one instance has ended the other answers otherwise",
                [after.summary])
        },
    ]
}
