import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary

/// An answer of `/api/chat` as it comes: one object for the whole, or many, the last of which says `"done": true`.
struct ChatAnswer {
    /// Calls of tools that one answer may hold.
    private static let callBound = 1024
    /// Members that are read here; others are passed on.
    private static let known: Set<String> = [
        "model", "created_at", "message", "done", "done_reason", "prompt_eval_count", "eval_count", "logprobs", "error",
    ]
    private static let knownOfMessage: Set<String> = ["role", "content", "thinking", "tool_calls", "images"]

    /// What a request says that decides how its answer is read.
    struct Expectations {
        /// What was asked for, to say how to get it.
        var model: String
        /// Bytes of text, for an estimate where Ollama counts no tokens.
        var promptBytes = 0
        /// At most one call is wanted; Ollama cannot be told.
        var oneCall = false
        var hasMessages = true
        var hasUserMessage = true
    }

    var failure: UpstreamError?
    private(set) var isDone = false
    /// Something that belongs to an answer has come.
    private(set) var hasAny = false

    private let expected: Expectations
    private let makeID: () -> String
    private var events: [LLM.Event] = []
    // Text of one kind that waits for more of it.
    private var text = ""
    private var kind = LLM.TextKind.content
    private var logprobs: [JSON] = []
    private var callCount: UInt32 = 0
    private var completionBytes = 0
    private var model: String?
    private var reason = ""
    private var promptTokens: UInt64?
    private var completionTokens: UInt64?
    private var extra = BoundedExtra()
    private var messageExtra = BoundedExtra()

    /// - Parameter makeID: gives ids for calls that come without one, a new one each time.
    init(_ expected: Expectations, makeID: @escaping () -> String) {
        self.expected = expected
        self.makeID = makeID
    }

    /// Take one object. Afterwards look at `failure`. Objects that are neither of an answer nor an error are left out.
    mutating func read(_ json: JSON) {
        guard failure == nil, !isDone else { return }
        guard let object = json.object else {
            failure = .rubbish("the upstream's answer holds \(json.kindName) where an object should be")
            return
        }
        if let error = object["error"], !error.isNull {
            failure = UpstreamError(inAnswer: json, model: expected.model)
            return
        }
        // Something new, perhaps. If nothing else comes, it was no answer: see `hasAny`.
        guard object["message"] != nil || object["done"]?.bool != nil else { return }
        hasAny = true
        if model == nil { model = object["model"]?.string.flatMap { $0.isEmpty ? nil : $0 } }
        if let message = object["message"], !message.isNull { read(message: message) }
        if let entries = object["logprobs"]?.array { logprobs += entries }
        for member in object.members where !ChatAnswer.known.contains(member.key) { extra.set(member) }
        guard failure == nil, object["done"]?.bool == true else { return }
        isDone = true
        reason = object["done_reason"]?.string ?? ""
        promptTokens = object["prompt_eval_count"]?.int.flatMap { UInt64(exactly: $0) }
        completionTokens = object["eval_count"]?.int.flatMap { UInt64(exactly: $0) }
    }

    private mutating func read(message: JSON) {
        guard let object = message.object else {
            failure = .rubbish("the upstream's message is \(message.kindName); it should be an object")
            return
        }
        for (key, kind) in [("thinking", LLM.TextKind.reasoning), ("content", .content)] {
            guard let value = object[key], !value.isNull else { continue }
            guard let text = value.string else {
                failure = .rubbish("the upstream's \(key) is \(value.kindName); it should be a text")
                return
            }
            add(text, kind)
        }
        for call in object["tool_calls"]?.array ?? [] { read(call: call) }
        for member in object.members where !ChatAnswer.knownOfMessage.contains(member.key) { messageExtra.set(member) }
    }

    private mutating func add(_ more: String, _ kind: LLM.TextKind) {
        guard !more.isEmpty else { return }
        if kind != self.kind { flush() }
        self.kind = kind
        text += more
        completionBytes += more.utf8.count
    }

    private mutating func read(call: JSON) {
        guard let function = call["function"], let name = function["name"]?.string, !name.isEmpty else {
            failure = .rubbish("the upstream calls a tool without a name")
            return
        }
        if expected.oneCall, callCount > 0 { return }
        guard callCount < ChatAnswer.callBound else {
            failure = .rubbish("the upstream calls more than \(ChatAnswer.callBound) tools in one answer")
            return
        }
        flush()
        let id = call["id"]?.string.flatMap { $0.isEmpty ? nil : $0 } ?? makeID()
        let arguments = ToolArguments.text(function["arguments"])
        completionBytes += name.utf8.count + arguments.utf8.count
        events.append(.toolCall(index: callCount, id: id, name: name, arguments: arguments))
        callCount += 1
    }

    private mutating func flush() {
        if !text.isEmpty { events.append(.text(text, kind: kind)) }
        text = ""
    }

    /// What has come since the last time, with neighbouring texts joined.
    mutating func takeEvents() -> [LLM.Event] {
        flush()
        if !logprobs.isEmpty { events.append(.logprobs((["content": .array(logprobs)] as JSON).text)) }
        logprobs = []
        defer { events = [] }
        return events
    }

    /// The answer is whole: say why it ended and what it took.
    mutating func close() {
        flush()
        let isEmpty = callCount == 0 && completionBytes == 0
        if reason == "load" || reason == "unload", isEmpty, expected.hasMessages {
            failure = notGenerated
            return
        }
        if let json = messageExtra.json { events.append(.extra(json)) }
        // Ollama itself says nothing of a filter; what stands before it may.
        let isSpecial = reason == "length" || reason == "content_filter"
        events.append(.stop(isSpecial ? reason : callCount > 0 ? "tool_calls" : "stop"))
        let estimate = TokenEstimate.usage(promptBytes: expected.promptBytes, completionBytes: completionBytes)
        events.append(
            .usage(
                LLM.Usage(
                    promptTokens: promptTokens ?? estimate.promptTokens,
                    completionTokens: completionTokens ?? estimate.completionTokens,
                    isEstimated: promptTokens == nil || completionTokens == nil)))
    }

    /// Ollama loads the model and answers nothing where it finds nothing to answer.
    private var notGenerated: UpstreamError {
        expected.hasUserMessage
            ? .rubbish("Ollama loaded or unloaded the model and generated nothing (done_reason \"\(reason)\")")
            : UpstreamError(.invalidArgument, "Ollama answers only conversations that have a message of the user")
    }

    var result: LLM.CompletionResult { LLM.CompletionResult(model: model, extra: extra.json) }
}
