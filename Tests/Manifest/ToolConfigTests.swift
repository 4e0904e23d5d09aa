import Testing

@testable import Manifest

@Suite struct ToolConfigTests {
    private let plugins = """
        plugins:
          math: { use: tool/native, isolation: process }
          files: { use: tool/files }
          page: { use: notifier/webhook, enabled: "${PAGE:-true}" }
          guard: { use: validator/secrets }

        """

    private func agent(_ tools: String, _ rest: String = "") -> String {
        plugins + "  a: { use: agent/x, grants: { tools: \(tools) }\(rest) }\n"
    }

    @Test(arguments: [
        ("[math]", ["math/sin", "math/cos"]), ("[math/sin]", ["math/sin"]),
        (#"["*"]"#, ["math/sin", "math/cos", "files/read"]),
        ("[math/sin, files]", ["math/sin", "files/read"]), ("[]", []),
    ])
    func aGrantNamesAnInstanceOrAToolOrAll(_ tools: String, _ allowed: [String]) throws {
        let grants = try load(agent(tools)).plugins.last!.grants.tools
        let found = [("math", "sin"), ("math", "cos"), ("files", "read")].filter { instance, tool in
            grants.contains { $0.allows(PluginInstanceID(unchecked: instance), tool) }
        }
        #expect(found.map { "\($0)/\($1)" } == allowed)
        #expect(grants.map(\.description).joined(separator: ", ") == tools.filter { !"[]\"".contains($0) })
    }

    @Test(arguments: [
        ("[maht]", "a.grants.tools[0]: no plugin has the id \"maht\"; did you mean \"math\"?"),
        ("[maht/sin]", "a.grants.tools[0]: no plugin has the id \"maht\"; did you mean \"math\"?"),
        ("[guard]", "a.grants.tools[0]: \"guard\" is validator/secrets, expected a plugin of the kind tool"),
        ("[math/a b]", "a.grants.tools[0]: \"a b\" is not a tool's name: 1 to 64 of letters, digits, \"_\" and \"-\""),
        ("[math/]", "a.grants.tools[0]: \"\" is not a tool's name"),
        ("[math/sin/x]", "a.grants.tools[0]: \"sin/x\" is not a tool's name"),
        ("[Math]", "a.grants.tools[0]: \"Math\" is not a plugin id"),
        (#"["*", math]"#, "a.grants.tools: \"*\" is every tool already: leave out the others"),
        ("[math, math]", "a.grants.tools[1]: stands in this list twice"),
    ])
    func aWrongGrantIsToldWithItsPlace(_ tools: String, _ problem: String) {
        let found = problems(agent(tools))
        #expect(found.count == 1)
        #expect(found.first?.contains("plugins.\(problem)") == true, "\(found)")
    }

    @Test func theToolLoopHasLimits() throws {
        let usual = try load(agent("[]")).plugins.last!.toolLoop
        #expect(usual == ToolLoopConfig())
        #expect(usual.rounds == 8 && usual.timeout == .seconds(60) && usual.cost == 0.5)
        let own = try load(agent("[]", ", tool_loop: { rounds: 3, timeout: 5s, cost: 0.01 }")).plugins.last!.toolLoop
        #expect(own.rounds == 3 && own.timeout == .seconds(5) && own.cost == 0.01)
    }

    @Test(arguments: ["rounds: 0", "rounds: 65", "timeout: 0s", "timeout: 2d", "cost: -1", "cost: 2000000", "round: 1"])
    func aLimitThatMakesNoSenseIsRefused(_ key: String) {
        let found = problems(agent("[]", ", tool_loop: { \(key) }"))
        #expect(found.count == 1)
        #expect(found.first?.contains("plugins.a.tool_loop.") == true, "\(found)")
    }

    @Test func notifiersAreNotifiers() throws {
        #expect(try load(plugins + "notifiers: [page]").notifiers.map(\.text) == ["page"])
        #expect(try load(plugins).notifiers.isEmpty)
        #expect(
            problems(plugins + "notifiers: [guard, pgae]").map { String($0.drop { $0 != " " }.dropFirst()) } == [
                "notifiers[0]: \"guard\" is validator/secrets, expected a plugin of the kind notifier",
                "notifiers[1]: no plugin has the id \"pgae\"; did you mean \"page\"?",
            ])
        #expect(problems(plugins + "notifiers: [page]", environment: ["PAGE": "false"]).count == 1)
    }

    @Test func aPluginMayAskToBeKeptOutOfTheHost() throws {
        func parse(_ isolation: String) throws(ManifestProblems) -> PluginManifest {
            let text = """
                {"id": "tool/native", "version": "0.1.0", "description": "d", "abi": 1, "role": "jackfield.tool/1",
                 "library": "l.so"\(isolation)}
                """
            return try PluginManifest(parsing: Array(text.utf8), file: "plugin.json")
        }
        #expect(try parse("").isolation == nil)
        #expect(try parse(#", "isolation": "process""#).isolation == .process)
        let error = #expect(throws: ManifestProblems.self) { try parse(#", "isolation": "in-process""#) }
        #expect(
            error?.problems.map(\.description) == ["plugin.json: isolation: expected \"process\", found \"in-process\""]
        )
    }
}
