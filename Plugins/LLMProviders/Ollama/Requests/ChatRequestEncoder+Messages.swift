import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary

extension ChatRequestEncoder {
    /// One message.
    ///
    /// - Parameter calledTools: the calls of the messages before it, to find out which tool a result is of.
    func encode(
        _ message: LLM.Message, _ calledTools: CalledTools, _ writer: inout JSONWriter
    ) throws(CallError) {
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
            if let name = message.name ?? calledTools.name(of: message.toolCallID) {
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
}

/// The names of the tools that were called so far in a conversation, by the ids of the calls. Ids may come again in a
/// long conversation: the latest call counts.
struct CalledTools {
    private var names: [String: String] = [:]

    mutating func add(_ calls: [LLM.ToolCall]) {
        for call in calls { names[call.id] = call.name }
    }

    func name(of id: String?) -> String? { id.flatMap { names[$0] } }
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
