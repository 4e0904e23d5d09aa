import CJackfield
import JackfieldJSON
import JackfieldVocabulary

private let role = ["jackfield.tool"]

extension CheckCatalogue {
    static let toolChecks: [Check] = [
        Check(
            id: "role-tool-names", group: .role,
            sentence: "A tool has a name of 1 to 64 letters, digits, _ and -, which no other has, and a description.",
            why: "Language models are told these names and take no others; they choose by the description.",
            mend: "Rename the tool; write a sentence that says what it does and when to use it.",
            roles: role
        ) { bench in
            let tools = try list(bench, try bench.open())
            var names: Set<String> = []
            for tool in tools {
                let isName =
                    (1...64).contains(tool.name.utf8.count)
                    && tool.name.utf8.allSatisfy { byte in
                        switch byte {
                        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x2D: true
                        default: false
                        }
                    }
                try expect(isName, "\"\(tool.name)\" is no name for a tool")
                try expect(names.insert(tool.name).inserted, "two tools are called \(tool.name)")
                try expect(!tool.description.isEmpty, "the tool \(tool.name) has no description")
                try expect(
                    tool.traits.rawValue < 16, "the tool \(tool.name) has flags (\(tool.traits.rawValue)) that are none"
                )
            }
        },
        Check(
            id: "role-tool-schemas", group: .role,
            sentence:
                "A tool's parameters are a JSON Schema of type object, and its result's schema, if any, is JSON too.",
            why:
                "The schema is handed to the model's vendor as it is, who refuses the whole request for one that is none.",
            mend: "Begin with {\"type\":\"object\",\"properties\":{}}, also for a tool without arguments.",
            roles: role
        ) { bench in
            for tool in try list(bench, try bench.open()) {
                let schema = try? JSON(parsing: tool.parameters)
                try expect(
                    schema?["type"]?.string == "object",
                    "the parameters of \(tool.name) are no JSON Schema of type object", [tool.parameters])
                try expect(
                    tool.result.map(isJSONObject) ?? true, "the result's schema of \(tool.name) is no JSON object",
                    [tool.result ?? ""])
                let known = Set(schema?["properties"]?.object?.members.map(\.key) ?? [])
                for name in schema?["required"]?.array?.compactMap(\.string) ?? [] {
                    try expect(known.contains(name), "\(tool.name) requires \(name), which is none of its properties")
                }
            }
        },
        Check(
            id: "role-tool-same-list", group: .role,
            sentence: "The list of tools is the same for the life of an instance.",
            why: "The host asks once. A tool that comes later is never offered, one that goes is called in vain.",
            mend: "Decide in `create`, from the configuration, which tools there are.",
            roles: role
        ) { bench in
            let specimen = try bench.open()
            let before = try list(bench, specimen)
            for tool in before {
                _ = try call(bench, specimen, tool.name, .object(SchemaSample.arguments(tool.parameters)))
            }
            try expect(try list(bench, specimen) == before, "the list of tools has changed after a few calls")
        },
        Check(
            id: "role-tool-unknown", group: .role,
            sentence: "A name that is not listed ends the call as not found.",
            why: "Models invent names. They mend it themselves if they are told what was wrong.",
            mend: "Answer JACKFIELD_NOT_FOUND, with the names that there are.",
            roles: role
        ) { bench in
            let seen = try call(bench, try bench.open(), "no-such-tool", .object([:]))
            try expect(
                seen.outcome?.code == JACKFIELD_NOT_FOUND,
                "an unknown name ended as \(seen.outcome?.label ?? "nothing"), not as not_found", [seen.summary])
        },
        Check(
            id: "role-tool-not-json", group: .role,
            sentence: "Arguments that are no JSON object end the call as an invalid argument, with a sentence.",
            why: "Models write arguments, and not always well. From the sentence they see what would be right.",
            mend: "Parse before anything else; answer JACKFIELD_INVALID_ARGUMENT.",
            roles: role
        ) { bench in
            let specimen = try bench.open()
            for tool in try list(bench, specimen) {
                for text in ["", "{", "[1]", "\"text\"", "null", "{\"a\":}"] {
                    try expectRefusal(try raw(bench, specimen, tool.name, text), "the arguments \(text)")
                }
            }
        },
        Check(
            id: "role-tool-missing", group: .role,
            sentence: "A call that leaves out a required argument ends as an invalid argument that names it.",
            why: "A default that the schema does not mention is a guess, made in somebody else's name.",
            mend: "Check `required` before calling anything.",
            roles: role
        ) { bench in
            let specimen = try bench.open()
            var count = 0
            for tool in try list(bench, specimen) {
                for name in (try? JSON(parsing: tool.parameters))?["required"]?.array?.compactMap(\.string) ?? [] {
                    let arguments = JSONObject(
                        SchemaSample.arguments(tool.parameters).members.filter { $0.key != name }.map {
                            ($0.key, $0.value)
                        })
                    let seen = try call(bench, specimen, tool.name, .object(arguments))
                    try expectRefusal(seen, "\(tool.name) without \(name)")
                    try expect(
                        seen.outcome?.message.contains(name) == true,
                        "\(tool.name) was called without \(name), and the sentence does not name it", [seen.summary])
                    count += 1
                }
            }
            guard count > 0 else { throw Finding.skipped("no tool has a required argument") }
        },
        Check(
            id: "role-tool-wrong-type", group: .role,
            sentence: "An argument of a wrong type ends the call as an invalid argument.",
            why: "Turned into what the tool expects, it is called with something that nobody said.",
            mend: "Check each argument against its schema.",
            roles: role
        ) { bench in
            let specimen = try bench.open()
            var count = 0
            for tool in try list(bench, specimen) {
                let properties = (try? JSON(parsing: tool.parameters))?["properties"]?.object?.members ?? []
                for property in properties where property.value["type"]?.string != nil {
                    var arguments = SchemaSample.arguments(tool.parameters)
                    arguments[property.key] = SchemaSample.wrong(property.value)
                    try expectRefusal(
                        try call(bench, specimen, tool.name, .object(arguments)),
                        "\(tool.name) with \(JSON.object(arguments).text)")
                    count += 1
                }
            }
            guard count > 0 else { throw Finding.skipped("no tool has an argument with a type") }
        },
        Check(
            id: "role-tool-surplus", group: .role,
            sentence: "An argument that the schema does not allow ends the call as an invalid argument.",
            why: "A misspelt argument that is ignored is a call that does something else than was asked.",
            mend: "Refuse unknown members where the schema says additionalProperties: false.",
            roles: role
        ) { bench in
            let specimen = try bench.open()
            var count = 0
            for tool in try list(bench, specimen) {
                guard (try? JSON(parsing: tool.parameters))?["additionalProperties"]?.bool == false else { continue }
                var arguments = SchemaSample.arguments(tool.parameters)
                arguments["no_such_argument"] = 1
                try expectRefusal(
                    try call(bench, specimen, tool.name, .object(arguments)), "\(tool.name) with an unknown argument")
                count += 1
            }
            guard count > 0 else { throw Finding.skipped("every tool takes any argument") }
        },
        Check(
            id: "role-tool-content", group: .role,
            sentence: "A result says what it is: JSON, unless it names another media type.",
            why: "The host reads the content as JSON where nothing else is said, and shows it to the model.",
            mend: "Write JSON, or set `media_type` to text/plain.",
            roles: role
        ) { bench in
            let specimen = try bench.open()
            for tool in try list(bench, specimen) {
                let seen = try call(bench, specimen, tool.name, .object(SchemaSample.arguments(tool.parameters)))
                guard seen.end?.isOK == true else { continue }
                let result = try seen.answer(Tool.Result.self)
                guard result.mediaType == nil || result.mediaType == "application/json" else { continue }
                try expect(
                    (try? JSON(parsing: result.content)) != nil, "the content of \(tool.name) is no JSON",
                    [String(result.content.prefix(200))])
            }
        },
    ]

    private static func list(_ bench: Bench, _ specimen: Specimen) throws -> [Tool.Entry] {
        guard let method = bench.subject.contract?.method(named: "list") else {
            throw Finding.skipped("there is no method `list`")
        }
        return try specimen.ask(CallRequest(method: method, payload: Empty().payload())).answer(Tool.List.self).tools
    }

    private static func call(
        _ bench: Bench, _ specimen: Specimen, _ name: String, _ arguments: JSON
    ) throws -> CallRecord {
        try raw(bench, specimen, name, arguments.text)
    }

    private static func raw(
        _ bench: Bench, _ specimen: Specimen, _ name: String, _ arguments: String
    ) throws -> CallRecord {
        guard let method = bench.subject.contract?.method(named: "call") else {
            throw Finding.skipped("there is no method `call`")
        }
        return try specimen.ask(
            CallRequest(method: method, payload: Tool.Invocation(name: name, arguments: arguments).payload()))
    }

    private static func expectRefusal(_ call: CallRecord, _ what: String) throws {
        try expect(
            call.outcome?.code == JACKFIELD_INVALID_ARGUMENT,
            "\(what): ended as \(call.outcome?.label ?? "nothing"), not as invalid_argument", [call.summary])
        try expect(call.end?.message.isEmpty == false, "\(what): refused without a sentence", [call.summary])
    }
}
