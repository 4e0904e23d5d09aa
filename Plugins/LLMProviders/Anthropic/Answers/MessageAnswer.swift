import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary

/// What has been read of a message: of a whole one, or of the events of a stream. Turns JSON into events.
struct MessageAnswer {
    /// More blocks in one answer are a fault of the upstream: each costs memory.
    static let blockBound = 4096

    private(set) var id: String?
    private(set) var model: String?
    var usage = MessageUsage()
    /// The upstream's own word.
    private(set) var stopReason: String?
    /// The upstream said `message_stop`.
    var isDone = false
    /// A message has begun.
    private(set) var hasBegun = false
    /// Why nothing more is read. Events that were read before are still good.
    var failure: UpstreamError?
    /// Something came that is not of this dialect.
    private(set) var isMalformed = false

    var events = AnswerEvents()
    var thinking = ThinkingBlocks()
    var blocks: [Block] = []
    /// Calls of the client's tools.
    var callCount: UInt32 = 0
    /// Members of the answer that the vocabulary has no place for.
    private var extra = JSONObject()
    private var refusal: String?

    struct Block {
        var index: UInt64
        var kind: Kind
        var isOpen = true

        enum Kind {
            case text
            case thinking(number: Int)
            /// `input` is what the start of the block said: it counts if no pieces come.
            case toolUse(call: UInt32, input: [UInt8], hasPieces: Bool)
            /// Calls and results of the upstream's own tools, and whatever comes next.
            case other
        }
    }

    // MARK: What comes out

    /// The events since the last time.
    mutating func takeEvents() -> [LLM.Event] { events.take() }

    var result: LLM.CompletionResult {
        LLM.CompletionResult(id: id, model: model, extra: extra.isEmpty ? nil : JSON.object(extra).text)
    }

    /// The end: what is open is closed, then the thinking with its signatures, the stop, and the usage, estimated if
    /// the upstream did not say.
    mutating func close(promptBytes: @autoclosure () -> Int) {
        for position in blocks.indices where blocks[position].isOpen { close(block: position) }
        if let refusal { events.append(text: refusal, .refusal) }
        if let thinking = thinking.json { events.append(.extra(thinking)) }
        events.append(.stop(StopReason.meaning(of: stopReason, hasCalls: callCount > 0)))
        events.append(
            .usage(
                usage.counted
                    ?? TokenEstimate.usage(promptBytes: promptBytes(), completionBytes: events.writtenBytes)))
        if let tier = usage.serviceTier { extra["service_tier"] = .string(tier) }
    }

    // MARK: What goes in

    /// Read JSON with `walk`; what cannot be read is the upstream's failure.
    mutating func read(
        _ json: UnsafeBufferPointer<UInt8>,
        _ walk: (inout MessageAnswer, UnsafeBufferPointer<UInt8>) throws(JSONCursor.Malformed) -> Void
    ) {
        guard failure == nil else { return }
        do throws(JSONCursor.Malformed) {
            try walk(&self, json)
        } catch {
            isMalformed = true
            let place = "at byte \(error.offset) of \(json.count)"
            failure = .rubbish("the upstream's answer is not one of the Messages API: \(error.reason), \(place)")
        }
    }

    /// A message object: whole, or as a stream begins it.
    mutating func readMessage(_ message: JSONSlice) throws(JSONCursor.Malformed) {
        var content: JSONSlice?
        var cursor = JSONCursor(message)
        try cursor.beginObject()
        while let key = try cursor.nextKey() {
            let value = try cursor.value()
            switch key {
            case "content":
                content = value
                hasBegun = true
            case "id": id = value.nonEmptyString ?? id
            case "model": model = value.nonEmptyString ?? model
            case "usage": try usage.read(value)
            default: readEnd(key, value)
            }
        }
        if let content, content.first == UInt8(ascii: "[") { try readContent(content) }
    }

    /// The members of a message that are only known at its end; in a stream they come in a `message_delta`.
    mutating func readEnd(_ key: JSONSlice, _ value: JSONSlice) {
        if value.isNull { return }
        switch key {
        case "stop_reason":
            guard let reason = value.nonEmptyString else { return }
            stopReason = reason
            if StopReason.isLossy(reason) { extra["stop_reason"] = .string(reason) }
        case "stop_sequence": extra["stop_sequence"] = value.string.map { .string($0) }
        case "stop_details":
            guard let details = value.tree else { return }
            extra["stop_details"] = details
            refusal = details["explanation"]?.string.flatMap { $0.isEmpty ? nil : $0 }
        case "container": extra["container"] = value.tree
        case "context_management": extra["context_management"] = value.tree
        default: return
        }
    }

    /// A stream began without saying so: some servers leave the first event out.
    mutating func begin() { hasBegun = true }

    private mutating func readContent(_ content: JSONSlice) throws(JSONCursor.Malformed) {
        var cursor = JSONCursor(content)
        try cursor.beginArray()
        while try cursor.nextElement() {
            let index = UInt64(blocks.count)
            try open(block: try cursor.value(), index: index)
            close(block: blocks.count - 1)
        }
    }
}
