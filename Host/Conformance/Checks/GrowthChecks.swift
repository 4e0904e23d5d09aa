import CJackfield
import JackfieldJSON

extension CheckCatalogue {
    static let growthChecks: [Check] = [
        Check(
            id: "growth-longer-request", group: .growth,
            sentence:
                "A request whose struct is longer, with zeroes in the part that is not known, is answered as usual.",
            why: """
                A newer host has requests with more fields. As long as it leaves them zero it asks for nothing that an older \
                plugin could not do.
                """,
            mend: "Read the smaller of the struct's `size` and your own, and find texts by their offsets alone."
        ) { bench in try sameAnswer(bench, [.init(head: 8), .init(head: 64)]) },
        Check(
            id: "growth-longer-elements", group: .growth,
            sentence: "A request whose list elements are longer is answered as usual.",
            why: "List elements grow like structs do: `stride` says how far apart they are.",
            mend: "Step through a list by its `stride`, not by the size of your struct."
        ) { bench in
            let hasLists = try bench.requests().contains { request in
                LayoutTable(request.method.request).fields.contains { $0.kind == JACKFIELD_KIND_LIST }
            }
            guard hasLists else { throw Finding.skipped("no request of this role has lists") }
            try sameAnswer(bench, [.init(element: 8), .init(element: 40)])
        },
        Check(
            id: "growth-shorter-request", group: .growth,
            sentence:
                "A request of an older host, whose struct is shorter, is answered as if the missing fields were zero.",
            why: "A plugin that was built against newer headers is loaded by an older host.",
            mend: "Copy the smaller of `size` and your own size into a zeroed struct, as `jackfield_read` does."
        ) { bench in
            let requests = try bench.requests().filter {
                LayoutTable($0.method.request).least < LayoutTable($0.method.request).size
            }
            guard !requests.isEmpty else { throw Finding.skipped("no request of this role was ever shorter") }
            let specimen = try bench.open()
            for request in requests {
                let table = LayoutTable(request.method.request)
                var short = request
                short.payload = try PayloadJSON.encode(
                    PayloadJSON.decode(request.payload, as: table.layout), as: table.layout,
                    shape: .init(head: table.least - table.size))
                let usual = try specimen.ask(request)
                let call = try specimen.ask(short)
                try expect(
                    call.outcome?.code == usual.outcome?.code, "the shorter request was answered otherwise",
                    [call.summary, "as usual: \(usual.summary)"])
            }
        },
        Check(
            id: "growth-longer-frames", group: .growth,
            sentence: "Setup, start and end may be longer than the plugin knows, with zeroes at their end.",
            why: "The frames of the ABI grow as well: a newer host passes longer ones to all plugins.",
            mend: "Do not compare `size` for equality; what is at least as long as your own struct is good."
        ) { bench in
            let requests = try bench.requests()
            var options = SpecimenOptions()
            options.growth = 64
            let usual = try bench.open()
            let specimen = Specimen(bench: bench, library: try bench.library(), options: options)
            let (status, failure) = specimen.tryCreate()
            try expect(
                status == JACKFIELD_OK, "with a longer setup `create` answered \(BenchEnd.label(status)): \(failure)")
            try specimen.open()
            for request in requests {
                let before = try usual.ask(request)
                let call = try specimen.ask(request)
                try expect(
                    call.outcome?.code == before.outcome?.code, "with longer frames the call ended otherwise",
                    [call.summary, "as usual: \(before.summary)"])
            }
        },
    ]

    /// Requests in these shapes are answered like the plain ones.
    private static func sameAnswer(_ bench: Bench, _ shapes: [PayloadJSON.Shape]) throws {
        let specimen = try bench.open()
        for request in try bench.requests() {
            let usual = try specimen.ask(request)
            let layout = request.method.request
            for shape in shapes {
                var longer = request
                longer.payload = try PayloadJSON.encode(
                    PayloadJSON.decode(request.payload, as: layout), as: layout, shape: shape)
                let call = try specimen.ask(longer)
                try expect(
                    call.outcome?.code == usual.outcome?.code && call.events.count == usual.events.count
                        || call.outcome?.isOK == true && usual.outcome?.isOK == true,
                    "the longer request was answered otherwise", [call.summary, "as usual: \(usual.summary)"])
            }
        }
    }
}
