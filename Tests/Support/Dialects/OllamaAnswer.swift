import JackfieldJSON

/// An answer in Ollama's words, whole and in lines.
struct OllamaAnswer {
    static let model = "upstream-model:latest"
    private let answer: DialectAnswer

    init(_ answer: DialectAnswer) { self.answer = answer }

    var whole: JSON {
        var message = JSONObject([("content", .string(answer.text.joined()))])
        if let reasoning = answer.reasoning { message["thinking"] = .string(reasoning) }
        if !answer.calls.isEmpty { message["tool_calls"] = .array(answer.calls.map(call)) }
        return last(.object(message))
    }

    var lines: [JSON] {
        var lines: [JSON] = answer.hasUnknownFields ? [["novelty": ["deep": [1, nil, "é"]]]] : []
        func add(_ message: JSON) { lines.append(known(Self.line(message))) }
        if let reasoning = answer.reasoning {
            // Never cut in the middle of a character: a server gathers the bytes of one first.
            let middle = reasoning.index(reasoning.startIndex, offsetBy: reasoning.count / 2)
            for part in [reasoning[..<middle], reasoning[middle...]] {
                add(["content": "", "thinking": .string(String(part))])
            }
        }
        for piece in answer.text { add(["content": .string(piece)]) }
        // A call comes whole, each in a line of its own.
        for each in answer.calls { add(["content": "", "tool_calls": [call(each)]]) }
        return lines + [last(["content": ""])]
    }

    /// A line that is not the last.
    static func line(_ message: JSON) -> JSON {
        var object = JSONObject([("role", "assistant")])
        for member in message.object?.members ?? [] { object[member.key] = member.value }
        return [
            "model": .string(model), "created_at": "2025-10-26T17:21:21.196249Z", "message": .object(object),
            "done": false,
        ]
    }

    /// What completes an answer: why it ended, and what it took.
    private func last(_ message: JSON) -> JSON {
        var object = Self.line(message).object ?? JSONObject()
        object["done"] = true
        // Calls have no reason of their own. A filter has none either; a gateway before Ollama may give one.
        object["done_reason"] = .string(answer.stop == .toolCalls ? "stop" : answer.stop.rawValue)
        object["total_duration"] = 4_883_583_458
        object["load_duration"] = 1_334_875
        if let usage = answer.usage {
            object["prompt_eval_count"] = JSON(usage.prompt)
            object["prompt_eval_duration"] = 342_546_000
            object["eval_count"] = JSON(usage.completion)
            object["eval_duration"] = 4_535_599_000
        }
        return known(.object(object))
    }

    private func call(_ call: DialectAnswer.Call) -> JSON {
        let arguments = (try? JSON(parsing: call.arguments)) ?? .string(call.arguments)
        let index = answer.calls.firstIndex(of: call) ?? 0
        return [
            "id": .string(call.id),
            "function": ["index": JSON(index), "name": .string(call.name), "arguments": arguments],
        ]
    }

    /// With a member that nobody knows, where the test wants that.
    private func known(_ json: JSON) -> JSON {
        guard answer.hasUnknownFields, var object = json.object else { return json }
        object["x_novelty"] = ["deep": [1, nil, "é"]]
        if case .object(var message)? = object["message"] {
            message["x_novelty"] = "é"
            object["message"] = .object(message)
        }
        return .object(object)
    }

    // MARK: The rest of the API

    static let models: JSON = [
        "models": [
            [
                "name": "listed-model", "model": "listed-model", "modified_at": "2025-10-03T23:34:03.409490317-07:00",
                "size": 3_338_801_804,
                "digest": "a2af6cc3eb7fa8be8504abaf9b04e88f17a119ec3f04a3addf55f92841195f5a",
                "details": [
                    "format": "gguf", "family": "gemma", "families": ["gemma"], "parameter_size": "4.3B",
                    "quantization_level": "Q4_K_M",
                ],
            ]
        ]
    ]

    /// A vector of two numbers for each input: its place and its length.
    static func embeddings(for request: UpstreamRequest) -> JSON {
        let inputs = request.json?["input"]?.array ?? [request.json?["input"] ?? ""]
        let vectors = inputs.enumerated().map { index, input -> JSON in
            [JSON(index), JSON(input.string?.utf8.count ?? 0)]
        }
        return [
            "model": "embedding-model", "embeddings": .array(vectors), "total_duration": 14_143_917,
            "load_duration": 1_019_500, "prompt_eval_count": 5,
        ]
    }
}
