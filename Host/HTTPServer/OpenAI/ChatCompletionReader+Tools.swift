import JackfieldJSON
import JackfieldVocabulary

extension ChatCompletionReader {
    static func tools(_ value: JSON) throws(DialectError) -> [LLM.Tool] {
        let path = FieldPath("tools")
        let entries = try value.array(path)
        var tools: [LLM.Tool] = []
        tools.reserveCapacity(entries.count)
        for (index, entry) in entries.enumerated() { tools.append(try tool(entry, path[index])) }
        return tools
    }

    private static func tool(_ value: JSON, _ path: FieldPath) throws(DialectError) -> LLM.Tool {
        let entry = try value.object(path)
        guard let type = entry["type"] else { throw .missing(path["type"]) }
        let kind = try type.string(path["type"])
        guard kind == "function" else {
            throw .value(
                path["type"], "must be 'function', the one kind of tool that is served, and is '\(kind.bounded)'")
        }
        let path = path["function"]
        guard let function = entry["function"] else { throw .missing(path) }
        let members = try function.object(path)
        guard let name = members["name"] else { throw .missing(path["name"]) }
        var tool = LLM.Tool(name: try name.nonEmptyString(path["name"]))
        if let text = members["description"], !text.isNull { tool.description = try text.string(path["description"]) }
        if let strict = members["strict"], !strict.isNull { tool.strict = try strict.bool(path["strict"]) }
        if let parameters = members["parameters"], !parameters.isNull {
            tool.parameters = JSON.object(try parameters.object(path["parameters"])).text
        }
        tool.extra = entry.extra(inside: "function", members) {
            $0 == "type"
        } inner: { key in
            switch key {
            case "name", "description", "strict", "parameters": true
            default: false
            }
        }
        return tool
    }

    /// `tool_choice`, once the tools are known.
    mutating func readTools(choice: JSON?) throws(DialectError) {
        guard let choice else { return }
        let path = FieldPath("tool_choice")
        switch choice {
        case .string("auto"), .string("none"):
            // Says nothing where there are no tools, and some upstreams refuse it there.
            if completion.tools.isEmpty { return }
        case .string("required"): break
        case .string(let other):
            throw .value(path, "must be 'auto', 'none', 'required' or an object, and is '\(other.bounded)'")
        case .object(let object):
            guard let type = object["type"] else { throw .missing(path["type"]) }
            if try type.string(path["type"]) == "function" { try checkChosen(object, path) }
        default: throw .type(path, choice, expected: "a string or an object")
        }
        guard !completion.tools.isEmpty else {
            throw .value(path, "asks for a tool, and the request holds no 'tools'")
        }
        completion.toolChoice = choice.text
    }

    private func checkChosen(_ choice: JSONObject, _ path: FieldPath) throws(DialectError) {
        guard let function = choice["function"] else { throw .missing(path["function"]) }
        let path = path["function"]["name"]
        guard let given = try function.object(FieldPath("tool_choice")["function"])["name"] else {
            throw .missing(path)
        }
        let name = try given.string(path)
        guard completion.tools.isEmpty || completion.tools.contains(where: { $0.name == name }) else {
            throw .value(path, "names '\(name.bounded)', which is not among 'tools'")
        }
    }
}
