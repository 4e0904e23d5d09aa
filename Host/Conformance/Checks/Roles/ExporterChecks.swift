import CJackfield
import JackfieldJSON
import JackfieldVocabulary

private let role = ["jackfield.exporter"]

extension CheckCatalogue {
    static let exporterChecks: [Check] = [
        Check(
            id: "role-exporter-methods", group: .role,
            sentence: "An exporter renders or pushes; what it does not do, it answers as unsupported.",
            why:
                "The host asks for the method that the route needs, and tells an operator who chose the wrong exporter.",
            mend: "Implement one of the two, and answer JACKFIELD_UNSUPPORTED to the other.",
            roles: role
        ) { bench in
            let specimen = try bench.open()
            let ends = try (bench.requests("render") + bench.requests("push")).map { try specimen.ask($0) }
            let offered = ends.filter { $0.outcome?.code != JACKFIELD_UNSUPPORTED }
            try expect(!offered.isEmpty, "neither `render` nor `push` is supported", ends.map(\.summary))
        },
        Check(
            id: "role-exporter-content-type", group: .role,
            sentence: "A rendering says what it is, as TYPE/SUBTYPE, and holds something.",
            why:
                "It is answered to a scraper with this content type, and a scraper that cannot tell the format takes nothing.",
            mend: "Fill in `content_type` and `body`.",
            roles: role
        ) { bench in
            for call in try bench.answered("render") {
                let rendering = try call.answer(Exporter.Rendering.self)
                let type = rendering.contentType.split(separator: ";")[...].first ?? ""
                let parts = type.split(separator: "/", omittingEmptySubsequences: false)
                try expect(
                    parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && !type.contains(" "),
                    "the content type is \"\(rendering.contentType)\"")
                try expect(!rendering.body.isEmpty, "the rendering of a snapshot with metrics is empty")
            }
        },
        Check(
            id: "role-exporter-same-rendering", group: .role,
            sentence: "The same snapshot is rendered the same each time.",
            why: "Scrapers and tests compare. An order that changes makes every scrape look like news.",
            mend: "Write families, samples and labels in the order in which they come.",
            roles: role
        ) { bench in
            let request = try bench.answered("render")[0].request
            let specimen = try bench.open()
            let renderings = try (0..<3).map { _ in try specimen.ask(request).end?.result }
            try expect(Set(renderings).count == 1, "three renderings of one snapshot differ")
        },
        Check(
            id: "role-exporter-empty", group: .role,
            sentence: "A snapshot without metrics and spans is exported as well.",
            why: "A host that has just started has nothing yet, and is scraped already.",
            mend: "Answer with an empty body, or with what the format writes for nothing.",
            roles: role
        ) { bench in
            let request = try bench.answered("render")[0].request
            let empty = CallRequest(
                method: request.method,
                payload: Exporter.Snapshot(time: 1_750_000_000_000_000_000, families: []).payload())
            let call = try bench.open().ask(empty)
            try expect(call.end?.isOK == true, "an empty snapshot is not rendered", [call.summary])
        },
        Check(
            id: "role-exporter-numbers", group: .role,
            sentence: "Infinite and not-a-number values are exported like any other.",
            why: "A gauge may be infinite. One value must not cost the others their scrape.",
            mend: "Write them as the format does: Prometheus has +Inf, -Inf and NaN; JSON needs a text.",
            roles: role
        ) { bench in
            let request = try bench.answered("render")[0].request
            let family = Exporter.Family(
                name: "check.values", kind: .gauge, unit: "1", help: "",
                samples: [Double.infinity, -.infinity, .nan, -0.0, 5e-324, 1.7976931348623157e308].enumerated().map {
                    Exporter.Sample(labels: [Exporter.Label("n", "\($0.offset)")], value: $0.element)
                })
            let call = try bench.open().ask(
                CallRequest(
                    method: request.method,
                    payload: Exporter.Snapshot(time: 1_750_000_000_000_000_000, families: [family]).payload()))
            try expect(call.end?.isOK == true, "values that are not finite are not rendered", [call.summary])
        },
    ]
}
