import JackfieldJSON

extension AnthropicDialect {
    /// Members of a request that the vendor knows; any other is refused ("Extra inputs are not permitted").
    private static let members: Set<String> = [
        "model", "messages", "max_tokens", "cache_control", "container", "context_management", "diagnostics",
        "inference_geo", "mcp_servers", "metadata", "output_config", "service_tier", "speed", "stop_sequences",
        "stream", "system", "thinking", "tool_choice", "tools",
    ]
    /// Known to the first version of the API alone; the second refuses them for every model ("Migrating to API version
    /// 2026-10-21").
    private static let sampling: Set<String> = ["temperature", "top_k", "top_p"]

    package func read(_ request: UpstreamRequest) throws -> DialectRequest {
        // The vendor's libraries send the key as a bearer's since their second version; both are taken.
        let isKnown =
            request.headers["x-api-key"] == Self.key || request.headers["authorization"] == "Bearer \(Self.key)"
        let version = request.headers["anthropic-version"]
        guard request.method == "POST", request.path == "/v1/messages", isKnown,
            version == "2023-06-01" || version == "2026-10-21"
        else { throw TestFailure("not a request that Anthropic would take: \(request.path)\n\(request.headers)") }
        guard case .object(let body)? = request.json else { throw TestFailure("not JSON: \(request.text)") }
        let members = version == "2023-06-01" ? Self.members.union(Self.sampling) : Self.members
        if let stray = body.members.first(where: { !members.contains($0.key) }) {
            throw TestFailure("\(stray.key): Extra inputs are not permitted")
        }
        guard let maxTokens = body["max_tokens"]?.int else { throw TestFailure("max_tokens: Field required") }
        var read = DialectRequest()
        read.model = body["model"]?.string ?? ""
        read.isStream = request.wantsStream
        read.maxTokens = maxTokens
        read.temperature = body["temperature"]?.double
        read.tools = try (body["tools"]?.array ?? []).map { tool in
            guard let name = tool["name"]?.string, tool["input_schema"]?["type"] == "object" else {
                throw TestFailure("tools: input_schema.type: Field required")
            }
            return name
        }
        read.system = (try Self.blocks(body["system"])).compactMap { $0["text"]?.string }.joined(separator: "\n\n")
        for message in body["messages"]?.array ?? [] { try Self.read(message, &read) }
        return read
    }

    private static func read(_ message: JSON, _ read: inout DialectRequest) throws {
        guard let role = message["role"]?.string, role == "user" || role == "assistant" else {
            throw TestFailure("messages: unexpected role in \(message.text)")
        }
        let blocks = try blocks(message["content"])
        guard !blocks.isEmpty else { throw TestFailure("messages: content must not be empty") }
        var text = ""
        var hasOther = false
        for block in blocks {
            switch block["type"]?.string {
            case "text": text += block["text"]?.string ?? ""
            case "image": if let bytes = image(block) { read.images.append(bytes) }
            case "tool_use":
                guard let input = block["input"]?.object else { throw TestFailure("tool_use.input: must be an object") }
                read.calls.append(
                    .init(
                        id: block["id"]?.string ?? "", name: block["name"]?.string ?? "",
                        arguments: JSON.object(input).text))
            case "tool_result":
                guard !hasOther else { throw TestFailure("tool_result blocks must come first in a message") }
                let content = try Self.blocks(block["content"])
                read.results.append(
                    .init(
                        role: block["tool_use_id"]?.string ?? "",
                        text: content.compactMap { $0["text"]?.string }.joined()))
                read.images += content.compactMap(image)
                continue
            case "thinking", "redacted_thinking":
                guard !hasOther else { throw TestFailure("thinking must come first") }
                continue
            case "document": break
            case let other: throw TestFailure("messages: no block of the type \(other ?? "null")")
            }
            hasOther = true
        }
        if !text.isEmpty { read.messages.append(.init(role: role, text: text)) }
    }

    /// A text stands for one block. Empty texts are refused.
    private static func blocks(_ content: JSON?) throws -> [JSON] {
        guard let content else { return [] }
        let blocks = content.string.map { [["type": "text", "text": .string($0)] as JSON] } ?? content.array ?? []
        for block in blocks where block["type"] == "text" && block["text"]?.string?.isEmpty != false {
            throw TestFailure("text content blocks must be non-empty")
        }
        return blocks
    }

    private static func image(_ block: JSON) -> [UInt8]? {
        guard block["source"]?["type"] == "base64" else { return nil }
        return block["source"]?["data"]?.string.flatMap { PlainBase64.decode($0) }
    }
}
