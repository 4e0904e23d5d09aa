import JackfieldJSON

/// Ollama's own API as a server speaks it (docs.ollama.com/api: chat, embed, tags, errors), for llm/ollama.
package struct OllamaDialect: ProviderDialect {
    package static let key = "oll-test-0llama-d1al3ct-key"

    package init() {}

    package var plugin: String { "llm/ollama" }

    package func config(for upstream: ProgrammableUpstream) -> String {
        "base_url: \"\(upstream.origin)\", headers: { Authorization: \"Bearer \(Self.key)\" }"
    }

    package func answer(_ answer: DialectAnswer) -> UpstreamScript {
        UpstreamScript { exchange in
            let request = exchange.request
            switch request.path {
            case "/api/tags": try exchange.send(200, OllamaAnswer.models)
            case "/api/embed": try exchange.send(200, OllamaAnswer.embeddings(for: request))
            default:
                if !Self.wantsStream(request) { return try exchange.send(200, OllamaAnswer(answer).whole) }
                try begin(exchange)
                for line in OllamaAnswer(answer).lines { try exchange.write(line.text + "\n") }
                try exchange.end()
            }
        }
    }

    package func fault(_ fault: DialectFault, retryAfter: Int?) -> UpstreamScript {
        UpstreamScript { exchange in
            let headers = retryAfter.map { [("retry-after", "\($0)")] } ?? []
            try exchange.send(Self.status(fault), headers: headers, ["error": .string(Self.words(fault))] as JSON)
        }
    }

    package func fault(_ fault: DialectFault, after pieces: [String]) -> UpstreamScript {
        UpstreamScript { exchange in
            try begin(exchange, pieces)
            try exchange.write((["error": .string(Self.words(fault))] as JSON).text + "\n")
            try exchange.end()
        }
    }

    package func stall(after pieces: [String]) -> UpstreamScript {
        UpstreamScript { exchange in
            try begin(exchange, pieces)
            try exchange.waitForClientToLeave(within: .seconds(600))
        }
    }

    package func cut(after pieces: [String]) -> UpstreamScript { UpstreamScript { try begin($0, pieces) } }

    private func begin(_ exchange: UpstreamExchange, _ pieces: [String] = []) throws {
        try exchange.begin(headers: [("content-type", "application/x-ndjson")])
        for piece in pieces { try exchange.write(OllamaAnswer.line(["content": .string(piece)]).text + "\n") }
    }

    /// A request that does not say so wants a stream.
    private static func wantsStream(_ request: UpstreamRequest) -> Bool { request.json?["stream"]?.bool != false }

    private static func status(_ fault: DialectFault) -> Int {
        switch fault {
        case .badKey: 401
        case .quota: 402
        case .forbidden: 403
        case .noSuchModel: 404
        case .invalidRequest, .tooLong, .contentFiltered: 400
        case .rateLimited: 429
        case .overloaded: 503
        case .serverError: 500
        case .unavailable: 502
        }
    }

    /// Ollama's errors have no code; a stream's have no status either.
    private static func words(_ fault: DialectFault) -> String {
        switch fault {
        case .badKey: "unauthorized: \(key) is not a key"
        case .quota: "payment required"
        case .forbidden: "forbidden"
        case .noSuchModel: "model 'gone' not found"
        case .invalidRequest: "invalid options: temperature"
        case .tooLong: "the input length exceeds the context length"
        // A local Ollama has no filter; a gateway in front of it may have one.
        case .contentFiltered: "blocked by the content filter"
        case .rateLimited: "too many requests"
        case .overloaded: "server busy, please try again.  maximum pending requests exceeded"
        case .serverError: "llama runner process has terminated: exit status 2"
        case .unavailable: "an error was encountered while running the model"
        }
    }

    package func read(_ request: UpstreamRequest) throws -> DialectRequest {
        guard request.path == "/api/chat", request.headers["authorization"] == "Bearer \(Self.key)" else {
            throw TestFailure("not a request that Ollama would take: \(request.path)\n\(request.headers)")
        }
        guard let body = request.json else { throw TestFailure("not JSON: \(request.text)") }
        var read = DialectRequest()
        read.model = body["model"]?.string ?? ""
        read.isStream = Self.wantsStream(request)
        read.maxTokens = body["options"]?["num_predict"]?.int
        read.temperature = body["options"]?["temperature"]?.double
        read.tools = body["tools"]?.array?.compactMap { $0["function"]?["name"]?.string } ?? []
        var system: [String] = []
        for message in body["messages"]?.array ?? [] {
            let text = message["content"]?.string ?? ""
            switch message["role"]?.string {
            case "system": system.append(text)
            case "tool": read.results.append(.init(role: message["tool_call_id"]?.string ?? "", text: text))
            case let role:
                if !text.isEmpty { read.messages.append(.init(role: role ?? "", text: text)) }
                read.images += (message["images"]?.array ?? []).compactMap { $0.string.flatMap(PlainBase64.decode) }
                for call in message["tool_calls"]?.array ?? [] {
                    guard let function = call["function"], let arguments = function["arguments"]?.object else {
                        throw TestFailure("arguments must be an object: \(call)")
                    }
                    read.calls.append(
                        .init(
                            id: call["id"]?.string ?? "", name: function["name"]?.string ?? "",
                            arguments: JSON.object(arguments).text))
                }
            }
        }
        read.system = system.joined(separator: "\n\n")
        return read
    }
}
