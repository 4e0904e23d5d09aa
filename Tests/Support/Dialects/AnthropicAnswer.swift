import JackfieldJSON

/// An answer as the objects of the Messages API: whole, or as the events of a stream (docs.claude.com, "Create a
/// Message", "Streaming Messages", "Extended thinking").
struct AnthropicAnswer {
    static let id = "msg_01XFDUDYJgAACzvnptvVoYEL"
    static let model = "claude-upstream"
    static let signature = "EqQBCgIYAhIM1gbcDa9GJwZA2b3hGgxBdjrkzLoky3dl1pkiMOYds"

    private let answer: DialectAnswer

    init(_ answer: DialectAnswer) { self.answer = answer }

    // MARK: Whole

    var whole: JSON {
        var blocks: [JSON] = []
        if let reasoning = answer.reasoning {
            blocks.append(
                known(["type": "thinking", "thinking": .string(reasoning), "signature": .string(Self.signature)]))
        }
        let text = answer.text.joined()
        if !text.isEmpty { blocks.append(known(["type": "text", "text": .string(text), "citations": nil])) }
        for call in answer.calls {
            let input = (try? JSON(parsing: call.arguments)) ?? [:]
            blocks.append(
                known(["type": "tool_use", "id": .string(call.id), "name": .string(call.name), "input": input]))
        }
        return message(blocks, stop: .string(stopReason), usage: usage(completion: answer.usage?.completion))
    }

    private func message(_ content: [JSON], stop: JSON, usage: JSON?) -> JSON {
        var message: JSONObject = [
            "id": .string(Self.id), "type": "message", "role": "assistant", "model": .string(Self.model),
            "content": .array(content), "stop_reason": stop, "stop_sequence": nil, "stop_details": nil,
            "container": nil,
        ]
        message["usage"] = usage
        return known(.object(message))
    }

    private var stopReason: String {
        switch answer.stop {
        case .stop: "end_turn"
        case .length: "max_tokens"
        case .toolCalls: "tool_use"
        case .contentFilter: "refusal"
        }
    }

    /// What was read from the cache is not among the input tokens here.
    private func usage(completion: Int?) -> JSON? {
        guard let usage = answer.usage, let completion else { return nil }
        return known([
            "input_tokens": JSON(usage.prompt - usage.cached), "cache_creation_input_tokens": 0,
            "cache_read_input_tokens": JSON(usage.cached), "output_tokens": JSON(completion),
            "cache_creation": ["ephemeral_5m_input_tokens": 0, "ephemeral_1h_input_tokens": 0],
            "service_tier": "standard",
        ])
    }

    private func known(_ json: JSON) -> JSON {
        guard answer.hasUnknownFields, case .object(var object) = json else { return json }
        object["novelty"] = ["n": 1]
        return .object(object)
    }

    // MARK: In events

    /// The events of the stream, in order.
    var events: [JSON] {
        var events = [
            known(["type": "message_start", "message": message([], stop: nil, usage: usage(completion: 1))]),
            ["type": "ping"],
        ]
        var index = 0
        func add(_ start: JSON, _ deltas: [JSON]) {
            events += Self.block(index, known(start), deltas.map(known)).map(known)
            index += 1
        }
        if let reasoning = answer.reasoning {
            add(
                ["type": "thinking", "thinking": "", "signature": ""],
                [
                    ["type": "thinking_delta", "thinking": .string(reasoning)],
                    ["type": "signature_delta", "signature": .string(Self.signature)],
                ])
        }
        if !answer.text.isEmpty { add(["type": "text", "text": ""], answer.text.map(Self.text)) }
        for call in answer.calls {
            add(
                ["type": "tool_use", "id": .string(call.id), "name": .string(call.name), "input": [:]],
                Self.pieces(of: call.arguments).map { ["type": "input_json_delta", "partial_json": .string($0)] })
        }
        if answer.hasUnknownFields { events.append(["type": "novelty", "index": 99, "n": 1]) }
        var end: JSONObject = [
            "type": "message_delta",
            "delta": known(["stop_reason": .string(stopReason), "stop_sequence": nil, "stop_details": nil]),
        ]
        end["usage"] = answer.usage.map { known(["output_tokens": JSON($0.completion)]) }
        return events + [known(.object(end)), known(["type": "message_stop"])]
    }

    /// The start of a stream, and these pieces of text, whose block is not closed.
    static func beginning(_ pieces: [String]) -> [JSON] {
        let answer = AnthropicAnswer(DialectAnswer())
        let start: JSON = [
            "type": "message_start",
            "message": answer.message([], stop: nil, usage: answer.usage(completion: 1)),
        ]
        return [start, ["type": "ping"]] + block(0, ["type": "text", "text": ""], pieces.map(text)).dropLast()
    }

    private static func block(_ index: Int, _ start: JSON, _ deltas: [JSON]) -> [JSON] {
        [["type": "content_block_start", "index": JSON(index), "content_block": start]]
            + deltas.map { ["type": "content_block_delta", "index": JSON(index), "delta": $0] }
            + [["type": "content_block_stop", "index": JSON(index)]]
    }

    private static func text(_ piece: String) -> JSON { ["type": "text_delta", "text": .string(piece)] }

    /// The upstream begins with an empty piece, and cuts the rest where it likes. A call without arguments has no more.
    private static func pieces(of arguments: String) -> [String] {
        if arguments == "{}" { return [""] }
        let middle = arguments.index(arguments.startIndex, offsetBy: arguments.count / 2)
        return ["", String(arguments[..<middle]), String(arguments[middle...])]
    }
}
