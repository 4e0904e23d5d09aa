import CJackfield
import JackfieldVocabulary

extension CheckCatalogue {
    static let callChecks: [Check] = [
        Check(
            id: "calls-answer", group: .calls,
            sentence: "At least one request for what the role is there for is answered well.",
            why: """
                A plugin that refuses everything would pass most checks without having done anything. Where it needs \
                something outside (a server, a secret), the rehearsal has to give it.
                """,
            mend: """
                Put a check.json beside plugin.json, with the configuration, the answers of the network and the requests \
                that the plugin should be tried with: see docs/checks/README.md.
                """
        ) { bench in
            let specimen = try bench.open()
            var seen: [String] = []
            var codes: Set<Int32> = []
            // What only describes the plugin is no use to anybody alone.
            let describing: Set = ["describe", "models", "list"]
            let requests = try bench.requests()
            let useful = requests.filter { !describing.contains($0.method.name) }
            for request in useful.isEmpty ? requests : useful {
                let call = try specimen.ask(request)
                if call.outcome?.isOK == true { return }
                seen.append(call.summary)
                codes.insert(call.outcome?.code ?? JACKFIELD_INTERNAL)
            }
            if bench.subject.role == "jackfield.exporter", codes == [JACKFIELD_UNSUPPORTED] {
                throw Finding.skipped("the exporter has none of its methods, which role-exporter-methods judges")
            }
            throw Finding.failed("no request was answered well; give check.json what the plugin needs", seen)
        },
        Check(
            id: "calls-finish", group: .calls,
            sentence: "Every call that `start` has taken is finished.",
            why: "Somebody waits for the answer, and memory is held for it, until the call is finished.",
            mend: "Call `finish` on every way out of a handler, also where something went wrong."
        ) { bench in
            let requests = try bench.requests()
            let specimen = try bench.open()
            for request in requests {
                let call = specimen.start(request)
                bench.step("waiting for `finish`")
                try expect(bench.run(until: { call.isOver }), "a call was not finished", [call.summary])
            }
        },
        tour(
            "calls-finish-once", [.finishTwice], "Every call is finished once, not more often.",
            "A second `finish` is a sign that two places think that they own the call, and one has freed it.",
            "Decide in one place who finishes: mark the call as finished under its lock, and finish only if it was not."
        ),
        tour(
            "calls-events-before-finish", [.emitAfterFinish], "No event comes after `finish`.",
            "The answer has been sent by then: what comes later is lost.",
            "Finish last; where threads work on one call, wait for all of them first."),
        tour(
            "calls-known-events", [.unknownEvent], "Only events of the method are emitted.",
            "A number that the header does not have means nothing, or something else in a later version.",
            "Use the numbers of the role's header, and in a call only those of its method."),
        tour(
            "calls-events-well-formed", [.malformedEvent, .largeEvent],
            "Every event is well-formed, and of at most 16 MiB.",
            "The host refuses what it cannot read, and ends the call.",
            "Build events with build.h or a kit. Texts must be UTF-8: cut them at whole characters."),
        tour(
            "calls-result-well-formed", [.malformedResult], "Every result is well-formed, and of at most 64 MiB.",
            "The host refuses what it cannot read, and the call fails though the plugin said OK.",
            "Build results with build.h or a kit; a method without a result has `jackfield_empty`, not nothing."),
        tour(
            "calls-end-well-formed", [.malformedEnd, .unknownCode, .badMessage, .badRetry],
            "Every end has a code of the list, a sentence in UTF-8 where it failed, and retry fields that agree.",
            "Operators read the sentence; the host retries by the other fields, and maps the code to a status.",
            """
            Zero the `jackfield_end`, set `size`, take the code from abi.h, and say in one sentence what was wrong. `retry` is \
            0 or 1, `retry_after` is set only with it.
            """),
        tour(
            "calls-own-names", [.unknownCall], "The plugin names no call that the host has not started.",
            "A name that was made up, or cut to 32 bits, may be somebody else's call.",
            "Keep `jackfield_call` as it came: 64 bits, no arithmetic."),
        Check(
            id: "calls-refused-stay-unused", group: .calls,
            sentence:
                "A call that `start` refused is neither emitted to nor finished, and the refusal is a code of the list.",
            why: "A refused call never was: the host has forgotten its name.",
            mend: "Either refuse with a code from `start`, or return JACKFIELD_OK and finish the call with that code."
        ) { bench in
            let request = try bench.request()
            let specimen = try bench.open()
            var refused: [Int32] = []
            func refuse(_ call: CallRecord) throws {
                try specimen.finished([call])
                if let status = call.status, status != JACKFIELD_OK { refused.append(status) }
            }
            try refuse(specimen.start(request, method: 0xFFFF))
            try refuse(specimen.start(request, interface: 63))
            try refuse(specimen.start(CallRequest(method: request.method, payload: [])))
            bench.settle()
            let seen = specimen.violations(.refusedCallUsed)
            try expect(seen.isEmpty, "a refused call was used", Array(seen.prefix(3)))
            let unknown = refused.first { CallError.Code(rawValue: $0) == nil }
            try expect(unknown == nil, "`start` answered \(unknown ?? 0), which is not in the list of abi.h")
            // An ordinary call that is refused is looked at as well.
            _ = try bench.tour().violations(.refusedCallUsed).first.map { throw Finding.failed($0) }
        },
    ]

    /// A check of manners: everything is asked once, and certain breaches must not have been seen.
    static func tour(
        _ id: String, group: CheckGroup = .calls, _ kinds: [Violation.Kind], _ sentence: String, _ why: String,
        _ mend: String, roles: [String]? = nil
    ) -> Check {
        Check(id: id, group: group, sentence: sentence, why: why, mend: mend, roles: roles) { bench in
            let specimen = try bench.tour()
            let seen = kinds.flatMap { specimen.violations($0) }
            if let first = seen.first { throw Finding.failed(first, Array(seen.dropFirst().prefix(4))) }
        }
    }
}
