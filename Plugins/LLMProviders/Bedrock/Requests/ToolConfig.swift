import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary

/// The tools of a request, and which of them the model may or must use (ToolConfiguration).
struct ToolConfig: Sendable {
    enum Choice: Sendable, Equatable {
        case auto
        case none
        case any
        case named(String)
    }

    /// Nil: the client did not say.
    let choice: Choice?
    private let tools: [LLM.Tool]

    /// - Throws: `invalidArgument` for a `tool_choice` that is none, `unsupported` for one that Converse does not know.
    init(_ request: LLM.CompletionRequest) throws(CallError) {
        choice = try request.toolChoice.map { text throws(CallError) in try Choice(text) }
        var tools = request.tools
        var used: [String] = []
        var known: Set<String> = []
        for call in request.messages.lazy.flatMap(\.calls) where known.insert(call.name).inserted {
            used.append(call.name)
        }
        // Converse knows no "none": leaving the tools out is the same, but not where the conversation has used some.
        if choice == Choice.none, used.isEmpty { tools = [] }
        // It refuses calls in the conversation if there are no tools, so those that were used are declared.
        if tools.isEmpty { tools = used.map { LLM.Tool(name: $0) } }
        self.tools = tools
    }

    var isEmpty: Bool { tools.isEmpty }

    /// Whether the client wants no call, but Converse has to be told of the tools all the same, so that the model may
    /// make one.
    static func cannotForbidCalls(_ request: LLM.CompletionRequest) -> Bool {
        guard let text = request.toolChoice, (try? Choice(text)) == Choice.none else { return false }
        return request.messages.contains { !$0.calls.isEmpty }
    }

    func write(_ writer: inout JSONWriter) throws(CallError) {
        guard !tools.isEmpty else { return }
        writer.key("toolConfig")
        writer.beginObject()
        writer.key("tools")
        writer.beginArray()
        for tool in tools {
            try write(tool, &writer)
            try CachePoint(extra: tool.extra, of: "the tool \"\(tool.name)\"")?.write(&writer)
        }
        writer.endArray()
        switch choice {
        case nil, Choice.none?: break
        case .auto?: choice("auto", nil, &writer)
        case .any?: choice("any", nil, &writer)
        case .named(let name)?: choice("tool", name, &writer)
        }
        writer.endObject()
    }

    private func choice(_ kind: String, _ name: String?, _ writer: inout JSONWriter) {
        writer.key("toolChoice")
        var value = JSONObject()
        value["name"] = name.map { .string($0) }
        writer.write(.object(JSONObject([(kind, .object(value))])))
    }

    private func write(_ tool: LLM.Tool, _ writer: inout JSONWriter) throws(CallError) {
        writer.beginObject()
        writer.key("toolSpec")
        writer.beginObject()
        writer.key("name")
        writer.string(tool.name)
        if let description = tool.description, !description.isEmpty {
            writer.key("description")
            writer.string(description)
        }
        writer.key("inputSchema")
        writer.beginObject()
        writer.key("json")
        if let parameters = tool.parameters {
            try writer.raw(parameters, "the parameters of the tool \"\(tool.name)\"", begins: ["{"])
        } else {
            writer.write(["type": "object", "properties": [:]])
        }
        writer.endObject()
        // Models without it refuse the field.
        if tool.strict == true {
            writer.key("strict")
            writer.bool(true)
        }
        writer.endObject()
        writer.endObject()
    }
}

extension ToolConfig.Choice {
    fileprivate init(_ text: String) throws(CallError) {
        let json = try? JSON(parsing: text)
        switch (json?.string, json?["type"]?.string) {
        case ("auto"?, _): self = .auto
        case ("none"?, _): self = .none
        case ("required"?, _), ("any"?, _): self = .any
        case (nil, "function"?), (nil, "tool"?):
            guard let name = json?["function"]?["name"]?.string ?? json?["name"]?.string else {
                throw CallError(.invalidArgument, "tool_choice names no function")
            }
            self = .named(name)
        case (nil, let type?):
            throw CallError(.unsupported, "Bedrock knows no tool_choice of the type \"\(type.prefix(40))\"")
        default:
            throw CallError(
                .invalidArgument,
                "tool_choice must be \"auto\", \"none\", \"required\" or an object that names a function")
        }
    }
}
