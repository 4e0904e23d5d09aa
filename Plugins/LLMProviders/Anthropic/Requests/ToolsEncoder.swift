import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary

/// Writes `tools` and `tool_choice` (Anthropic documentation, "Define tools").
enum ToolsEncoder {
    static func encode(_ request: LLM.CompletionRequest, _ writer: inout JSONWriter) throws(CallError) {
        guard !request.tools.isEmpty else { return }
        writer.key("tools")
        writer.beginArray()
        for tool in request.tools { try encode(tool, &writer) }
        writer.endArray()
        let isSerial = request.parallelToolCalls == false
        guard request.toolChoice != nil || isSerial else { return }
        var choice = try choice(request.toolChoice)
        if isSerial, choice["type"] != "none" { choice["disable_parallel_tool_use"] = true }
        writer.key("tool_choice")
        writer.write(.object(choice))
    }

    private static func encode(_ tool: LLM.Tool, _ writer: inout JSONWriter) throws(CallError) {
        writer.beginObject()
        writer.key("name")
        writer.string(tool.name)
        if let description = tool.description {
            writer.key("description")
            writer.string(description)
        }
        writer.key("input_schema")
        writer.raw(try schema(tool))
        // The API's default is no, and models from before structured outputs refuse the word.
        if tool.strict == true {
            writer.key("strict")
            writer.bool(true)
        }
        try writer.members(ofExtra: tool.extra, of: "the tool \"\(tool.name)\"") { key in
            ["name", "description", "input_schema", "strict"].contains(key)
        }
        writer.endObject()
    }

    /// The schema of the arguments; the API wants one, of an object, also where there are no arguments.
    private static func schema(_ tool: LLM.Tool) throws(CallError) -> String {
        guard let parameters = tool.parameters else { return #"{"type":"object","properties":{}}"# }
        guard case .object(let schema)? = try? JSON(parsing: parameters) else {
            throw CallError(.invalidArgument, "the parameters of the tool \"\(tool.name)\" must be a JSON object")
        }
        if schema["type"] != nil { return parameters }
        return JSON.object(JSONObject([("type", "object")] + schema.members.map { ($0.key, $0.value) })).text
    }

    /// OpenAI's `tool_choice`, or Anthropic's own.
    private static func choice(_ text: String?) throws(CallError) -> JSONObject {
        guard let text else { return ["type": "auto"] }
        switch try? JSON(parsing: text) {
        case .string("auto"): return ["type": "auto"]
        case .string("none"): return ["type": "none"]
        case .string("required"): return ["type": "any"]
        case .object(let object):
            switch object["type"]?.string {
            case "function":
                if let name = object["function"]?["name"]?.string { return ["type": "tool", "name": .string(name)] }
            case "tool", "any", "auto", "none": return object
            case let other?:
                throw CallError(
                    .unsupported,
                    "tool_choice is of the type \"\(other.prefix(64))\"; Anthropic knows auto, none, required and one "
                        + "named function")
            case nil: break
            }
        default: break
        }
        throw CallError(
            .invalidArgument, "tool_choice must be \"auto\", \"none\", \"required\" or an object that names a function")
    }
}
