import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary

extension ChatAnswer {
    /// The value of `choices`; returns how many there were. Null is none.
    mutating func readChoices(_ cursor: inout JSONCursor) throws(JSONCursor.Malformed) -> Int {
        if cursor.peek() == UInt8(ascii: "n") {
            _ = try cursor.value()
            return 0
        }
        var count = 0
        try cursor.beginArray()
        while try cursor.nextElement() {
            try readChoice(&cursor, position: count)
            count += 1
        }
        return count
    }

    private mutating func readChoice(_ cursor: inout JSONCursor, position: Int) throws(JSONCursor.Malformed) {
        var number = UInt64(position)
        var message: JSONSlice?
        var logprobs: JSONSlice?
        var finish: JSONSlice?
        try cursor.beginObject()
        while let key = try cursor.nextKey() {
            let value = try cursor.value()
            // Members come in any order, and the number is needed first.
            switch key {
            case "index": number = value.unsigned ?? number
            case "delta", "message": if !value.isNull { message = value }
            case "logprobs": if !value.isNull { logprobs = value }
            case "finish_reason": if value.bytes.count > 2, value.isString { finish = value }
            default: break
            }
        }
        let index = try choice(number)
        if let message { try readMessage(message, index) }
        if let logprobs { append(.logprobs(logprobs.raw, choice: choices[index].number)) }
        if let finish, !choices[index].isStopped { try readFinish(finish, index) }
    }

    private mutating func choice(_ number: UInt64) throws(JSONCursor.Malformed) -> Int {
        if let index = choices.firstIndex(where: { $0.number == number }) { return index }
        guard choices.count < ChatAnswer.listBound, let number = UInt32(exactly: number) else {
            throw JSONCursor.Malformed(reason: "more choices than anybody asks for", offset: 0)
        }
        choices.append(Choice(number: number))
        return choices.count - 1
    }

    private mutating func readMessage(_ message: JSONSlice, _ index: Int) throws(JSONCursor.Malformed) {
        var content: JSONSlice?
        var reasoning: JSONSlice?
        var refusal: JSONSlice?
        var calls: JSONSlice?
        var others = MessageExtra()
        var cursor = JSONCursor(message)
        try cursor.beginObject()
        while let key = try cursor.nextKey() {
            let value = try cursor.value()
            switch key {
            case "content": content = value
            // Some servers send the same text under both names.
            case "reasoning_content": if value.isString { reasoning = value }
            case "reasoning": if value.isString, reasoning == nil { reasoning = value }
            case "refusal": if value.isString { refusal = value }
            case "tool_calls": if !value.isNull { calls = value }
            case "role", "function_call": break
            default: others.add(key, value)
            }
        }
        let number = choices[index].number
        if let reasoning { append(text: reasoning, .reasoning, choice: number) }
        if let content { try readContent(content, choice: number) }
        if let refusal { append(text: refusal, .refusal, choice: number) }
        if let calls { try readCalls(calls, index) }
        if let json = others.json { append(.extra(json, choice: number)) }
    }

    /// Text; or, from some servers, a list of parts as in a request.
    private mutating func readContent(_ content: JSONSlice, choice: UInt32) throws(JSONCursor.Malformed) {
        if content.isString { return append(text: content, .content, choice: choice) }
        if content.isNull { return }
        guard case .array(let parts)? = content.tree else {
            throw JSONCursor.Malformed(
                reason: "the content of a message is neither text nor a list of parts", offset: 0)
        }
        for part in parts {
            if let text = part.string ?? part["text"]?.string {
                append(.text(text, kind: .content, choice: choice))
                writtenBytes += text.utf8.count
            } else if let refusal = part["refusal"]?.string {
                append(.text(refusal, kind: .refusal, choice: choice))
            } else if let thought = part["thinking"] {
                let text = thought.string ?? (thought.array ?? []).compactMap { $0["text"]?.string }.joined()
                if !text.isEmpty { append(.text(text, kind: .reasoning, choice: choice)) }
                writtenBytes += text.utf8.count
            }
        }
    }

    /// The reason in the vocabulary's terms. Servers have invented others, in all kinds of letters.
    private mutating func readFinish(_ finish: JSONSlice, _ index: Int) throws(JSONCursor.Malformed) {
        switch finish.string?.lowercased() {
        case "length", "max_tokens", "max_output_tokens", "model_length": stop(index, "length")
        case "tool_calls", "function_call", "tool_use": stop(index, "tool_calls")
        case "content_filter", "safety", "recitation", "blocklist", "prohibited_content", "spii":
            stop(index, "content_filter")
        case "error", "abort", "cancelled", "insufficient_system_resource", "malformed_function_call":
            failure = .rubbish("the upstream broke its answer off with the reason \(finish.raw)")
        // Said by OpenAI also where a call was forced, and not ours to correct.
        case "stop": stop(index, "stop")
        // "eos", "end_turn", "stop_sequence" and whatever else: the model has ended by itself.
        default: stop(index, choices[index].calls.isEmpty ? "stop" : "tool_calls")
        }
    }
}
