import CJackfield
import JackfieldJSON
import JackfieldVocabulary

extension CheckCatalogue {
    static let serviceChecks: [Check] = [
        callsOfServices(
            "services-declared", [.undeclaredService, .unknownServiceMethod],
            "The plugin calls only services that its descriptor lists, and methods that they have.",
            "An operator reads in plugin.json what a plugin may use. What is not listed does not exist for it.",
            "List the service in the descriptor and in plugin.json; `interface` is the index into that list."),
        callsOfServices(
            "services-requests-well-formed", [.malformedRequest, .malformedStart],
            "Every request to a service is well-formed.",
            "The host refuses what it cannot read.",
            "Build requests with build.h or a kit; zero the `jackfield_start` and set its `size`."),
        callsOfServices(
            "services-names", [.badCallName, .unknownParent],
            "Each call to a service has a name of its own, and names the call on whose behalf it is made.",
            """
            A name that is used twice makes answers go astray. With the parent the host knows who asks: grants, deadline and \
            correlation id come from there.
            """,
            "Count up 64 bits for the names, from 1, and put the call of the host into `parent`, or 0 if there is none."
        ),
        Check(
            id: "services-withheld", group: .services,
            sentence: "Without the services that it calls optional, the plugin still opens and finishes its calls.",
            why: "A host may not have them, or the operator may not grant them: that is what optional means.",
            mend:
                "Look in the setup's `services` whether a service is there (not 0), and do without, or declare it required."
        ) { bench in
            let library = try bench.library()
            let optional = library.services.filter { !$0.isRequired }.map(\.id)
            guard !optional.isEmpty else { throw Finding.skipped("the plugin has no optional services") }
            let requests = try bench.requests()
            _ = try bench.open()
            var choices = [Set(optional)] + (optional.count > 1 ? optional.map { Set([$0]) } : [])
            for _ in 0..<3 { choices.append(Set(optional.filter { _ in Bool.random(using: &bench.random) })) }
            for withheld in choices {
                let names = withheld.sorted().joined(separator: ", ")
                var options = SpecimenOptions()
                options.withheld = withheld
                let specimen = try bench.create(options)
                let (status, failure) = specimen.tryOpen()
                try expect(
                    status == JACKFIELD_OK, "without \(names) `open` answered \(BenchEnd.label(status)): \(failure)")
                let calls = requests.map { specimen.start($0) }
                try bench.allFinished(calls, "without \(names)")
            }
        },
        Check(
            id: "services-refused", group: .services,
            sentence: "When a service refuses to start a call, the plugin finishes its own all the same.",
            why: "A grant may be missing, and a host under load may refuse for a while.",
            mend: "Look at what the host's `start` answers; a call that was refused is never finished by the host."
        ) { bench in
            let requests = try bench.requests()
            for code in [JACKFIELD_FORBIDDEN, JACKFIELD_UNAVAILABLE, JACKFIELD_EXHAUSTED, JACKFIELD_CANCELLED] {
                var options = SpecimenOptions()
                options.services = { _ in .refuse(code) }
                try bench.withServices(options, requests, "when services are refused with \(BenchEnd.label(code))")
            }
        },
        Check(
            id: "services-failing", group: .services,
            sentence: "Whatever error a service ends with, the plugin finishes its own call.",
            why: "Networks fail, upstreams are overloaded, secrets are missing: each has its code.",
            mend:
                "Treat every code other than OK as a failure of that call, and finish yours with a code that says what it means for it."
        ) { bench in
            let requests = try bench.requests()
            // A plugin that is slow to start is not tried with all of them.
            let limit = BenchClock.now() + 3 * BenchClock.second
            for code in CallError.Code.allCases where BenchClock.now() < limit {
                var options = SpecimenOptions()
                options.services = { _ in .answer([], .failed(code.rawValue, "the rehearsal fails")) }
                try bench.withServices(options, requests, "when services fail with \(code.label)")
            }
            // After a long silence, and in the middle of an answer.
            var options = SpecimenOptions()
            options.services = { _ in
                .after(30 * BenchClock.millisecond, [], .failed(JACKFIELD_DEADLINE, "nobody answered"))
            }
            try bench.withServices(options, requests, "when services fail after a long silence")
            options.services = { record in
                let answer = ServiceScript.answer(record, bench.subject.rehearsal)
                guard case .answer(let events, _) = answer else { return answer }
                return .answer(Array(events.dropLast()), .failed(JACKFIELD_UNAVAILABLE, "the connection was lost"))
            }
            try bench.withServices(options, requests, "when services fail in the middle")
        },
        Check(
            id: "services-inside-start", group: .services,
            sentence: "A service may finish its call before the host's `start` has returned.",
            why:
                "What is known at once is answered at once. A plugin that enters the call into its table only afterwards misses the end.",
            mend:
                "Enter the call before calling `start`, hold no lock meanwhile, and take it out again if `start` refuses."
        ) { bench in
            let requests = try bench.requests()
            var options = SpecimenOptions()
            options.services = { record in
                switch ServiceScript.answer(record, bench.subject.rehearsal) {
                case .answer(let events, let end), .after(_, let events, let end): .inside(events, end)
                case let other: other
                }
            }
            try bench.withServices(options, requests, "when services answer inside `start`")
        },
        Check(
            id: "services-random", group: .services,
            sentence: "Whatever mixture of answers, refusals, errors and delays services give, calls are finished.",
            why: "Real surroundings fail in part, and in another part each time.",
            mend: "Run the check again with the seed that it prints: the same mixture comes again."
        ) { bench in
            let requests = try bench.requests()
            let draw = Drawn(bench.random)
            try bench.often(15) { _ in
                var options = SpecimenOptions()
                options.services = { record in
                    let usual = ServiceScript.answer(record, bench.subject.rehearsal)
                    guard case .answer(let events, let end) = usual else { return usual }
                    switch draw.below(6) {
                    case 0: return .refuse(Int32(draw.below(13)) + 1)
                    case 1: return .answer([], .failed(Int32(draw.below(13)) + 1, "the rehearsal fails"))
                    case 2: return .inside(events, end)
                    case 3: return .after(Int64(draw.below(4)) * BenchClock.millisecond, events, end)
                    case 4:
                        return .answer(
                            Array(events.prefix(draw.below(events.count + 1))),
                            .failed(JACKFIELD_UNAVAILABLE, "cut off"))
                    default: return .answer(events, end)
                    }
                }
                try bench.withServices(options, requests, "with services that answer at random")
            }
        },
        Check(
            id: "services-malformed-answers", group: .services,
            sentence: "Malformed events and results of services do no harm: the plugin finishes its own call.",
            why: "Between plugin and host may lie another process, another version, or a fault.",
            mend: "Check each event and result with `jackfield_check` before reading it; end the call with an error."
        ) { bench in
            let requests = try bench.requests()
            for round in 0..<4 {
                var options = SpecimenOptions()
                options.services = { record in
                    let usual = ServiceScript.answer(record, bench.subject.rehearsal)
                    guard case .answer(var events, var end) = usual else { return usual }
                    func damage(_ payload: [UInt8]) -> [UInt8] {
                        switch round {
                        case 0: return []
                        case 1: return Array(payload.prefix(8))
                        case 2: return payload.enumerated().map { $0.offset < 8 ? $0.element : 0xFF }
                        default: return Array(payload.dropLast(max(1, payload.count / 2)))
                        }
                    }
                    if events.isEmpty {
                        end.result = damage(end.result)
                    } else {
                        for index in events.indices { events[index].payload = damage(events[index].payload) }
                    }
                    return .answer(events, end)
                }
                try bench.withServices(options, requests, "when services answer with malformed payloads")
            }
        },
        Check(
            id: "services-unknown-events", group: .services,
            sentence: "Events of services whose number the plugin does not know are left out.",
            why: "A newer host may tell more than the plugin has heard of.",
            mend: "Answer JACKFIELD_OK to events that are not handled."
        ) { bench in
            let requests = try bench.requests()
            var options = SpecimenOptions()
            options.services = { record in
                let usual = ServiceScript.answer(record, bench.subject.rehearsal)
                guard case .answer(let events, let end) = usual else { return usual }
                // A payload that is well-formed as far as anybody can tell.
                let news = CallRecord.Event(number: 9999, payload: BenchBytes.of(UInt64(8)))
                return .answer([news] + events.flatMap { [$0, news] } + [news], end)
            }
            let usual = try bench.open()
            let specimen = try bench.open(options)
            for request in requests {
                let before = try usual.ask(request)
                let call = try specimen.ask(request)
                try expect(
                    call.outcome?.isOK == before.outcome?.isOK,
                    "with unknown events in between the call ended otherwise",
                    [call.summary, "without: \(before.summary)"])
            }
            guard !specimen.serviceHistory.isEmpty else { throw Finding.skipped("the plugin called no service") }
        },
        Check(
            id: "services-stale-answers", group: .services,
            sentence: "Events and ends for calls that the plugin has not, or no longer, are answered `stale`.",
            why: "A cancel of the plugin may cross an event of the host.",
            mend: "Look the call up by its name in `emit` and `finish`, and return JACKFIELD_STALE if it is not there."
        ) { bench in
            let requests = try bench.requests()
            let specimen = try bench.open()
            for request in requests { _ = try specimen.ask(request) }
            let over = specimen.serviceHistory.map(\.handle).filter { handle in specimen.isServiceOver(handle) }
            for handle in [0, 0xDEAD_BEEF, .max] + over.prefix(5) {
                let payload = BenchMemory(BenchBytes.of(UInt64(8)))
                defer { withExtendedLifetime(payload) {} }
                bench.step("emit for a call that is not there")
                let emitted = specimen.side.emit(specimen.side.instance, handle, 1, payload.view)
                try expect(
                    emitted == JACKFIELD_STALE,
                    "`emit` for a call that is not there was answered \(BenchEnd.label(emitted))")
                var end = jackfield_end()
                end.size = UInt32(MemoryLayout<jackfield_end>.size)
                end.result = payload.view
                bench.step("finish for a call that is not there")
                let finished = specimen.side.finish(specimen.side.instance, handle, &end)
                try expect(
                    finished == JACKFIELD_STALE,
                    "`finish` for a call that is not there was answered \(BenchEnd.label(finished))")
            }
        },
    ]

    /// A check of manners that has nothing to look at where the plugin uses no service.
    private static func callsOfServices(
        _ id: String, _ kinds: [Violation.Kind], _ sentence: String, _ why: String, _ mend: String
    ) -> Check {
        let inner = tour(id, group: .services, kinds, sentence, why, mend)
        return Check(id: id, group: .services, sentence: sentence, why: why, mend: mend) { bench in
            // A call to a service that is not listed is a call too, so a plugin that lists none is looked at as well.
            try inner.run(bench)
        }
    }
}

extension Bench {
    /// Calls are finished; a call that is never finished anyway is not the matter.
    func allFinished(_ calls: [CallRecord], _ circumstances: String) throws {
        step("waiting for `finish` \(circumstances)")
        guard !run(until: { calls.allSatisfy(\.isOver) }) else { return }
        let open = calls.filter { !$0.isOver }
        for call in open.prefix(1) { _ = try self.open().ask(call.request) }
        throw Finding.failed("\(circumstances) a call was not finished", open.map(\.summary))
    }

    /// Ask everything of an instance with these services.
    ///
    /// - Throws: skipped where the plugin calls no service.
    func withServices(_ options: SpecimenOptions, _ requests: [CallRequest], _ circumstances: String) throws {
        let specimen = try create(options)
        // One that cannot open without them says so, and that is all.
        guard specimen.tryOpen().status == JACKFIELD_OK else { return }
        try allFinished(requests.map { specimen.start($0) }, circumstances)
        guard !specimen.serviceHistory.isEmpty else { throw Finding.skipped("the plugin called no service") }
    }
}

extension Specimen {
    /// A call of the plugin on a service was finished.
    func isServiceOver(_ handle: jackfield_call) -> Bool {
        lock.read { history.contains { $0.handle == handle && $0.isFinished } }
    }
}

/// Random numbers for code that runs on the plugin's threads.
private final class Drawn: @unchecked Sendable {
    private let lock = BenchLock()
    private var generator: SeededGenerator

    init(_ generator: SeededGenerator) { self.generator = generator }

    func below(_ bound: Int) -> Int { lock.read { Int.random(in: 0..<max(1, bound), using: &generator) } }
}
