import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary

extension ChatRequestEncoder {
    /// One message. The ones before it are needed to find out which tool a result is of.
    func encode(_ messages: [LLM.Message], at index: Int, _ writer: inout JSONWriter) throws(CallError) {
        let message = messages[index]
        let content = try MessageContent(message)
        var written: Set<String> = ["role", "content", "images", "tool_calls", "thinking", "tool_name", "tool_call_id"]
        writer.beginObject()
        writer.key("role")
        // Ollama knows no developer; for the model it is the same.
        writer.string(message.role == "developer" ? "system" : message.role)
        writer.key("content")
        writer.string(content.text)
        if !content.images.isEmpty {
            writer.key("images")
            writer.beginArray()
            for image in content.images { writer.string(String(decoding: Base64.encode(image), as: UTF8.self)) }
            writer.endArray()
        }
        if let reasoning = message.reasoning {
            writer.key("thinking")
            writer.string(reasoning)
        } else {
            written.remove("thinking")
        }
        if !message.calls.isEmpty { encodeCalls(message.calls, &writer) }
        if message.role == "tool" {
            if let name = message.name ?? ChatRequestEncoder.tool(of: message.toolCallID, in: messages[..<index]) {
                writer.key("tool_name")
                writer.string(name)
            } else {
                written.remove("tool_name")
            }
            if let id = message.toolCallID {
                writer.key("tool_call_id")
                writer.string(id)
            }
        }
        try writer.members(ofExtra: message.extra, of: "a message") { written.contains($0) }
        writer.endObject()
    }

    /// The name of the tool that a call asked for. Ids may come again in a long conversation: the latest call counts.
    private static func tool(of id: String?, in messages: ArraySlice<LLM.Message>) -> String? {
        guard let id else { return nil }
        return messages.reversed().lazy.compactMap { $0.calls.last { $0.id == id }?.name }.first
    }
}

/// What a message says, in the two places that Ollama has for it: one text, and images.
struct MessageContent {
    private(set) var text = ""
    private(set) var images: [[UInt8]] = []

    /// - Throws: `unsupported` for images that would have to be fetched, and for sounds and files.
    init(_ message: LLM.Message) throws(CallError) {
        for part in message.parts {
            switch part {
            case .text(let text, _): self.text += text
            case .data(let json, _):
                // Set off, so that it does not run into the words around it.
                if !text.isEmpty, !text.hasSuffix("\n") { text += "\n" }
                text += json + "\n"
            case .image(let bytes, _, _, _): images.append(bytes)
            case .imageURL:
                throw CallError(
                    .unsupported,
                    "Ollama fetches no images; send the image itself, as a data: URL, in place of its address")
            case .other(let json):
                let type = (try? JSON(parsing: json))?["type"]?.string ?? "unknown"
                throw CallError(.unsupported, "Ollama takes text and images, not a part of the type \"\(type)\"")
            }
        }
    }
}
