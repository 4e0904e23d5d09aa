import JackfieldJSON
import TestSupport
import Testing

@Suite("What an agent may call")
struct ToolGrantTests {
    private func serving(
        grants: String, isolation: String = "in-process", plugins: String = "", fixtures: [String] = [],
        _ body: (HostProcess) throws -> Void
    ) throws {
        try HostProcess.serving(
            Tools.manifest(isolation: isolation, grants: grants, plugins: plugins),
            plugins: FixturePath(Tools.fixtures + fixtures), body: body)
    }

    private static let more = "  other: { use: tool/basics }"

    @Test(
        "is what its grants list, no more",
        arguments: [
            (#"[basics]"#, 8, "other/echo"), (#"[basics/add, other/echo]"#, 2, "basics/echo"), (#"["*"]"#, 16, nil),
            ("[]", 0, "basics/add"),
        ] as [(String, Int, String?)])
    func listed(grants: String, count: Int, forbidden: String?) throws {
        try serving(grants: grants, plugins: Self.more) { host in
            let listed = try host.client.ask("list").answer
            #expect(listed.split(separator: ";").count { $0.contains(" as ") } == count, "\(listed)")
            guard let forbidden else { return }
            let (answer, _) = try host.client.ask("call \(forbidden) {}")
            #expect(answer == "error 5: plugins.asker.grants.tools does not list the tool \(forbidden)")
        }
    }

    @Test("can be called by name and by alias, in both modes", arguments: ["process", "in-process"])
    func called(isolation: String) throws {
        try serving(grants: "[basics/add, basics/fail]", isolation: isolation) { host in
            let arguments = #"{"a": 20, "b": 22}"#
            #expect(try host.client.ask("call basics/add \(arguments)").answer == #"{"sum":42}"#)
            #expect(try host.client.ask("call basics__add \(arguments)").answer == #"{"sum":42}"#)
            #expect(
                try host.client.ask("call basics/fail").answer == #"failed: {"problem":"the printer is on fire"}"#)
            let line = try host.logLine("the call") { $0["message"]?.string == "tool called" }
            #expect(line["caller"]?.string == "asker")
        }
    }

    @Test("a tool that there is not is told as such to whoever may call all of the plugin")
    func unknown() throws {
        try serving(grants: "[basics]") { host in
            let (answer, _) = try host.client.ask("call basics/nope {}")
            #expect(answer.hasPrefix("error 5: basics has no tool of that name: add, echo,"), "\(answer)")
        }
    }

    @Test("a grant of a tool that there is not is told when the plugins are loaded, by the doctor and by check")
    func mistaken() throws {
        let place = "plugins.asker.grants.tools[1]"
        let sentence = "basics has no tool ad; it has add, echo, "
        try serving(grants: "[basics/echo, basics/ad]") { host in
            let line = try host.logLine("the warning") { $0["level"]?.string == "warning" && $0["place"] != nil }
            #expect(line["place"]?.string == place)
            #expect(line["reason"]?.string?.hasPrefix(sentence) == true, "\(line.text)")
        }
        let plugins = try FixturePath(Tools.fixtures)
        let manifest = try plugins.folder.write("jackfield.yaml", Tools.manifest(grants: "[basics/echo, basics/ad]"))
        let arguments = ["--manifest", manifest, "--plugin-path", plugins.path]
        let doctor = try HostProcess.run(["doctor"] + arguments)
        #expect(doctor.status == .exited(1) && doctor.output.contains("\(place): \(sentence)"), "\(doctor.output)")
        let check = try HostProcess.run(["check"] + arguments)
        #expect(check.status == .exited(1), "\(check.output)")
        #expect(check.errors.contains(place) && check.errors.contains(sentence), "\(check.errors)")
    }

    @Test("arguments that are no object never get to the tool")
    func arguments() throws {
        try serving(grants: "[basics]") { host in
            let (answer, _) = try host.client.ask("call basics/add [1]")
            #expect(answer.hasPrefix("error 3: the arguments of the tool basics/add are an array"), "\(answer)")
        }
    }

    @Test("tools that call each other come to an end, with a sentence")
    func recursion() throws {
        try serving(
            grants: "[recurses]", plugins: "  recurses: { use: tool/recurses, grants: { tools: [recurses] } }",
            fixtures: ["tool/recurses"]
        ) { host in
            let json = try host.client.tool("recurses/again").json()["content"]
            #expect(json?["depth"]?.int == 17, "\(json?.text ?? "")")
            #expect(json?["why"]?.string == "plugins call each other more than 16 deep")
        }
    }
}
