import JackfieldVocabulary
import Manifest
import Testing

@testable import Orchestration
@testable import Registry

@Suite("The tools that a model is offered")
struct ToolOfferTests {
    private func tool(_ instance: String, _ name: String) -> RoutedTool {
        let plugin = RegisteredPlugin(PluginConfig(id: PluginInstanceID(unchecked: instance)))
        let entry = Tool.Entry(name: name, description: "\(name)!", parameters: #"{"type":"object"}"#)
        return RoutedTool(
            plugin: plugin, entry: entry, name: "\(instance)/\(name)",
            alias: ToolAlias.make([(instance, name)])[0])
    }

    @Test("go by their aliases, and lead back to the tool")
    func aliases() {
        let offer = ToolOffer([tool("math", "sin"), tool("math", "cos")], beside: [])
        #expect(offer.tools.map(\.name) == ["math__sin", "math__cos"])
        #expect(offer.tools[0].description == "sin!" && offer.tools[0].parameters == #"{"type":"object"}"#)
        #expect(offer["math__cos"]?.name == "math/cos" && offer["cos"] == nil && !offer.isOwn("math__cos"))
    }

    @Test("make way for the request's own, which keep their names")
    func collision() {
        let own = [LLM.Tool(name: "math__sin"), LLM.Tool(name: "math__sin_2")]
        let offer = ToolOffer([tool("math", "sin")], beside: own)
        #expect(offer.tools.map(\.name) == ["math__sin_3"])
        #expect(offer["math__sin_3"]?.name == "math/sin")
        #expect(offer["math__sin"] == nil && offer.isOwn("math__sin"))
    }

    @Test("keep within 64 characters, whatever is taken")
    func long() {
        let long = tool(String(repeating: "a", count: 40), String(repeating: "b", count: 40))
        let offer = ToolOffer([long], beside: [LLM.Tool(name: long.alias)])
        #expect(offer.tools[0].name.utf8.count == 64 && offer.tools[0].name.hasSuffix("_2"))
        #expect(offer.tools[0].name != long.alias)
    }
}
