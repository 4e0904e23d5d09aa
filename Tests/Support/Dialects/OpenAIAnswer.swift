import JackfieldJSON

/// An answer in OpenAI's words, whole and in chunks.
struct OpenAIAnswer {
    private let answer: DialectAnswer

    init(_ answer: DialectAnswer) { self.answer = answer }

    var whole: JSON {
        var message = JSONObject([("role", "assistant")])
        message["content"] = answer.text.isEmpty ? .null : .string(answer.text.joined())
        message["refusal"] = .null
        message["annotations"] = []
        if let reasoning = answer.reasoning { message["reasoning_content"] = .string(reasoning) }
        if !answer.calls.isEmpty {
            message["tool_calls"] = .array(answer.calls.map { .object(call($0, $0.arguments)) })
        }
        var choice = JSONObject([("index", 0), ("message", .object(known(message)))])
        choice["logprobs"] = .null
        choice["finish_reason"] = .string(answer.stop.rawValue)
        var body = envelope("chat.completion", choices: [.object(known(choice))])
        if let usage { body["usage"] = usage }
        return .object(known(body))
    }

    func chunks(includesUsage: Bool) -> [JSON] {
        var chunks = [delta(["role": "assistant", "content": "", "refusal": nil])]
        if let reasoning = answer.reasoning { chunks.append(delta(["reasoning_content": .string(reasoning)])) }
        for piece in answer.text { chunks.append(delta(["content": .string(piece)])) }
        for (index, each) in answer.calls.enumerated() {
            // The name first, then the arguments in two pieces.
            let middle = each.arguments.index(each.arguments.startIndex, offsetBy: each.arguments.count / 2)
            var first = call(each, "")
            first["index"] = JSON(index)
            chunks.append(delta(["tool_calls": [.object(first)]]))
            for part in [each.arguments[..<middle], each.arguments[middle...]] {
                let piece: JSON = ["index": JSON(index), "function": ["arguments": .string(String(part))]]
                chunks.append(delta(["tool_calls": [piece]]))
            }
        }
        chunks.append(delta([:], finish: answer.stop.rawValue))
        if includesUsage, let usage {
            var last = envelope("chat.completion.chunk", choices: [])
            last["usage"] = usage
            chunks.append(.object(last))
        }
        return chunks
    }

    private func envelope(_ object: String, choices: [JSON]) -> JSONObject {
        JSONObject([
            ("id", .string(OpenAIDialect.id)), ("object", .string(object)), ("created", JSON(OpenAIDialect.created)),
            ("model", "upstream-model-2026-01-01"), ("service_tier", "default"), ("system_fingerprint", "fp_upstream"),
            ("choices", .array(choices)),
        ])
    }

    private func delta(_ delta: JSON, finish: String? = nil) -> JSON {
        var choice = JSONObject([("index", 0), ("delta", .object(known(delta.object ?? JSONObject())))])
        choice["logprobs"] = .null
        choice["finish_reason"] = finish.map { .string($0) } ?? .null
        var chunk = envelope("chat.completion.chunk", choices: [.object(known(choice))])
        chunk["usage"] = .null
        chunk["obfuscation"] = "Xy"
        return .object(known(chunk))
    }

    private func call(_ call: DialectAnswer.Call, _ arguments: String) -> JSONObject {
        let function: JSON = ["name": .string(call.name), "arguments": .string(arguments)]
        return known(JSONObject([("id", .string(call.id)), ("type", "function"), ("function", function)]))
    }

    private var usage: JSON? {
        guard let usage = answer.usage else { return nil }
        return [
            "prompt_tokens": JSON(usage.prompt), "completion_tokens": JSON(usage.completion),
            "total_tokens": JSON(usage.prompt + usage.completion),
            "prompt_tokens_details": ["cached_tokens": JSON(usage.cached), "audio_tokens": 0],
            "completion_tokens_details": ["reasoning_tokens": 0, "audio_tokens": 0],
        ]
    }

    /// With a member that nobody knows, where the test wants that.
    private func known(_ object: JSONObject) -> JSONObject {
        guard answer.hasUnknownFields else { return object }
        var object = object
        object["x_novelty"] = ["deep": [1, nil, "é"]]
        return object
    }
}
