import CJackfield
import JackfieldJSON

extension CheckCatalogue {
    static let ownershipChecks: [Check] = [
        Check(
            id: "ownership-request-bounds", group: .ownership,
            sentence: "The plugin reads nothing behind the end of a request.",
            why: """
                Requests lie between other memory of the host: what is behind them belongs to somebody else, or is not there. \
                Texts do not end with NUL.
                """,
            mend:
                "Go by the lengths of views and texts alone; copy a text before giving it to a function that wants a NUL."
        ) { bench in
            let requests = try bench.requests()
            var options = SpecimenOptions()
            options.request = .end
            let specimen = try bench.open(options)
            for request in requests { _ = try specimen.ask(request) }
        },
        Check(
            id: "ownership-request-untouched", group: .ownership,
            sentence: "The plugin does not write into a request.",
            why: "The host may send the same bytes to another plugin at the same time, or again after a failure.",
            mend: "Copy what is to be changed."
        ) { bench in
            let requests = try bench.requests()
            let specimen = try bench.open()
            for request in requests {
                let call = specimen.start(request)
                let memory = call.lent
                let before = memory.map(\.bytes)
                try specimen.finished([call])
                try expect(
                    memory.map(\.bytes) == before && memory[0].bytes == request.payload,
                    "the request is not what it was before the call", [call.summary])
            }
        },
        Check(
            id: "ownership-request-borrowed", group: .ownership,
            sentence: "After `start` has returned the plugin does not look into the request any more.",
            why: "The host uses that memory for something else as soon as `start` has returned.",
            mend: "Copy in `start` what the call needs later: request, context and the `jackfield_start` itself."
        ) { bench in
            let requests = try bench.requests()
            var options = SpecimenOptions()
            options.request = .closing
            let specimen = try bench.open(options)
            for request in requests {
                let call = specimen.start(request)
                try specimen.finished([call])
                let cancelled = specimen.start(request)
                specimen.cancel(cancelled)
                try specimen.finished([cancelled])
            }
        },
        Check(
            id: "ownership-setup-borrowed", group: .ownership,
            sentence:
                "After `create` has returned the plugin does not look into the setup any more, and never beyond it.",
            why: """
                Setup, configuration, instance id and the list of services are lent for the length of `create`; only the \
                host's table stays. The configuration does not end with NUL.
                """,
            mend: "Copy the configuration, the id and the revisions in `create`; go by the lengths of the views."
        ) { bench in
            let requests = try bench.requests()
            var options = SpecimenOptions()
            options.setup = [.closing, .end, .readOnly]
            let specimen = try bench.open(options)
            for request in requests { _ = try specimen.ask(request) }
            specimen.close()
            specimen.destroy()
        },
        Check(
            id: "ownership-side-borrowed", group: .ownership,
            sentence: "The plugin does not touch its side and the failure after `create` has returned.",
            why: "They lie on the host's stack; the host copies the side to where it wants it.",
            mend: "Fill them in and forget where they were; keep what is needed in the instance."
        ) { bench in
            let requests = try bench.requests()
            var options = SpecimenOptions()
            options.side = .closing
            let specimen = try bench.open(options)
            for request in requests { _ = try specimen.ask(request) }
            specimen.close()
            specimen.destroy()
        },
        Check(
            id: "ownership-host-table-constant", group: .ownership,
            sentence: "The plugin does not write to the host's table.",
            why: "The table belongs to the host. A plugin that puts its own functions there answers for everybody.",
            mend: "Keep the pointer as `const jackfield_side *`, as it was given."
        ) { bench in
            let requests = try bench.requests()
            var options = SpecimenOptions()
            options.table = .readOnly
            let specimen = try bench.open(options)
            for request in requests { _ = try specimen.ask(request) }
        },
        Check(
            id: "ownership-answers-borrowed", group: .ownership,
            sentence:
                "After `emit` and `finish` of the plugin have returned it does not look into what they were given.",
            why: "Events and ends of the plugin's own calls lie in buffers of the host that are used again at once.",
            mend: "Copy the payload in `emit` and the result and message in `finish`."
        ) { bench in
            let requests = try bench.requests()
            var options = SpecimenOptions()
            options.answers = [.closing, .end, .readOnly]
            let specimen = try bench.open(options)
            for request in requests { _ = try specimen.ask(request) }
            guard !specimen.serviceHistory.isEmpty else { throw Finding.skipped("the plugin called no service") }
        },
    ]
}
