import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary

/// A message of the assistant: its thinking first, as the API wants it, then its text, then its calls.
enum AssistantMessage {
    static func blocks(_ message: LLM.Message, _ extra: JSONObject?) throws(CallError) -> [ContentBlock] {
        var blocks = try thinking(extra)
        let texts = try Conversation.blocks(message.parts, nil)
        blocks += texts
        if texts.isEmpty, let refusal = extra?["refusal"]?.string, !ContentBlock.isBlank(refusal) {
            blocks.append(ContentBlock(.text(refusal)))
        }
        for call in message.calls { blocks.append(try toolUse(call)) }
        // Thinking itself cannot be marked.
        if let mark = Conversation.cacheControl(extra), let last = blocks.indices.last {
            if case .verbatim = blocks[last].content {} else { blocks[last].add(cacheControl: mark) }
        }
        return blocks
    }

    /// `thinking_blocks` as they were given out: only with their signatures does the API take them back. The text in
    /// `reasoning` has none, and stays behind.
    private static func thinking(_ extra: JSONObject?) throws(CallError) -> [ContentBlock] {
        guard let given = extra?["thinking_blocks"], !given.isNull else { return [] }
        let wanted = "thinking_blocks of a message must be the list that came with the answer"
        guard let list = given.array else { throw CallError(.invalidArgument, wanted) }
        var blocks: [ContentBlock] = []
        for entry in list {
            guard let block = entry.object, let type = block["type"]?.string else {
                throw CallError(.invalidArgument, wanted)
            }
            guard type == "thinking" || type == "redacted_thinking" else {
                throw CallError(.invalidArgument, "\(wanted), and holds one of the type \"\(type.prefix(64))\"")
            }
            blocks.append(ContentBlock(.verbatim(block)))
        }
        return blocks
    }

    private static func toolUse(_ call: LLM.ToolCall) throws(CallError) -> ContentBlock {
        var block = ContentBlock(
            .toolUse(id: ToolCallID.safe(call.id), name: call.name, input: ToolCallInput.object(call.arguments)))
        if let text = call.extra {
            let extra = try JSONObject(extra: text, of: "a tool call")
            if let mark = Conversation.cacheControl(extra) { block.add(cacheControl: mark) }
        }
        return block
    }
}
