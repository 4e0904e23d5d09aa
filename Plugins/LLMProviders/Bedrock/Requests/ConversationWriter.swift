import JackfieldJSON

/// Writes the list of messages at the start of a request. Converse wants the roles to alternate, so what follows from
/// the same side goes into the same message; a message without content is none.
struct ConversationWriter {
    enum Role: String {
        case user
        case assistant
    }

    /// For the blocks of the message that was opened last.
    var writer: JSONWriter
    private var open: Role?

    init(capacity: Int) {
        writer = JSONWriter(capacity: capacity)
        writer.beginObject()
        writer.key("messages")
        writer.beginArray()
    }

    /// What is written next was said by this side.
    mutating func begin(_ role: Role) {
        guard open != role else { return }
        endMessage()
        open = role
        writer.beginObject()
        writer.key("role")
        writer.string(role.rawValue)
        writer.key("content")
        writer.beginArray()
    }

    /// The end of the list; the rest of the request is still to be written.
    consuming func finish() -> JSONWriter {
        endMessage()
        writer.endArray()
        return writer
    }

    private mutating func endMessage() {
        guard open != nil else { return }
        writer.endArray()
        writer.endObject()
    }
}
