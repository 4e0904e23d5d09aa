import JackfieldJSON
import JackfieldVocabulary

extension ChatRequestEncoder {
    func encode(_ message: LLM.Message, _ writer: inout JSONWriter) throws(CallError) {
        writer.beginObject()
        writer.key("role")
        writer.string(message.role)
        writer.key("content")
        try encodeContent(of: message, &writer)
        if let name = message.name {
            writer.key("name")
            writer.string(name)
        }
        if let id = message.toolCallID {
            writer.key("tool_call_id")
            writer.string(id)
        }
        if let reasoning = message.reasoning, reasoningField != .none {
            writer.key(reasoningField.rawValue)
            writer.string(reasoning)
        }
        if !message.calls.isEmpty {
            writer.key("tool_calls")
            writer.beginArray()
            for call in message.calls {
                writer.beginObject()
                writer.key("id")
                writer.string(call.id)
                writer.key("type")
                writer.string("function")
                writer.key("function")
                writer.beginObject()
                writer.key("name")
                writer.string(call.name)
                writer.key("arguments")
                writer.string(call.arguments)
                writer.endObject()
                writer.endObject()
            }
            writer.endArray()
        }
        if let extra = message.extra {
            let object = try JSONObject(extra: extra, of: "a message")
            for member in object.members where !isWritten(member.key, message) {
                writer.key(member.key)
                writer.write(member.value)
            }
        }
        writer.endObject()
    }

    private func isWritten(_ key: String, _ message: LLM.Message) -> Bool {
        switch key {
        case "role", "content": true
        case "name": message.name != nil
        case "tool_call_id": message.toolCallID != nil
        case "tool_calls": !message.calls.isEmpty
        default: key == reasoningField.rawValue && message.reasoning != nil
        }
    }

    /// One text is a string, as every server understands it; anything else is a list of parts.
    private func encodeContent(of message: LLM.Message, _ writer: inout JSONWriter) throws(CallError) {
        switch (message.parts.count, message.parts.first) {
        case (0, _):
            if message.calls.isEmpty { writer.string("") } else { writer.null() }
        case (1, .text(let text)?), (1, .data(let text, _)?):
            writer.string(text)
        default:
            writer.beginArray()
            for part in message.parts { try encode(part, &writer) }
            writer.endArray()
        }
    }

    private func encode(_ part: LLM.Part, _ writer: inout JSONWriter) throws(CallError) {
        switch part {
        case .text(let text), .data(let text, _):
            writer.beginObject()
            writer.key("type")
            writer.string("text")
            writer.key("text")
            writer.string(text)
            writer.endObject()
        case .imageURL(let url, let detail):
            encodeImage(url, detail, &writer)
        case .image(let bytes, let mediaType, let detail):
            let prefix = Array("data:\(mediaType);base64,".utf8)
            encodeImage(String(decoding: Base64.encode(bytes, after: prefix), as: UTF8.self), detail, &writer)
        case .other(let json):
            try writer.raw(json, "a part of a message", begins: ["{"])
        }
    }

    private func encodeImage(_ url: String, _ detail: String?, _ writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("type")
        writer.string("image_url")
        writer.key("image_url")
        writer.beginObject()
        writer.key("url")
        writer.string(url)
        if let detail {
            writer.key("detail")
            writer.string(detail)
        }
        writer.endObject()
        writer.endObject()
    }
}

extension LLM.CompletionRequest {
    /// Bytes of text that the model is to read, images left out: for the size of the body, and for estimates.
    var textBytes: Int {
        var count = 0
        for message in messages {
            count += 16 + (message.reasoning?.utf8.count ?? 0)
            for part in message.parts {
                switch part {
                case .text(let text), .data(let text, _): count += text.utf8.count
                case .imageURL, .image, .other: continue
                }
            }
            for call in message.calls { count += call.name.utf8.count + call.arguments.utf8.count }
        }
        for tool in tools {
            count += tool.name.utf8.count + (tool.description?.utf8.count ?? 0) + (tool.parameters?.utf8.count ?? 0)
        }
        return count
    }
}
