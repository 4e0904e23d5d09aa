import JackfieldPlugin
import JackfieldVocabulary

/// What has been read of a completion: of one whole answer, or of the chunks of a stream, which differ only in how
/// their messages are called. Turns JSON into events; text that follows text of the same kind goes into the same event.
struct ChatAnswer {
    /// More choices, or tool calls in one choice, are a fault of the upstream: each costs memory.
    static let listBound = 1024

    private(set) var id: String?
    private(set) var model: String?
    private(set) var usage: LLM.Usage?
    /// Usage came in a chunk of its own, which is always the last one.
    private(set) var hasFinalUsage = false
    /// The upstream said `[DONE]`.
    var isDone = false
    /// Something that could be read has come.
    private(set) var hasAny = false
    /// Why nothing more is read. Events that were read before are still good.
    var failure: UpstreamError?
    /// Something came that is not a chat completion.
    private(set) var isMalformed = false

    var choices: [Choice] = []
    private var extra = ExtraFields()
    private var events: [LLM.Event] = []
    /// Bytes of text and arguments that the model wrote, for estimates.
    var writtenBytes = 0

    /// What the text in `buffer` will be.
    private enum Pending {
        case nothing
        case text(LLM.TextKind, choice: UInt32)
        case call(index: UInt32, id: String?, name: String?, choice: UInt32)
    }
    private var pending = Pending.nothing
    private var buffer: [UInt8] = []

    struct Choice {
        var number: UInt32
        var isStopped = false
        var calls: [Call] = []
        /// Where in `calls` the last piece of a call went.
        var lastCall: Int?
    }

    struct Call {
        /// The upstream's own index, if it gave one.
        var given: UInt32?
        var id: String?
        var hasName: Bool
    }

    // What comes out.

    /// The events since the last time.
    mutating func takeEvents() -> [LLM.Event] {
        flush()
        defer { events = [] }
        return events
    }

    var result: LLM.CompletionResult { LLM.CompletionResult(id: id, model: model, extra: extra.json) }

    /// The end: a stop for every choice that got none, and the usage, estimated if the upstream did not say.
    mutating func close(promptBytes: Int) {
        for index in choices.indices where !choices[index].isStopped {
            stop(index, choices[index].calls.isEmpty ? "stop" : "tool_calls")
        }
        flush()
        events.append(.usage(usage ?? TokenEstimate.usage(promptBytes: promptBytes, completionBytes: writtenBytes)))
    }

    // What goes in.

    /// Read one JSON object: an answer or a chunk.
    mutating func read(_ json: UnsafeBufferPointer<UInt8>) {
        guard failure == nil else { return }
        do throws(JSONCursor.Malformed) {
            try walk(json)
            hasAny = true
        } catch {
            isMalformed = true
            let place = "at byte \(error.offset) of \(json.count)"
            failure = .rubbish("the upstream's answer is not a chat completion: \(error.reason), \(place)")
        }
    }

    private mutating func walk(_ json: UnsafeBufferPointer<UInt8>) throws(JSONCursor.Malformed) {
        var cursor = JSONCursor(json)
        var isError = false
        var count = 0
        var hasUsage = false
        try cursor.beginObject()
        while let key = try cursor.nextKey() {
            switch key {
            case "choices": count = try readChoices(&cursor)
            case "id":
                let value = try cursor.value()
                if id == nil { id = value.nonEmptyString }
            case "model":
                let value = try cursor.value()
                if model == nil { model = value.nonEmptyString }
            case "object":
                if case "error" = try cursor.value() { isError = true }
            case "usage":
                let value = try cursor.value()
                if let found = try TokenUsage.read(value) {
                    usage = found
                    hasUsage = true
                }
            case "error":
                if !(try cursor.value().isNull) { isError = true }
            case "created", "obfuscation": _ = try cursor.value()
            default: extra.set(key, try cursor.value())
            }
        }
        try cursor.end()
        if hasUsage, count == 0 { hasFinalUsage = true }
        if isError, let tree = JSONSlice(bytes: json, hasEscapes: false).tree {
            failure = UpstreamError(inAnswer: tree)
        }
    }

    // The events.

    mutating func append(_ event: LLM.Event) {
        flush()
        events.append(event)
    }

    mutating func stop(_ index: Int, _ reason: String) {
        choices[index].isStopped = true
        append(.stop(reason, choice: choices[index].number))
    }

    mutating func append(text: JSONSlice, _ kind: LLM.TextKind, choice: UInt32) {
        if case .text(kind, choice) = pending {
        } else {
            flush()
            pending = .text(kind, choice: choice)
        }
        let before = buffer.count
        text.append(to: &buffer)
        writtenBytes += buffer.count - before
    }

    /// Open an event for a piece of a tool call, unless the last piece was of the same call and this one only goes on.
    mutating func open(call index: UInt32, id: String?, name: String?, choice: UInt32) {
        if id == nil, name == nil, case .call(index, _, _, choice) = pending { return }
        flush()
        pending = .call(index: index, id: id, name: name, choice: choice)
    }

    mutating func append(arguments: JSONSlice) {
        let before = buffer.count
        if arguments.isString {
            arguments.append(to: &buffer)
        } else if !arguments.isNull {
            buffer.append(contentsOf: arguments.bytes)
        }
        writtenBytes += buffer.count - before
    }

    private mutating func flush() {
        switch pending {
        case .nothing: return
        case .text(let kind, let choice):
            if !buffer.isEmpty {
                events.append(.text(String(decoding: buffer, as: UTF8.self), kind: kind, choice: choice))
            }
        case .call(let index, let id, let name, let choice):
            let arguments = String(decoding: buffer, as: UTF8.self)
            events.append(.toolCall(index: index, id: id, name: name, arguments: arguments, choice: choice))
        }
        buffer.removeAll(keepingCapacity: true)
        pending = .nothing
    }
}
