import JackfieldJSON
import JackfieldVocabulary

/// What a model said in one turn: gathered while it is passed on, for the message that it becomes in the next question.
struct ModelTurn: Sendable {
    private struct Call {
        var id = ""
        var name = ""
        var arguments = ""
    }
    private var text = ""
    private var reasoning = ""
    private var calls: [UInt32: Call] = [:]
    /// Members of the message that the vocabulary does not know; later ones replace earlier ones.
    private var extra = JSONObject()
    /// The events that carried them, for where this is the last turn.
    private(set) var extras: [LLM.Event] = []
    private(set) var stop: String?
    /// What the upstream counted last.
    private(set) var usage: LLM.Usage?

    /// Bytes that calls of one turn may have together.
    static let longestCalls = 4 << 20
    private var callBytes = 0

    /// Take an event in.
    ///
    /// - Returns: whether it goes on to the one who asked at once.
    /// - Throws: `exhausted` if the calls are longer than anybody needs.
    mutating func see(_ event: LLM.Event) throws(CallError) -> Bool {
        switch event {
        case .text(let piece, let kind, _):
            switch kind {
            case .content: text += piece
            case .reasoning: reasoning += piece
            case .refusal: break
            }
            return true
        case .logprobs: return true
        case .toolCall(let index, let id, let name, let arguments, _):
            callBytes += arguments.utf8.count + 64
            guard callBytes <= Self.longestCalls else {
                throw CallError(
                    .exhausted, "the model called tools with more than \(Self.longestCalls) bytes in one turn")
            }
            if let id { calls[index, default: Call()].id += id }
            if let name { calls[index, default: Call()].name += name }
            calls[index, default: Call()].arguments += arguments
        case .extra(let json, _):
            if let object = try? JSON(parsing: json).object { extra.set(object.members) }
            extras.append(event)
        case .stop(let reason, _): stop = reason
        case .usage(let counted): usage = counted
        // The host alone calls tools for a model: a provider that says so is not believed.
        case .toolRun: break
        }
        return false
    }

    /// Its calls in order, with ids where the model gave none.
    func toolCalls(round: Int) -> [LLM.ToolCall] {
        let beside = extra["tool_calls"]?.array ?? []
        return calls.sorted { $0.key < $1.key }.map { index, call in
            let others = beside.first { $0["index"]?.int == Int(index) }?.object.flatMap { object -> String? in
                let rest = object.members.filter { !["index", "id", "type", "function"].contains($0.key) }
                return rest.isEmpty ? nil : JSON.object(JSONObject(rest.map { ($0.key, $0.value) })).text
            }
            return LLM.ToolCall(
                id: call.id.isEmpty ? "call_\(round)_\(index)" : call.id, name: call.name,
                arguments: call.arguments.allSatisfy(\.isWhitespace) ? "{}" : call.arguments, extra: others)
        }
    }

    /// The turn as the message that the model gets back, with its thoughts and whatever else its upstream wants to see
    /// again.
    func message(_ calls: [LLM.ToolCall]) -> LLM.Message {
        var extra = extra
        extra["tool_calls"] = nil
        return LLM.Message(
            role: "assistant", parts: text.isEmpty ? [] : [.text(text)], calls: calls,
            reasoning: reasoning.isEmpty ? nil : reasoning,
            extra: extra.isEmpty ? nil : JSON.object(extra).text)
    }

    /// The text of the turn, for counting where the upstream did not.
    var said: String { text + reasoning + calls.values.map { $0.name + $0.arguments }.joined() }
}
