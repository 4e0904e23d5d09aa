import JackfieldJSON

extension DialectRequest {
    /// A request of Converse or ConverseStream.
    init(bedrock json: JSON, path: String) throws {
        self.init()
        let parts = path.split(separator: "/")
        guard parts.count == 3, parts[0] == "model" else { throw TestFailure("not a path of Bedrock: \(path)") }
        model = DialectRequest.decoded(parts[1])
        isStream = parts[2] == "converse-stream"
        system = (json["system"]?.array ?? []).compactMap { $0["text"]?.string }.joined(separator: "\n\n")
        for message in json["messages"]?.array ?? [] {
            guard let role = message["role"]?.string else { throw TestFailure("a message without a role") }
            var text = ""
            for block in message["content"]?.array ?? [] {
                text += block["text"]?.string ?? ""
                try read(block)
            }
            if !text.isEmpty { messages.append(Message(role: role, text: text)) }
        }
        tools = (json["toolConfig"]?["tools"]?.array ?? []).compactMap { $0["toolSpec"]?["name"]?.string }
        maxTokens = json["inferenceConfig"]?["maxTokens"]?.int
        temperature = json["inferenceConfig"]?["temperature"]?.double
    }

    private mutating func read(_ block: JSON) throws {
        if let image = block["image"] {
            guard ["png", "jpeg", "gif", "webp"].contains(image["format"]?.string ?? ""),
                let bytes = image["source"]?["bytes"]?.string
            else { throw TestFailure("an image without a format or without bytes: \(image)") }
            guard let decoded = PlainBase64.decode(bytes) else { throw TestFailure("an image that is not Base64") }
            images.append(decoded)
        } else if let use = block["toolUse"] {
            calls.append(
                DialectAnswer.Call(
                    id: use["toolUseId"]?.string ?? "", name: use["name"]?.string ?? "",
                    arguments: use["input"]?.text ?? ""))
        } else if let result = block["toolResult"] {
            let text = (result["content"]?.array ?? []).compactMap { $0["text"]?.string }.joined()
            results.append(Message(role: result["toolUseId"]?.string ?? "", text: text))
        }
    }

    private static func decoded(_ text: Substring) -> String {
        let parts = text.split(separator: "%", omittingEmptySubsequences: false)
        var bytes = Array((parts.first ?? "").utf8)
        for part in parts.dropFirst() {
            bytes += UInt8(part.prefix(2), radix: 16).map { [$0] } ?? []
            bytes += part.dropFirst(2).utf8
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
