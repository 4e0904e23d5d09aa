import Testing

@testable import Orchestration

@Suite("The name of a tool as a model is told it")
struct ToolAliasTests {
    private func alias(_ instance: String, _ tool: String) -> String { ToolAlias.make([(instance, tool)])[0] }

    private func isAllowed(_ alias: String) -> Bool {
        (1...64).contains(alias.utf8.count)
            && alias.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
                    || byte == 0x5f || byte == 0x2d
            }
    }

    @Test("is instance and tool with two underscores between them, where there is room")
    func short() {
        #expect(alias("math", "sin") == "math__sin")
        let exact = alias(String(repeating: "a", count: 31), String(repeating: "b", count: 31))
        #expect(exact.utf8.count == 64 && !exact.contains("b_"))
    }

    @Test("is cut and gets a hash of the whole name otherwise, the same every time")
    func long() {
        let instance = String(repeating: "a", count: 63)
        let tool = String(repeating: "T", count: 64)
        let one = alias(instance, tool)
        #expect(isAllowed(one), "\(one)")
        #expect(one.utf8.count == 64)
        #expect(one == alias(instance, tool))
        #expect(one != alias(instance, String(repeating: "T", count: 63) + "U"))
        #expect(one.hasPrefix(String(repeating: "a", count: 55)))
    }

    @Test("is another one for both where two would share it, whichever comes first")
    func shared() {
        let tools = [("a", "_b"), ("a-b", "c"), ("a_", "b")].map { (instance: $0.0, tool: $0.1) }
        let aliases = ToolAlias.make(tools)
        #expect(Set(aliases).count == 3 && aliases.allSatisfy(isAllowed), "\(aliases)")
        #expect(aliases[0].hasPrefix("a___b_") && aliases[2].hasPrefix("a___b_"), "\(aliases)")
        #expect(aliases[1] == "a-b__c")
        #expect(ToolAlias.make(tools.reversed()) == aliases.reversed())
    }

    @Test("keeps apart what only the place of an underscore tells apart")
    func apart() {
        #expect(alias("a", "_b") != alias("a-", "b"))
        #expect(alias("a", "_b") == "a___b")
    }
}
