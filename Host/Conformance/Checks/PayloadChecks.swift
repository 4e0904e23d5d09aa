import CJackfield
import JackfieldJSON

extension CheckCatalogue {
    static let payloadChecks: [Check] =
        [
            malformed(
                "payloads-alignment", JACKFIELD_FAULT_ALIGNMENT, "does not begin at a multiple of 8",
                "Some processors end a program that reads a number from such a place."),
            malformed(
                "payloads-size", JACKFIELD_FAULT_SIZE, "is shorter than its struct says, or than the struct ever was",
                "A plugin that trusts `size` reads memory that is not there."),
            malformed(
                "payloads-unknown-tail", JACKFIELD_FAULT_UNKNOWN,
                "is longer than this version knows, with something in there",
                "A newer host asks for something that the plugin does not know; to do half of it would be wrong."),
            malformed(
                "payloads-range", JACKFIELD_FAULT_RANGE, "refers to something outside of it",
                "A plugin that follows such a reference reads other people's memory, or crashes."),
            malformed(
                "payloads-overlap", JACKFIELD_FAULT_OVERLAP, "refers to more bytes than it has",
                "A small request that refers to the same bytes again and again becomes a large one when it is read."),
            malformed(
                "payloads-stride", JACKFIELD_FAULT_STRIDE, "has list elements smaller than they ever were",
                "A plugin that reads whole elements reads into the next one, or beyond the end."),
            malformed(
                "payloads-text", JACKFIELD_FAULT_TEXT, "has text that is not UTF-8",
                "It would travel on into JSON, logs and other plugins, each of which chokes on it in its own way."),
            malformed(
                "payloads-reserved", JACKFIELD_FAULT_RESERVED, "has a reserved field that is not zero",
                "Reserved fields become useful one day: a plugin that does not look has then ignored what it was told."),
        ] + [
            Check(
                id: "payloads-unknown-method", group: .payloads,
                sentence: "A method that the plugin does not know is answered `unsupported`.",
                why:
                    "A host of a later version may ask for methods that came later, and must learn that they are not there.",
                mend: "Let `start` return JACKFIELD_UNSUPPORTED for every method number that is not handled."
            ) { bench in
                let request = try bench.request()
                let specimen = try bench.open()
                for method: UInt32 in [0xFFFF, 0, .max] {
                    let call = specimen.start(request, method: method)
                    try specimen.finished([call])
                    try expect(
                        call.outcome?.code == JACKFIELD_UNSUPPORTED,
                        "method \(method) was answered \(call.outcome?.label ?? "nothing"), not unsupported")
                }
            },
            Check(
                id: "payloads-unknown-role", group: .payloads,
                sentence: "A role that the plugin does not list is not played.",
                why: "`interface` is an index into the plugin's own list: beyond its end lies other memory.",
                mend: "Let `start` return JACKFIELD_UNSUPPORTED where `interface` is not below the number of roles."
            ) { bench in
                let request = try bench.request()
                let specimen = try bench.open()
                for interface: UInt32 in [specimen.library.plugin.pointee.role_count, 64, .max] {
                    let call = specimen.start(request, interface: interface)
                    try specimen.finished([call])
                    try expect(
                        call.outcome?.isOK == false, "a call to role \(interface), which is not listed, was answered ok"
                    )
                }
            },
        ]

    /// The requests of the bench, each wrong in one way, are all refused.
    private static func malformed(_ id: String, _ kind: UInt32, _ what: String, _ why: String) -> Check {
        Check(
            id: id, group: .payloads,
            sentence: "A request that \(what) is answered `invalid_argument`.",
            why: why,
            mend: """
                Call `jackfield_check` (check.h) with the layout of the method's request before reading it, and return \
                JACKFIELD_INVALID_ARGUMENT from `start` if it finds a fault. Kits do that by themselves.
                """
        ) { bench in
            let requests = try bench.requests()
            let specimen = try bench.open()
            // Methods that no request is known for are tried with a made-up one.
            let known = Set(requests.map(\.method.number))
            let others = try (bench.subject.contract?.methods ?? []).filter { !known.contains($0.number) }.map {
                CallRequest(
                    method: $0, payload: try PayloadJSON.encode(Malformation.sample($0.request), as: $0.request))
            }
            var tried = 0
            for request in requests + others {
                for variant in Malformation.variants(of: request.payload, request.method, kind: kind) {
                    let call = specimen.start(variant)
                    try specimen.finished([call])
                    tried += 1
                    let code = call.outcome?.code
                    if code == JACKFIELD_INVALID_ARGUMENT { continue }
                    // A method that is not there at all is refused before its request is looked at.
                    if code == JACKFIELD_UNSUPPORTED, try specimen.ask(request).outcome?.code == code { continue }
                    throw Finding.failed(
                        "it was answered \(call.outcome?.label ?? "nothing")",
                        ["method \(request.method.name), a request of \(variant.payload.count) bytes", call.summary])
                }
                specimen.forget()
            }
            guard tried > 0 else { throw Finding.skipped("no request of this role can be wrong in this way") }
        }
    }
}
