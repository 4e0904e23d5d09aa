import JackfieldJSON
import JackfieldPlugin
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
            for call in message.calls { try encode(call, &writer) }
            writer.endArray()
        }
        try writer.members(ofExtra: message.extra, of: "a message") { isWritten($0, message) }
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
        case (1, .text(let text, extra: nil)?), (1, .data(let text, _)?):
            writer.string(text)
        default:
            writer.beginArray()
            for part in message.parts { try encode(part, &writer) }
            writer.endArray()
        }
    }

    private func encode(_ part: LLM.Part, _ writer: inout JSONWriter) throws(CallError) {
        switch part {
        case .text(let text, let extra): try encodeText(text, extra, &writer)
        case .data(let text, _): try encodeText(text, nil, &writer)
        case .imageURL(let url, let detail, let extra):
            try encodeImage(url, detail, extra, &writer)
        case .image(let bytes, let mediaType, let detail, let extra):
            let prefix = Array("data:\(mediaType);base64,".utf8)
            let url = String(decoding: Base64.encode(bytes, after: prefix), as: UTF8.self)
            try encodeImage(url, detail, extra, &writer)
        case .other(let json):
            try writer.raw(json, "a part of a message", begins: ["{"])
        }
    }

    private func encodeText(_ text: String, _ extra: String?, _ writer: inout JSONWriter) throws(CallError) {
        writer.beginObject()
        writer.key("type")
        writer.string("text")
        writer.key("text")
        writer.string(text)
        try writer.members(ofExtra: extra, of: "a part of a message") { $0 == "type" || $0 == "text" }
        writer.endObject()
    }

    private func encodeImage(
        _ url: String, _ detail: String?, _ extra: String?, _ writer: inout JSONWriter
    ) throws(CallError) {
        let extra = try NestedExtra(extra, inner: "image_url", of: "a part of a message")
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
        extra.writeInner(&writer, without: detail == nil ? ["url"] : ["url", "detail"])
        writer.endObject()
        extra.writeOuter(&writer, without: ["type"])
        writer.endObject()
    }

    private func encode(_ call: LLM.ToolCall, _ writer: inout JSONWriter) throws(CallError) {
        let extra = try NestedExtra(call.extra, inner: "function", of: "a tool call")
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
        extra.writeInner(&writer, without: ["name", "arguments"])
        writer.endObject()
        extra.writeOuter(&writer, without: ["id", "type"])
        writer.endObject()
    }
}
