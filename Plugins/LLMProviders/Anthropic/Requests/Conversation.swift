import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary

/// The messages of a request in the shape that Anthropic wants: the system prompt apart, and a list in which user and
/// assistant take turns. The results of tools are the user's.
struct Conversation {
    struct Turn {
        var isAssistant: Bool
        /// Results come ahead of everything else in a turn: the API refuses them elsewhere.
        var results: [ContentBlock] = []
        var blocks: [ContentBlock] = []
    }

    private(set) var system: [ContentBlock] = []
    private(set) var turns: [Turn] = []

    /// - Throws: `invalidArgument` or `unsupported` with what cannot be said in this dialect.
    init(_ messages: [LLM.Message]) throws(CallError) {
        for message in messages {
            let extra = try message.extra.map { text throws(CallError) in
                try JSONObject(extra: text, of: "a message")
            }
            switch message.role {
            case "system", "developer": system += try Self.system(message, extra)
            case "assistant": add(try AssistantMessage.blocks(message, extra), isAssistant: true)
            case "tool": add(result: try Self.result(message, extra))
            case "user": add(try Self.blocks(message.parts, extra), isAssistant: false)
            case let role:
                throw CallError(
                    .invalidArgument,
                    "a message has the role \"\(role.prefix(64))\"; it must be system, developer, user, assistant or "
                        + "tool")
            }
        }
        trimEnd()
    }

    mutating func add(system text: String) { system.append(ContentBlock(.text(text))) }

    /// Messages of the same side that follow one another are one turn. One that says nothing is none.
    private mutating func add(_ blocks: [ContentBlock], isAssistant: Bool) {
        if blocks.isEmpty { return }
        if turns.last?.isAssistant != isAssistant { turns.append(Turn(isAssistant: isAssistant)) }
        turns[turns.count - 1].blocks += blocks
    }

    private mutating func add(result: ContentBlock) {
        if turns.last?.isAssistant != false { turns.append(Turn(isAssistant: false)) }
        turns[turns.count - 1].results.append(result)
    }

    /// An answer that the model is to continue must not end with white space.
    private mutating func trimEnd() {
        guard let turn = turns.last, turn.isAssistant, let last = turn.blocks.last, case .text(let text) = last.content
        else { return }
        let end = text.utf8.lastIndex { !($0 == 0x20 || (0x09...0x0d).contains($0)) }
        guard let end, text.utf8.index(after: end) != text.utf8.endIndex else { return }
        turns[turns.count - 1].blocks[turn.blocks.count - 1].content = .text(String(text[...end]))
    }

    // MARK: The messages of each role

    private static func system(_ message: LLM.Message, _ extra: JSONObject?) throws(CallError) -> [ContentBlock] {
        let blocks = try blocks(message.parts, extra)
        for block in blocks {
            guard case .text = block.content else {
                throw CallError(
                    .unsupported, "a \(message.role) message holds more than text; Anthropic takes only text there")
            }
        }
        return blocks
    }

    private static func result(_ message: LLM.Message, _ extra: JSONObject?) throws(CallError) -> ContentBlock {
        guard let id = message.toolCallID, !id.isEmpty else {
            throw CallError(.invalidArgument, "a tool message must say in \"tool_call_id\" which call it answers")
        }
        var block = ContentBlock(
            .toolResult(
                id: ToolCallID.safe(id), content: try blocks(message.parts, nil),
                isError: extra?["is_error"]?.bool ?? false))
        if let mark = cacheControl(extra) { block.add(cacheControl: mark) }
        return block
    }

    /// The parts of a message, and the mark for the cache that the message bears as a whole.
    static func blocks(_ parts: [LLM.Part], _ extra: JSONObject?) throws(CallError) -> [ContentBlock] {
        var blocks: [ContentBlock] = []
        blocks.reserveCapacity(parts.count)
        for part in parts {
            if let block = try block(part) { blocks.append(block) }
        }
        if let mark = cacheControl(extra), !blocks.isEmpty { blocks[blocks.count - 1].add(cacheControl: mark) }
        return blocks
    }

    private static func block(_ part: LLM.Part) throws(CallError) -> ContentBlock? {
        switch part {
        case .text(let text, let extra):
            if ContentBlock.isBlank(text) { return nil }
            return ContentBlock(.text(text), extra: try members(extra))
        case .data(let json, _):
            return ContentBlock.isBlank(json) ? nil : ContentBlock(.text(json))
        case .imageURL(let url, _, let extra):
            return ContentBlock(.image(.url(url)), extra: try members(extra))
        case .image(let bytes, let mediaType, _, let extra):
            return ContentBlock(.image(try ImageSource(bytes, mediaType: mediaType)), extra: try members(extra))
        case .other(let json): return try ForeignPart.block(json)
        }
    }

    private static func members(_ extra: String?) throws(CallError) -> JSONObject {
        guard let extra else { return JSONObject() }
        return try JSONObject(extra: extra, of: "a part of a message")
    }

    /// Of the other members of a message none is known to Anthropic: clients send back what they found in answers.
    static func cacheControl(_ extra: JSONObject?) -> JSON? {
        extra?["cache_control"].flatMap { $0.isNull ? nil : $0 }
    }
}
