import Manifest
import Scaffolding
import Testing

@Suite struct SafeIdentifiersTests {
    private func identifiers(_ id: String) throws -> SafeIdentifiers { SafeIdentifiers(try PluginReference(id)) }

    @Test(arguments: [
        ("agent/my-thing", "my_thing", "MyThingAgent"),
        ("agent/uptime", "uptime", "UptimeAgent"),
        ("llm/gpt4-turbo", "gpt4_turbo", "Gpt4TurboLlm"),
        ("agent/my-agent", "my_agent", "MyAgent"),
        ("agent/a--b", "a_b", "ABAgent"),
    ])
    func aNameBecomesSnakeAndPascal(id: String, snake: String, type: String) throws {
        let made = try identifiers(id)
        #expect(made.snake == snake)
        #expect(made.type == type)
    }

    @Test(arguments: [
        ("tool/3d", "tool_3d", "Tool3dTool"),
        ("tool/1-2", "tool_1_2", "Tool1_2Tool"),
        ("tool/12", "tool_12", "Tool12Tool"),
    ])
    func anIdentifierNeverStartsWithADigit(id: String, snake: String, type: String) throws {
        let made = try identifiers(id)
        #expect(made.snake == snake)
        #expect(made.type == type)
    }

    @Test(arguments: [
        ("agent/class", "agent_class", "ClassAgent"),
        ("llm/self", "llm_self", "SelfLlm"),
        ("agent/agent", "agent_agent", "AgentAgent"),
        ("tool/string", "string", "StringTool"),
        ("agent/main", "agent_main", "MainAgent"),
        ("tool/read", "tool_read", "ReadTool"),
    ])
    func aReservedWordGetsTheKind(id: String, snake: String, type: String) throws {
        let made = try identifiers(id)
        #expect(made.snake == snake)
        #expect(made.type == type)
    }
}
