import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary

/// One block of a turn or of the system prompt, as Anthropic's dialect knows them (API reference, "Create a Message").
struct ContentBlock {
    enum Content {
        case text(String)
        case image(ImageSource)
        case toolUse(id: String, name: String, input: String)
        case toolResult(id: String, content: [ContentBlock], isError: Bool)
        /// A whole block in the upstream's own words: thinking, documents.
        case verbatim(JSONObject)
    }

    var content: Content
    /// More members of the block, such as `cache_control`.
    var extra = JSONObject()

    init(_ content: Content, extra: JSONObject = JSONObject()) {
        self.content = content
        self.extra = extra
    }

    /// Whether the block is nothing but text, so that a string may stand for it.
    var plainText: String? {
        if case .text(let text) = content, extra.isEmpty { text } else { nil }
    }

    /// The API refuses text blocks without a visible character.
    static func isBlank(_ text: String) -> Bool {
        text.utf8.allSatisfy { $0 == 0x20 || (0x09...0x0d).contains($0) }
    }

    /// Mark the block as the end of a part of the prompt that is cached, unless it says so itself.
    mutating func add(cacheControl: JSON) {
        if case .verbatim(var block) = content {
            if block["cache_control"] == nil { block["cache_control"] = cacheControl }
            content = .verbatim(block)
        } else if extra["cache_control"] == nil {
            extra["cache_control"] = cacheControl
        }
    }
}

extension ContentBlock {
    func write(_ writer: inout JSONWriter) {
        if case .verbatim(let block) = content { return writer.write(.object(block)) }
        writer.beginObject()
        writer.key("type")
        let own: Set<String>
        switch content {
        case .text(let text):
            own = ["type", "text"]
            writer.string("text")
            writer.key("text")
            writer.string(text)
        case .image(let source):
            own = ["type", "source"]
            writer.string("image")
            writer.key("source")
            source.write(&writer)
        case .toolUse(let id, let name, let input):
            own = ["type", "id", "name", "input"]
            writer.string("tool_use")
            writer.key("id")
            writer.string(id)
            writer.key("name")
            writer.string(name)
            writer.key("input")
            writer.raw(input)
        case .toolResult(let id, let content, let isError):
            own = ["type", "tool_use_id", "content", "is_error"]
            writer.string("tool_result")
            writer.key("tool_use_id")
            writer.string(id)
            if !content.isEmpty {
                writer.key("content")
                ContentBlock.write(content, &writer)
            }
            if isError {
                writer.key("is_error")
                writer.bool(true)
            }
        case .verbatim: own = []
        }
        for member in extra.members where !own.contains(member.key) {
            writer.key(member.key)
            writer.write(member.value)
        }
        writer.endObject()
    }

    /// Blocks as the value of `content` or `system`: one plain text is a string.
    static func write(_ blocks: [ContentBlock], _ writer: inout JSONWriter) {
        if blocks.count == 1, let text = blocks[0].plainText { return writer.string(text) }
        writer.beginArray()
        for block in blocks { block.write(&writer) }
        writer.endArray()
    }
}
