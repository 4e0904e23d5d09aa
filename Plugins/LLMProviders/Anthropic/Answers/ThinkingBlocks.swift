import JackfieldJSON
import JackfieldPlugin

/// The thinking of an answer as the API wants it back: whole, in order, with its signatures (Anthropic documentation,
/// "Extended thinking"). Given out once, ahead of the stop, as `thinking_blocks`.
struct ThinkingBlocks {
    private enum Block {
        case thinking(text: [UInt8], signature: String)
        case redacted(data: String)
    }

    private var blocks: [Block] = []

    /// - Returns: the block's number, for `append` and `sign`.
    mutating func begin(thinking: JSONSlice?, signature: JSONSlice?) -> Int {
        var text: [UInt8] = []
        if let thinking, thinking.isString { thinking.append(to: &text) }
        blocks.append(.thinking(text: text, signature: signature?.string ?? ""))
        return blocks.count - 1
    }

    mutating func add(redacted: JSONSlice?) {
        blocks.append(.redacted(data: redacted?.string ?? ""))
    }

    mutating func append(_ piece: JSONSlice, to number: Int) {
        guard piece.isString, case .thinking(var text, let signature) = blocks[number] else { return }
        // Out of the list while it grows, so that it is not copied for every piece.
        blocks[number] = .redacted(data: "")
        piece.append(to: &text)
        blocks[number] = .thinking(text: text, signature: signature)
    }

    mutating func sign(_ signature: JSONSlice, _ number: Int) {
        guard let signature = signature.string, case .thinking(let text, _) = blocks[number] else { return }
        blocks[number] = .thinking(text: text, signature: signature)
    }

    /// `{"thinking_blocks": […]}`, or nil if there was no thinking.
    var json: String? {
        guard !blocks.isEmpty else { return nil }
        var writer = JSONWriter(capacity: 1024)
        writer.beginObject()
        writer.key("thinking_blocks")
        writer.beginArray()
        for block in blocks {
            writer.beginObject()
            writer.key("type")
            switch block {
            case .thinking(let text, let signature):
                writer.string("thinking")
                writer.key("thinking")
                writer.string(String(decoding: text, as: UTF8.self))
                // A server without signatures sends none, and wants none.
                if !signature.isEmpty {
                    writer.key("signature")
                    writer.string(signature)
                }
            case .redacted(let data):
                writer.string("redacted_thinking")
                writer.key("data")
                writer.string(data)
            }
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}
