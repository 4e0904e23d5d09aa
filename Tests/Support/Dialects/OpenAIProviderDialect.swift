import JackfieldJSON

/// Chat Completions as api.openai.com speaks them ("Create chat completion", "The chat completion chunk object", "Error
/// codes" in the API reference), for llm/openai.
package struct OpenAIProviderDialect: ProviderDialect {
    package static let key = "sk-test-0p3na1-d1al3ct-key"

    package init() {}

    package var plugin: String { "llm/openai" }

    package func config(for upstream: ProgrammableUpstream) -> String {
        "base_url: \"\(upstream.baseURL)\", api_key: \"\(Self.key)\""
    }

    package func answer(_ answer: DialectAnswer) -> UpstreamScript {
        UpstreamScript { exchange in
            let request = exchange.request
            if request.path.hasSuffix("/models") {
                let model: JSON = ["id": "listed-model", "object": "model", "created": 1, "owned_by": "openai"]
                return try exchange.send(200, ["object": "list", "data": [model]] as JSON)
            }
            if request.path.hasSuffix("/embeddings") {
                return try exchange.send(200, OpenAIDialect.embeddings(for: request, model: "embedding-model"))
            }
            if !request.wantsStream { return try exchange.send(200, OpenAIAnswer(answer).whole) }
            try exchange.begin()
            if answer.hasUnknownFields { try exchange.write(": keep-alive\n\nevent: novelty\ndata: {\"n\":1}\n\n") }
            let includesUsage = request.json?["stream_options"]?["include_usage"]?.bool == true
            for chunk in OpenAIAnswer(answer).chunks(includesUsage: includesUsage) { try exchange.event(chunk) }
            try exchange.write("data: [DONE]\n\n")
            try exchange.end()
        }
    }

    package func fault(_ fault: DialectFault, retryAfter: Int?) -> UpstreamScript {
        UpstreamScript { exchange in
            let headers = retryAfter.map { [("retry-after", "\($0)")] } ?? []
            try exchange.send(Self.status(fault), headers: headers, Self.body(fault))
        }
    }

    package func fault(_ fault: DialectFault, after pieces: [String]) -> UpstreamScript {
        UpstreamScript { exchange in
            try begin(pieces, exchange)
            try exchange.event(Self.body(fault))
            try exchange.end()
        }
    }

    package func stall(after pieces: [String]) -> UpstreamScript {
        UpstreamScript { exchange in
            try begin(pieces, exchange)
            try exchange.waitForClientToLeave(within: .seconds(600))
        }
    }

    package func cut(after pieces: [String]) -> UpstreamScript {
        UpstreamScript { try begin(pieces, $0) }
    }

    private func begin(_ pieces: [String], _ exchange: UpstreamExchange) throws {
        try exchange.begin()
        try exchange.event(OpenAIDialect.chunk(["role": "assistant", "content": ""]))
        for piece in pieces { try exchange.event(OpenAIDialect.chunk(["content": .string(piece)])) }
    }

    // MARK: Errors

    private static func status(_ fault: DialectFault) -> Int {
        switch fault {
        case .badKey: 401
        case .forbidden: 403
        case .noSuchModel: 404
        case .invalidRequest, .tooLong, .contentFiltered: 400
        case .rateLimited, .quota: 429
        case .overloaded: 503
        case .serverError: 500
        case .unavailable: 502
        }
    }

    private static func body(_ fault: DialectFault) -> JSON {
        let (message, type, code): (JSON, JSON, JSON) =
            switch fault {
            case .badKey:
                (.string("Incorrect API key provided: \(key)."), "invalid_request_error", "invalid_api_key")
            case .forbidden:
                (
                    "Country, region, or territory not supported", "request_forbidden",
                    "unsupported_country_region_territory"
                )
            case .noSuchModel:
                ("The model `gone` does not exist.", "invalid_request_error", "model_not_found")
            case .invalidRequest:
                ("Invalid value for 'temperature'.", "invalid_request_error", "invalid_value")
            case .tooLong:
                (
                    "This model's maximum context length is 128000 tokens.", "invalid_request_error",
                    "context_length_exceeded"
                )
            case .rateLimited: ("Rate limit reached for requests.", "requests", "rate_limit_exceeded")
            case .quota: ("You exceeded your current quota.", "insufficient_quota", "insufficient_quota")
            case .contentFiltered:
                ("The response was filtered due to the prompt.", "invalid_request_error", "content_filter")
            case .overloaded: ("The engine is currently overloaded.", "server_error", nil)
            case .serverError: ("The server had an error.", "server_error", nil)
            case .unavailable: ("Bad gateway.", "server_error", nil)
            }
        return ["error": ["message": message, "type": type, "param": nil, "code": code]]
    }

    // MARK: Requests

    package func read(_ request: UpstreamRequest) throws -> DialectRequest {
        guard request.path == "/v1/chat/completions", request.headers["authorization"] == "Bearer \(Self.key)" else {
            throw TestFailure("not a request that OpenAI would take: \(request.path)\n\(request.headers)")
        }
        guard let body = request.json else { throw TestFailure("not JSON: \(request.text)") }
        var read = DialectRequest()
        read.model = body["model"]?.string ?? ""
        read.isStream = request.wantsStream
        read.maxTokens = body["max_tokens"]?.int ?? body["max_completion_tokens"]?.int
        read.temperature = body["temperature"]?.double
        read.tools = body["tools"]?.array?.compactMap { $0["function"]?["name"]?.string } ?? []
        var system: [String] = []
        for message in body["messages"]?.array ?? [] {
            let text = Self.text(message["content"])
            switch message["role"]?.string {
            case "system", "developer": system.append(text)
            case "tool": read.results.append(.init(role: message["tool_call_id"]?.string ?? "", text: text))
            case let role:
                if !text.isEmpty { read.messages.append(.init(role: role ?? "", text: text)) }
                read.images += Self.images(message["content"])
                for call in message["tool_calls"]?.array ?? [] {
                    let function = call["function"]
                    read.calls.append(
                        .init(
                            id: call["id"]?.string ?? "", name: function?["name"]?.string ?? "",
                            arguments: function?["arguments"]?.string ?? ""))
                }
            }
        }
        read.system = system.joined(separator: "\n\n")
        return read
    }

    private static func text(_ content: JSON?) -> String {
        content?.string ?? (content?.array ?? []).compactMap { $0["text"]?.string }.joined()
    }

    private static func images(_ content: JSON?) -> [[UInt8]] {
        (content?.array ?? []).compactMap { part in
            guard let url = part["image_url"]?["url"]?.string, url.hasPrefix("data:"),
                let comma = url.firstIndex(of: ",")
            else { return nil }
            return PlainBase64.decode(String(url[url.index(after: comma)...]))
        }
    }
}
