import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary

/// What has been read of an answer: its blocks of content as events. Text that follows text of the same kind, and
/// arguments of the same call, go into the same event until `takeEvents`.
struct ConverseAnswer {
    /// More blocks in one answer are a fault of the upstream: each costs memory.
    private static let blockBound = 4096

    private enum Block {
        case text
        case tool(UInt32, hasInput: Bool)
        /// Where in `thoughts` it is.
        case reasoning(Int)
        case unknown
    }

    private enum Pending: Equatable {
        case nothing
        case text(LLM.TextKind)
        case call(UInt32, id: String?, name: String?)
    }

    private struct Thought {
        var text = ""
        var signature: String?
        var redacted: String?

        var block: ReasoningBlock { redacted.map { .redacted($0) } ?? .thinking(text, signature: signature) }
    }

    private var blocks: [Int: Block] = [:]
    /// In the order in which they came. Their text grows piece by piece, in place.
    private var thoughts: [Thought] = []
    private(set) var callCount: UInt32 = 0
    private var events: [LLM.Event] = []
    /// The event that still grows; its text is in `buffer`.
    private var pending = Pending.nothing
    private var buffer = ""
    /// Bytes of text and arguments that the model wrote, for estimates.
    private(set) var writtenBytes = 0

    /// The events since the last time.
    mutating func takeEvents() -> [LLM.Event] {
        flush()
        defer { events = [] }
        return events
    }

    /// A block begins; of most kinds only the pieces come.
    mutating func start(_ index: Int, _ start: JSON?) throws(UpstreamError) {
        guard let tool = start?["toolUse"] else { return }
        try open(index, .tool(callCount, hasInput: false))
        flush()
        pending = .call(callCount, id: tool["toolUseId"]?.string, name: tool["name"]?.string ?? "")
        callCount += 1
    }

    /// A piece of a block.
    mutating func delta(_ index: Int, _ delta: JSON?) throws(UpstreamError) {
        if let text = delta?["text"]?.string {
            if blocks[index] == nil { try open(index, .text) }
            append(text, .content)
        } else if let input = delta?["toolUse"]?["input"]?.string {
            guard case .tool(let call, _)? = blocks[index] else {
                throw .rubbish("the upstream's stream holds the input of a tool call that had not begun")
            }
            if !input.isEmpty { blocks[index] = .tool(call, hasInput: true) }
            append(arguments: input, of: call)
        } else if let piece = delta?["reasoningContent"] {
            try reason(index, text: piece["text"]?.string, piece["signature"]?.string, piece["redactedContent"]?.string)
        }
    }

    /// A block has ended. A call without arguments is given those that every reader takes.
    mutating func stop(_ index: Int) {
        if case .tool(let call, hasInput: false)? = blocks[index] { append(arguments: "{}", of: call) }
        blocks[index] = .unknown
    }

    /// A whole block of an answer that is not streamed.
    mutating func block(_ index: Int, _ block: JSON) throws(UpstreamError) {
        if let tool = block["toolUse"] {
            try start(index, ["toolUse": tool])
            let input = tool["input"] ?? .object(JSONObject())
            try delta(index, ["toolUse": ["input": .string(input.string ?? input.text)]])
        } else if let thought = block["reasoningContent"] {
            let text = thought["reasoningText"]
            try reason(
                index, text: text?["text"]?.string, text?["signature"]?.string, thought["redactedContent"]?.string)
        } else if let cited = block["citationsContent"]?["content"]?.array {
            for piece in cited { try delta(index, piece) }
        } else {
            try delta(index, block)
        }
        stop(index)
    }

    /// What was thought, with the signatures without which some models do not take it back, then the stop.
    mutating func end(_ reason: String?) throws(UpstreamError) {
        flush()
        if thoughts.contains(where: { $0.signature != nil || $0.redacted != nil }) {
            events.append(.extra(JSON.object(["thinking_blocks": .array(thoughts.map(\.block.json))]).text))
        }
        events.append(.stop(try StopReason.word(for: reason, hasCalls: callCount > 0)))
    }

    // MARK: The pieces

    private mutating func open(_ index: Int, _ block: Block) throws(UpstreamError) {
        guard blocks.count < ConverseAnswer.blockBound else {
            throw UpstreamError(.exhausted, "the upstream's answer has more than \(ConverseAnswer.blockBound) blocks")
        }
        blocks[index] = block
    }

    private mutating func reason(
        _ index: Int, text: String?, _ signature: String?, _ redacted: String?
    ) throws(UpstreamError) {
        if let redacted {
            try open(index, .unknown)
            thoughts.append(Thought(redacted: redacted))
            return
        }
        var at = thoughts.count
        if case .reasoning(let known)? = blocks[index] {
            at = known
        } else {
            try open(index, .reasoning(at))
            thoughts.append(Thought())
        }
        if let text { thoughts[at].text += text }
        if let signature {
            if thoughts[at].signature == nil { thoughts[at].signature = "" }
            thoughts[at].signature?.append(signature)
        }
        if let text { append(text, .reasoning) }
    }

    private mutating func append(_ text: String, _ kind: LLM.TextKind) {
        writtenBytes += text.utf8.count
        guard !text.isEmpty else { return }
        if pending != .text(kind) {
            flush()
            pending = .text(kind)
        }
        buffer += text
    }

    private mutating func append(arguments: String, of call: UInt32) {
        writtenBytes += arguments.utf8.count
        guard !arguments.isEmpty else { return }
        if case .call(call, _, _) = pending {
        } else {
            flush()
            pending = .call(call, id: nil, name: nil)
        }
        buffer += arguments
    }

    private mutating func flush() {
        switch pending {
        case .nothing: return
        case .text(let kind): events.append(.text(buffer, kind: kind))
        case .call(let index, let id, let name):
            events.append(.toolCall(index: index, id: id, name: name, arguments: buffer))
        }
        buffer = ""
        pending = .nothing
    }
}
