import JackfieldPlugin
import JackfieldVocabulary

/// The events of an answer while they are read: text that follows text of the same kind goes into the same event, and
/// so do the pieces of one call's arguments.
struct AnswerEvents {
    /// What the text in `buffer` will be.
    private enum Pending: Equatable {
        case nothing
        case text(LLM.TextKind)
        case call(UInt32)
    }

    private var events: [LLM.Event] = []
    private var pending = Pending.nothing
    private var buffer: [UInt8] = []
    /// Bytes of text and arguments that the model wrote, for estimates.
    private(set) var writtenBytes = 0

    /// The events since the last time.
    mutating func take() -> [LLM.Event] {
        flush()
        defer { events = [] }
        return events
    }

    mutating func append(_ event: LLM.Event) {
        flush()
        events.append(event)
    }

    mutating func append(text: JSONSlice, _ kind: LLM.TextKind) {
        if !text.isString { return }
        begin(.text(kind))
        let before = buffer.count
        text.append(to: &buffer)
        writtenBytes += buffer.count - before
    }

    mutating func append(text: String, _ kind: LLM.TextKind) {
        begin(.text(kind))
        buffer.append(contentsOf: text.utf8)
        writtenBytes += text.utf8.count
    }

    /// - Returns: whether there was anything in this piece.
    mutating func append(arguments: JSONSlice, call: UInt32) -> Bool {
        guard arguments.isString, arguments.bytes.count > 2 else { return false }
        begin(.call(call))
        let before = buffer.count
        arguments.append(to: &buffer)
        writtenBytes += buffer.count - before
        return true
    }

    mutating func append(arguments: [UInt8], call: UInt32) {
        begin(.call(call))
        buffer.append(contentsOf: arguments)
        writtenBytes += arguments.count
    }

    private mutating func begin(_ wanted: Pending) {
        if pending == wanted { return }
        flush()
        pending = wanted
    }

    private mutating func flush() {
        let kind = pending
        pending = .nothing
        if buffer.isEmpty { return }
        let text = String(decoding: buffer, as: UTF8.self)
        buffer.removeAll(keepingCapacity: true)
        switch kind {
        case .nothing: return
        case .text(let kind): events.append(.text(text, kind: kind))
        case .call(let index): events.append(.toolCall(index: index, id: nil, name: nil, arguments: text))
        }
    }
}
