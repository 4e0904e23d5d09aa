import JackfieldJSON

/// Members of an answer's message that the vocabulary does not know (the event EXTRA of llm.h), in OpenAI's dialect.
///
/// What the host says itself is left out: a provider must not speak for it. The members of `tool_calls` go into the
/// calls that the host writes, found by their `index`: Gemini signs its calls that way (`extra_content`), and wants the
/// signature back.
struct MessageExtra: Sendable {
    private(set) var members: [JSONObject.Member] = []
    private(set) var calls: [(index: UInt32, members: [JSONObject.Member])] = []

    init() {}

    /// - Parameter text: what is not a JSON object is left out, since text of a plugin must not break the answer.
    init(_ text: String) {
        guard case .object(let object)? = try? JSON(parsing: text) else { return }
        for member in object.members {
            switch member.key {
            case "role", "content", "refusal", "reasoning_content", "function_call": continue
            case "tool_calls": readCalls(member.value)
            default: members.append(member)
            }
        }
    }

    var isEmpty: Bool { members.isEmpty && calls.isEmpty }

    private mutating func readCalls(_ value: JSON) {
        for entry in value.array ?? [] {
            guard let object = entry.object, let index = object["index"]?.int.flatMap({ UInt32(exactly: $0) }) else {
                continue
            }
            let known = ["index", "id", "type", "function"]
            let members = object.members.filter { !known.contains($0.key) }
            if !members.isEmpty { calls.append((index, members)) }
        }
    }

    /// Take up later ones: a member that comes again replaces the earlier one.
    mutating func merge(_ later: MessageExtra) {
        members.replace(with: later.members)
        for call in later.calls {
            if let at = calls.firstIndex(where: { $0.index == call.index }) {
                calls[at].members.replace(with: call.members)
            } else {
                calls.append(call)
            }
        }
    }

    /// Those of one call.
    func members(ofCall index: UInt32) -> [JSONObject.Member] {
        calls.first { $0.index == index }?.members ?? []
    }
}

extension [JSONObject.Member] {
    fileprivate mutating func replace(with later: [JSONObject.Member]) {
        for member in later {
            if let at = firstIndex(where: { $0.key == member.key }) {
                self[at].value = member.value
            } else {
                append(member)
            }
        }
    }
}

extension JSONWriter {
    mutating func members(_ members: [JSONObject.Member]) {
        for member in members {
            key(member.key)
            write(member.value)
        }
    }
}
