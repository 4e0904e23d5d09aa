import JackfieldVocabulary

/// The tools that a model is offered beside the request's own, by the names under which it is told of them. Where a name
/// is the request's own already, the request's counts and the granted tool gets another.
struct ToolOffer: Sendable {
    private let granted: [String: RoutedTool]
    private let own: Set<String>
    /// What to add to the request.
    let tools: [LLM.Tool]

    init(_ granted: [RoutedTool], beside own: [LLM.Tool]) {
        let taken = Set(own.map(\.name))
        var named: [String: RoutedTool] = [:]
        var tools: [LLM.Tool] = []
        for tool in granted {
            var name = tool.alias
            var number = 2
            while taken.contains(name) || named[name] != nil {
                let ending = "_\(number)"
                name = String(decoding: tool.alias.utf8.prefix(ToolAlias.longest - ending.utf8.count), as: UTF8.self)
                name += ending
                number += 1
            }
            named[name] = tool
            tools.append(
                LLM.Tool(name: name, description: tool.entry.description, parameters: tool.entry.parameters))
        }
        self.granted = named
        self.own = taken
        self.tools = tools
    }

    /// The tool that the model means; nil for one that was not offered.
    subscript(name: String) -> RoutedTool? { granted[name] }

    /// Whether the one who asked the model has to answer a call of this name.
    func isOwn(_ name: String) -> Bool { own.contains(name) }
}
