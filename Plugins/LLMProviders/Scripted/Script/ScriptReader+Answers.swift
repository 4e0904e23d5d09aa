import JackfieldJSON
import JackfieldVocabulary

extension ScriptReader {
    private static let stops = ["stop", "length", "tool_calls", "content_filter"]

    mutating func answer(_ json: JSON, _ path: String) -> Script.Answer {
        let members = members(json, path, keys: ["text", "reasoning", "tool_calls", "stop", "usage"])
        var answer = Script.Answer()
        answer.pieces =
            pieces(members["reasoning"], "\(path).reasoning", .reasoning)
            + pieces(members["text"], "\(path).text", .content)
        answer.calls = list(members["tool_calls"], "\(path).tool_calls").compactMap { call($0.json, $0.path) }
        answer.stop = string(members["stop"], "\(path).stop")
        if let stop = answer.stop, !ScriptReader.stops.contains(stop) {
            report("\(path).stop", "must be one of \(ScriptReader.stops.joined(separator: ", "))")
        }
        if let usage = members["usage"] { answer.usage = self.usage(usage, "\(path).usage") }
        return answer
    }

    /// A text, or a list of pieces, each a text or an object with a delay.
    private mutating func pieces(_ json: JSON?, _ path: String, _ kind: LLM.TextKind) -> [Script.Piece] {
        guard let json else { return [] }
        if json.string != nil { return template(json, path).map { [Script.Piece(kind: kind, text: $0)] } ?? [] }
        guard json.array != nil else {
            report(path, "must be a string or a list of pieces, not \(json.kindName)")
            return []
        }
        return list(json, path).compactMap { element, path in
            if element.string != nil { return template(element, path).map { Script.Piece(kind: kind, text: $0) } }
            let members = members(element, path, keys: ["text", "delay_ms"])
            if element.object != nil, members["text"] == nil { report("\(path).text", "must be there: a string") }
            let delay = milliseconds(members["delay_ms"], "\(path).delay_ms") ?? 0
            return template(members["text"], "\(path).text").map { Script.Piece(kind: kind, text: $0, delay: delay) }
        }
    }

    private mutating func call(_ json: JSON, _ path: String) -> Script.ToolCall? {
        let members = members(json, path, keys: ["id", "name", "arguments"])
        let id = string(members["id"], "\(path).id", mayBeEmpty: false)
        let name = string(members["name"], "\(path).name", mayBeEmpty: false)
        if json.object != nil, members["name"] == nil { report("\(path).name", "must be there: the name of a tool") }
        let arguments: Script.ToolCall.Arguments
        switch members["arguments"] {
        case nil: arguments = .tree([:])
        case .string(let text)?:
            guard let template = template(.string(text), "\(path).arguments") else { return nil }
            arguments = .text(template)
        case .object(let object)?:
            checkTemplates(.object(object), "\(path).arguments")
            arguments = .tree(.object(object))
        case let other?:
            report(
                "\(path).arguments", "must be an object, or a string that is passed on as it is, not \(other.kindName)")
            return nil
        }
        return name.map { Script.ToolCall(id: id, name: $0, arguments: arguments) }
    }

    private mutating func checkTemplates(_ json: JSON, _ path: String) {
        switch json {
        case .string: _ = template(json, path)
        case .array(let elements):
            for (index, element) in elements.enumerated() { checkTemplates(element, "\(path)[\(index)]") }
        case .object(let object):
            for member in object.members { checkTemplates(member.value, "\(path).\(member.key)") }
        default: break
        }
    }

    private mutating func usage(_ json: JSON, _ path: String) -> LLM.Usage {
        let keys = ["prompt_tokens", "completion_tokens", "cached_tokens", "cache_write_tokens", "reasoning_tokens"]
        let members = members(json, path, keys: keys)
        let counts = keys.map { UInt64(int(members[$0], "\(path).\($0)", 0...1_000_000_000_000) ?? 0) }
        return LLM.Usage(
            promptTokens: counts[0], completionTokens: counts[1], cachedTokens: counts[2], cacheWriteTokens: counts[3],
            reasoningTokens: counts[4])
    }
}
