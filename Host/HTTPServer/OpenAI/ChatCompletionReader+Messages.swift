import JackfieldJSON
import JackfieldVocabulary

extension ChatCompletionReader {
    static func messages(_ value: JSON) throws(DialectError) -> [LLM.Message] {
        let path = FieldPath("messages")
        let entries = try value.array(path)
        guard !entries.isEmpty else { throw .value(path, "must hold at least one message", code: "empty_array") }
        var messages: [LLM.Message] = []
        messages.reserveCapacity(entries.count)
        for (index, entry) in entries.enumerated() { messages.append(try message(entry, path[index])) }
        return messages
    }

    private static func message(_ value: JSON, _ path: FieldPath) throws(DialectError) -> LLM.Message {
        var message = LLM.Message(role: "", parts: [])
        var content: JSON?
        var extra = ExtraFields()
        // A refusal or audio, in the place of content.
        var hasOther = false
        for member in try value.object(path).members {
            let value = member.value
            switch member.key {
            case "role": message.role = try role(value, path["role"])
            case "content": content = value
            // What a client got in an answer it sends back whole, nulls included: those are left out.
            case "name", "tool_call_id", "tool_calls", "refusal", "reasoning_content", "audio", "function_call":
                if value.isNull { continue }
                try read(member.key, value, into: &message, &extra, path)
                hasOther = hasOther || member.key == "refusal" || member.key == "audio"
            default: extra.append(member.key, value)
            }
        }
        guard !message.role.isEmpty else { throw .missing(path["role"]) }
        if message.role == "tool", message.toolCallID == nil { throw .missing(path["tool_call_id"]) }
        if message.role != "assistant", !message.calls.isEmpty {
            throw .value(path["tool_calls"], "belongs to messages with the role 'assistant'")
        }
        if let content, !content.isNull {
            message.parts = try parts(content, path["content"])
        } else if !mayLackContent(message, hasOther) {
            guard let content else { throw .missing(path["content"]) }
            throw .type(path["content"], content, expected: "a string or an array of parts")
        }
        message.extra = extra.text()
        return message
    }

    private static func mayLackContent(_ message: LLM.Message, _ hasOther: Bool) -> Bool {
        message.role == "assistant" && (hasOther || !message.calls.isEmpty || message.reasoning != nil)
    }

    private static func read(
        _ key: String, _ value: JSON, into message: inout LLM.Message, _ extra: inout ExtraFields, _ path: FieldPath
    ) throws(DialectError) {
        let path = path[key]
        switch key {
        case "name": message.name = try value.string(path)
        case "tool_call_id": message.toolCallID = try value.nonEmptyString(path)
        case "tool_calls": message.calls = try calls(value, path)
        case "reasoning_content": message.reasoning = try value.string(path)
        case "refusal": extra.append(key, .string(try value.string(path)))
        case "function_call":
            throw .value(
                path, "is the old form of tool calls and is not served; use 'tool_calls'", code: "unsupported_parameter"
            )
        default: extra.append(key, value)
        }
    }

    private static func role(_ value: JSON, _ path: @autoclosure () -> FieldPath) throws(DialectError) -> String {
        let role = try value.string(path())
        switch role {
        case "user", "assistant", "system", "tool", "developer": return role
        case "function":
            throw .value(
                path(), "is 'function', the old form of 'tool' which is not served; use 'tool' with 'tool_call_id'")
        default:
            throw .value(
                path(), "must be 'system', 'developer', 'user', 'assistant' or 'tool', and is '\(role.bounded)'")
        }
    }

    private static func calls(_ value: JSON, _ path: FieldPath) throws(DialectError) -> [LLM.ToolCall] {
        var calls: [LLM.ToolCall] = []
        for (index, entry) in try value.array(path).enumerated() {
            let path = path[index]
            let call = try entry.object(path)
            if let type = call["type"], try type.string(path["type"]) != "function" {
                throw .value(path["type"], "must be 'function', the one kind of tool call that is served")
            }
            guard let id = call["id"] else { throw .missing(path["id"]) }
            guard let function = call["function"] else { throw .missing(path["function"]) }
            let members = try function.object(path["function"])
            guard let name = members["name"] else { throw .missing(path["function"]["name"]) }
            guard let arguments = members["arguments"] else { throw .missing(path["function"]["arguments"]) }
            // Calls that were put together from a stream still have their index.
            let extra = call.extra(inside: "function", members) { key in
                key == "id" || key == "type" || key == "index"
            } inner: { key in
                key == "name" || key == "arguments"
            }
            calls.append(
                LLM.ToolCall(
                    id: try id.string(path["id"]), name: try name.nonEmptyString(path["function"]["name"]),
                    arguments: try arguments.string(path["function"]["arguments"]), extra: extra))
        }
        return calls
    }
}
