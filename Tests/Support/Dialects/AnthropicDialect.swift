import JackfieldJSON

/// The Messages API as api.anthropic.com speaks it (docs.claude.com, "Create a Message", "Streaming Messages",
/// "Errors"), for llm/anthropic. It refuses, as the vendor does, what it does not know.
package struct AnthropicDialect: ProviderDialect {
    package static let key = "sk-ant-test-an7hr0p1c-d1al3ct-key"

    package init() {}

    package var plugin: String { "llm/anthropic" }

    package func config(for upstream: ProgrammableUpstream) -> String {
        "base_url: \"\(upstream.origin)\", api_key: \"\(Self.key)\""
    }

    package func answer(_ answer: DialectAnswer) -> UpstreamScript {
        UpstreamScript { exchange in
            let request = exchange.request
            if request.path.hasPrefix("/v1/models") { return try exchange.send(200, Self.models) }
            guard request.path == "/v1/messages" else {
                return try exchange.send(404, Self.error("not_found_error", "Not Found"))
            }
            let made = AnthropicAnswer(answer)
            guard request.wantsStream else {
                return try exchange.send(200, headers: [("request-id", Self.requestID)], made.whole)
            }
            try exchange.begin()
            for event in made.events { try Self.send(event, exchange) }
            try exchange.end()
        }
    }

    package func fault(_ fault: DialectFault, retryAfter: Int?) -> UpstreamScript {
        UpstreamScript { exchange in
            var headers = [("request-id", Self.requestID)]
            if let retryAfter { headers.append(("retry-after", "\(retryAfter)")) }
            try exchange.send(Self.status(fault), headers: headers, Self.body(fault))
        }
    }

    package func fault(_ fault: DialectFault, after pieces: [String]) -> UpstreamScript {
        UpstreamScript { exchange in
            try Self.begin(pieces, exchange)
            try Self.send(Self.body(fault), exchange)
            try exchange.end()
        }
    }

    package func stall(after pieces: [String]) -> UpstreamScript {
        UpstreamScript { exchange in
            try Self.begin(pieces, exchange)
            try exchange.waitForClientToLeave(within: .seconds(600))
        }
    }

    package func cut(after pieces: [String]) -> UpstreamScript { UpstreamScript { try Self.begin(pieces, $0) } }

    private static func begin(_ pieces: [String], _ exchange: UpstreamExchange) throws {
        try exchange.begin()
        for event in AnthropicAnswer.beginning(pieces) { try send(event, exchange) }
    }

    /// Every event bears its type as its name.
    private static func send(_ event: JSON, _ exchange: UpstreamExchange) throws {
        try exchange.write("event: \(event["type"]?.string ?? "")\ndata: \(event.text)\n\n")
    }

    private static let models: JSON = [
        "data": [
            [
                "type": "model", "id": "listed-model", "display_name": "Listed Model",
                "created_at": "2026-02-04T00:00:00Z", "lifecycle": "active", "line": "opus", "deprecated_at": nil,
                "retires_at": nil, "max_input_tokens": 200_000, "max_tokens": 64_000, "capabilities": nil,
            ]
        ],
        "has_more": false, "first_id": "listed-model", "last_id": "listed-model",
    ]

    // MARK: Errors

    private static let requestID = "req_011CSHoEeqs5C35K2UUqR7Fy"

    private static func error(_ type: String, _ message: String) -> JSON {
        [
            "type": "error", "error": ["type": .string(type), "message": .string(message)],
            "request_id": .string(requestID),
        ]
    }

    private static func status(_ fault: DialectFault) -> Int {
        switch fault {
        case .badKey: 401
        case .forbidden: 403
        case .noSuchModel: 404
        case .invalidRequest, .tooLong, .quota, .contentFiltered: 400
        case .rateLimited: 429
        case .overloaded: 529
        case .serverError: 500
        case .unavailable: 504
        }
    }

    private static func body(_ fault: DialectFault) -> JSON {
        switch fault {
        case .badKey: error("authentication_error", "invalid x-api-key: \(key)")
        case .forbidden: error("permission_error", "Your API key does not have permission to use this model.")
        case .noSuchModel: error("not_found_error", "model: gone")
        case .invalidRequest: error("invalid_request_error", "temperature: range: 0..1")
        case .tooLong: error("invalid_request_error", "prompt is too long: 210000 tokens > 200000 maximum")
        case .rateLimited: error("rate_limit_error", "This request would exceed your organization's rate limit.")
        case .quota: error("invalid_request_error", "Your credit balance is too low to access the Anthropic API.")
        case .contentFiltered: error("invalid_request_error", "Output blocked by content filtering policy")
        case .overloaded: error("overloaded_error", "Overloaded")
        case .serverError: error("api_error", "Internal server error")
        case .unavailable: error("timeout_error", "The request timed out.")
        }
    }
}
