import JackfieldJSON
package import JackfieldVocabulary

/// Writes a whole answer (OpenAI API reference, "The chat completion object").
package enum ChatCompletionEncoder {
    /// - Parameters:
    ///   - id: `ChatCompletionID.make()`; the upstream's own id stays with the host.
    ///   - created: seconds since 1970.
    ///   - model: the name that the client is told.
    ///   - result: of which `extra` is merged into the answer, as far as it does not speak for the host.
    package static func encode(
        _ answer: ChatCompletionAnswer, id: String, created: Int64, model: String, result: LLM.CompletionResult
    ) -> [UInt8] {
        var writer = JSONWriter(capacity: 512 + answer.choices.reduce(0) { $0 + $1.sizeHint })
        writer.beginObject()
        writer.key("id")
        writer.string(id)
        writer.key("object")
        writer.string("chat.completion")
        writer.key("created")
        writer.int(created)
        writer.key("model")
        writer.string(model)
        writer.key("choices")
        writer.beginArray()
        if answer.choices.isEmpty { encode(ChatCompletionAnswer.Choice(number: 0), id, &writer) }
        for choice in answer.choices.inOrder { encode(choice, id, &writer) }
        writer.endArray()
        if let usage = answer.usage {
            writer.key("usage")
            writer.usage(usage)
        }
        writer.extra(result.extra)
        writer.endObject()
        return writer.bytes
    }

    private static func encode(_ choice: ChatCompletionAnswer.Choice, _ id: String, _ writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("index")
        writer.int(choice.number)
        writer.key("message")
        writer.beginObject()
        writer.key("role")
        writer.string("assistant")
        writer.key("content")
        let lacksContent = choice.content.isEmpty && (!choice.calls.isEmpty || !choice.refusal.isEmpty)
        writer.stringOrNull(lacksContent ? nil : choice.content)
        writer.key("refusal")
        writer.stringOrNull(choice.refusal.isEmpty ? nil : choice.refusal)
        if !choice.reasoning.isEmpty {
            writer.key("reasoning_content")
            writer.string(choice.reasoning)
        }
        if !choice.calls.isEmpty { encode(calls: choice, id, &writer) }
        writer.members(choice.extra.members)
        writer.endObject()
        writer.key("logprobs")
        if let logprobs = choice.logprobs { logprobs.write(to: &writer) } else { writer.null() }
        writer.key("finish_reason")
        writer.string(choice.finishReason)
        writer.endObject()
    }

    private static func encode(calls choice: ChatCompletionAnswer.Choice, _ id: String, _ writer: inout JSONWriter) {
        writer.key("tool_calls")
        writer.beginArray()
        for (index, call) in choice.calls {
            writer.beginObject()
            writer.key("id")
            writer.string(call.id.isEmpty ? toolCallID(id, choice.number, index) : call.id)
            writer.key("type")
            writer.string("function")
            writer.key("function")
            writer.beginObject()
            writer.key("name")
            writer.string(call.name)
            writer.key("arguments")
            writer.string(call.arguments)
            writer.endObject()
            writer.members(choice.extra.members(ofCall: index))
            writer.endObject()
        }
        writer.endArray()
    }

    /// For a call that the upstream gave no id: without one the client cannot answer it.
    static func toolCallID(_ completion: String, _ choice: UInt32, _ index: UInt32) -> String {
        "call_\(completion.split(separator: "-").last ?? "0")_\(choice)_\(index)"
    }
}

extension [ChatCompletionAnswer.Choice] {
    fileprivate var inOrder: [ChatCompletionAnswer.Choice] {
        count < 2 ? self : sorted { $0.number < $1.number }
    }
}

extension ChatCompletionAnswer.Choice {
    fileprivate var sizeHint: Int {
        let text = content.utf8.count + reasoning.utf8.count + refusal.utf8.count
        return 192 + text * 9 / 8 + calls.reduce(0) { $0 + 96 + $1.call.arguments.utf8.count * 9 / 8 }
    }
}

extension JSONWriter {
    /// OpenAI's usage object; the details are there where there is something to say.
    mutating func usage(_ usage: LLM.Usage) {
        beginObject()
        key("prompt_tokens")
        int(usage.promptTokens)
        key("completion_tokens")
        int(usage.completionTokens)
        key("total_tokens")
        int(usage.totalTokens)
        if usage.cachedTokens > 0 || usage.cacheWriteTokens > 0 {
            key("prompt_tokens_details")
            beginObject()
            key("cached_tokens")
            int(usage.cachedTokens)
            if usage.cacheWriteTokens > 0 {
                // OpenAI has no name for these; this is the one that gateways use.
                key("cache_write_tokens")
                int(usage.cacheWriteTokens)
            }
            endObject()
        }
        if usage.reasoningTokens > 0 {
            key("completion_tokens_details")
            beginObject()
            key("reasoning_tokens")
            int(usage.reasoningTokens)
            endObject()
        }
        endObject()
    }

    /// Members of a provider's `extra` that are not the host's to say. What is not a JSON object is left out: text of a
    /// plugin must not break the answer.
    mutating func extra(_ text: String?) {
        guard let text, case .object(let object)? = try? JSON(parsing: text) else { return }
        for member in object.members {
            switch member.key {
            case "id", "object", "created", "model", "choices", "usage", "error": continue
            default:
                key(member.key)
                write(member.value)
            }
        }
    }
}
