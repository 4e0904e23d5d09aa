import JackfieldJSON
package import JackfieldVocabulary

/// Collects the events of one completion into a whole answer (`object: "chat.completion"`).
package struct ChatCompletionAnswer: Sendable {
    /// More choices than a request can ask for are not kept: a provider must not fill memory.
    static let choiceBound = 128

    struct Choice: Sendable {
        var number: UInt32
        var content = ""
        var refusal = ""
        var reasoning = ""
        var calls: [(index: UInt32, call: LLM.ToolCall)] = []
        var logprobs: Logprobs?
        var extra = MessageExtra()
        var finish: String?
    }

    package private(set) var usage: LLM.Usage?
    private(set) var choices: [Choice] = []

    package init() {}

    package mutating func add(_ event: LLM.Event) {
        switch event {
        case .text(let text, let kind, let number):
            guard let at = choice(number) else { return }
            switch kind {
            case .content: choices[at].content += text
            case .reasoning: choices[at].reasoning += text
            case .refusal: choices[at].refusal += text
            }
        case .toolCall(let index, let id, let name, let arguments, let number):
            if let at = choice(number) { choices[at].add(call: index, id: id, name: name, arguments: arguments) }
        case .stop(let reason, let number):
            if let at = choice(number) { choices[at].finish = reason }
        case .usage(let usage): self.usage = usage
        case .logprobs(let json, let number):
            guard let at = choice(number), let json = try? JSON(parsing: json) else { return }
            if choices[at].logprobs == nil { choices[at].logprobs = Logprobs() }
            choices[at].logprobs?.add(json)
        case .extra(let json, let number):
            if let at = choice(number) { choices[at].extra.merge(MessageExtra(json)) }
        // OpenAI's dialect has no word for it, and clients run their own tools.
        case .toolRun: break
        }
    }

    private mutating func choice(_ number: UInt32) -> Int? {
        if let last = choices.last, last.number == number { return choices.count - 1 }
        if let at = choices.firstIndex(where: { $0.number == number }) { return at }
        guard choices.count < Self.choiceBound else { return nil }
        choices.append(Choice(number: number))
        return choices.count - 1
    }
}

extension ChatCompletionAnswer.Choice {
    /// Pieces of one index are one call; a call goes on as a rule, so the last one is looked at first.
    fileprivate mutating func add(call index: UInt32, id: String?, name: String?, arguments: String) {
        if let at = calls.lastIndex(where: { $0.index == index }) {
            if let id, calls[at].call.id.isEmpty { calls[at].call.id = id }
            if let name, calls[at].call.name.isEmpty { calls[at].call.name = name }
            calls[at].call.arguments += arguments
        } else {
            calls.append((index, LLM.ToolCall(id: id ?? "", name: name ?? "", arguments: arguments)))
        }
    }

    /// Why the choice ended, also where the provider did not say.
    var finishReason: String { finish ?? (calls.isEmpty ? "stop" : "tool_calls") }
}

/// The log probabilities of one choice, which come in pieces like its tokens.
struct Logprobs: Sendable {
    private var content: [JSON]?
    private var refusal: [JSON]?

    mutating func add(_ json: JSON) {
        if let tokens = json["content"]?.array { content = (content ?? []) + tokens }
        if let tokens = json["refusal"]?.array { refusal = (refusal ?? []) + tokens }
    }

    func write(to writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("content")
        writer.write(content.map(JSON.array) ?? .null)
        writer.key("refusal")
        writer.write(refusal.map(JSON.array) ?? .null)
        writer.endObject()
    }
}
