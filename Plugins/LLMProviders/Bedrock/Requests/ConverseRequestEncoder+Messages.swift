import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary

extension ConverseRequestEncoder {
    /// One message of the user, the assistant or a tool, as blocks of content.
    func encode(_ message: LLM.Message, _ conversation: inout ConversationWriter) throws(CallError) {
        let extra = try message.extra.map { text throws(CallError) in try JSONObject(extra: text, of: "a message") }
        switch message.role {
        case "assistant": try encodeAssistant(message, extra, &conversation)
        case "tool": try encodeResult(message, extra, &conversation)
        default:
            for part in message.parts { try encode(part, .user, &conversation) }
        }
        if let point = try CachePoint(extra: message.extra, of: "a message") { point.write(&conversation.writer) }
    }

    private func encodeAssistant(
        _ message: LLM.Message, _ extra: JSONObject?, _ conversation: inout ConversationWriter
    ) throws(CallError) {
        // Models that sign what they thought want it back first, and unchanged.
        let blocks = (extra?["thinking_blocks"]?.array ?? []).compactMap(ReasoningBlock.init(json:))
        for block in blocks {
            conversation.begin(.assistant)
            conversation.writer.write(block.content)
        }
        if blocks.isEmpty, sendsReasoning, let reasoning = message.reasoning, !reasoning.isBlank {
            conversation.begin(.assistant)
            conversation.writer.write(ReasoningBlock.thinking(reasoning, signature: nil).content)
        }
        for part in message.parts { try encode(part, .assistant, &conversation) }
        for call in message.calls {
            conversation.begin(.assistant)
            conversation.writer.beginObject()
            conversation.writer.key("toolUse")
            conversation.writer.beginObject()
            conversation.writer.key("toolUseId")
            conversation.writer.string(ToolUseID.fitting(call.id))
            conversation.writer.key("name")
            conversation.writer.string(call.name)
            conversation.writer.key("input")
            encodeInput(call.arguments, &conversation.writer)
            conversation.writer.endObject()
            conversation.writer.endObject()
            try CachePoint(extra: call.extra, of: "a tool call")?.write(&conversation.writer)
        }
    }

    /// Converse wants an object. What the model wrote is not always one, and must not end the conversation.
    private func encodeInput(_ arguments: String, _ writer: inout JSONWriter) {
        if arguments.isBlank {
            writer.write(.object(JSONObject()))
        } else if let json = try? JSON(parsing: arguments), json.object != nil {
            writer.write(json)
        } else {
            writer.write(["malformed_arguments": .string(arguments)])
        }
    }

    private func encodeResult(
        _ message: LLM.Message, _ extra: JSONObject?, _ conversation: inout ConversationWriter
    ) throws(CallError) {
        guard let id = message.toolCallID, !id.isEmpty else {
            throw CallError(.invalidArgument, "a message of the role tool needs the tool_call_id that it answers")
        }
        conversation.begin(.user)
        conversation.writer.beginObject()
        conversation.writer.key("toolResult")
        conversation.writer.beginObject()
        conversation.writer.key("toolUseId")
        conversation.writer.string(ToolUseID.fitting(id))
        conversation.writer.key("content")
        conversation.writer.beginArray()
        let before = conversation.writer.bytes.count
        for part in message.parts { try encodeBlock(part, .user, &conversation) }
        // A result must hold something.
        if conversation.writer.bytes.count == before { conversation.writer.text("(empty)") }
        conversation.writer.endArray()
        if extra?["is_error"]?.bool == true {
            conversation.writer.key("status")
            conversation.writer.string("error")
        }
        conversation.writer.endObject()
        conversation.writer.endObject()
        // Inside of a result there is no place for it.
        for part in message.parts {
            try CachePoint(extra: part.extra, of: "a part of a message")?.write(&conversation.writer)
        }
    }

    private func encode(
        _ part: LLM.Part, _ role: ConversationWriter.Role, _ conversation: inout ConversationWriter
    ) throws(CallError) {
        try encodeBlock(part, role, &conversation)
        try CachePoint(extra: part.extra, of: "a part of a message")?.write(&conversation.writer)
    }

    private func encodeBlock(
        _ part: LLM.Part, _ role: ConversationWriter.Role, _ conversation: inout ConversationWriter
    ) throws(CallError) {
        switch part {
        case .text(let text, _) where text.isBlank: return
        case .text(let text, _), .data(let text, _):
            conversation.begin(role)
            conversation.writer.text(text)
        case .image(let bytes, let mediaType, _, _):
            let image = try ImageBlock(bytes, mediaType: mediaType)
            conversation.begin(role)
            image.write(&conversation.writer)
        case .imageURL(let url, _, _):
            let image = try ImageBlock(url: url)
            conversation.begin(role)
            image.write(&conversation.writer)
        case .other(let json):
            let block = try ForeignPart.block(json)
            conversation.begin(role)
            conversation.writer.write(block)
        }
    }
}

extension LLM.Part {
    var extra: String? {
        switch self {
        case .text(_, let extra), .imageURL(_, _, let extra), .image(_, _, _, let extra): extra
        case .data, .other: nil
        }
    }
}
