import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary

extension ChatRequestEncoder {
    /// The tools, unless none may be called: Ollama has no field for the choice, and leaves it to the model.
    func encodeTools(_ request: LLM.CompletionRequest, _ writer: inout JSONWriter) throws(CallError) {
        guard !request.tools.isEmpty, try mayCall(request.toolChoice) else { return }
        writer.key("tools")
        writer.beginArray()
        for tool in request.tools {
            writer.beginObject()
            writer.key("type")
            writer.string("function")
            writer.key("function")
            writer.beginObject()
            writer.key("name")
            writer.string(tool.name)
            if let description = tool.description {
                writer.key("description")
                writer.string(description)
            }
            if let parameters = tool.parameters {
                writer.key("parameters")
                try writer.raw(parameters, "the parameters of the tool \"\(tool.name)\"", begins: ["{"])
            }
            writer.endObject()
            writer.endObject()
        }
        writer.endArray()
    }

    /// - Parameter choice: JSON in OpenAI's dialect.
    private func mayCall(_ choice: String?) throws(CallError) -> Bool {
        guard let choice else { return true }
        let json = try? JSON(parsing: choice)
        switch json {
        case .string("auto")?: return true
        case .string("none")?: return false
        case .string("required")?, .object?:
            throw CallError(
                .unsupported, "Ollama cannot be made to call a tool; tool_choice can only be \"auto\" or \"none\"")
        default: throw CallError(.invalidArgument, "tool_choice must be \"auto\", \"none\", \"required\" or an object")
        }
    }

    /// Calls that the assistant made. Ollama wants objects for arguments; a model may have written something else.
    func encodeCalls(_ calls: [LLM.ToolCall], _ writer: inout JSONWriter) {
        writer.key("tool_calls")
        writer.beginArray()
        for call in calls {
            writer.beginObject()
            writer.key("id")
            writer.string(call.id)
            writer.key("function")
            writer.beginObject()
            writer.key("name")
            writer.string(call.name)
            writer.key("arguments")
            writer.write(ToolArguments.object(call.arguments))
            writer.endObject()
            writer.endObject()
        }
        writer.endArray()
    }
}

/// The arguments of a call: JSON text in the vocabulary, an object in Ollama's dialect.
enum ToolArguments {
    /// What is no JSON object goes along as the one member `arguments`: the model sees what was wrong with its call,
    /// and the conversation goes on.
    static func object(_ text: String) -> JSON {
        if text.utf8.allSatisfy({ $0 <= 0x20 }) { return [:] }
        guard let json = try? JSON(parsing: text), json.object != nil else { return ["arguments": .string(text)] }
        return json
    }

    /// - Parameter json: what the answer has: an object, or a text that holds one.
    static func text(_ json: JSON?) -> String {
        switch json {
        case nil, .null?: "{}"
        case .string(let text)?: text
        case let json?: json.text
        }
    }
}
