import JackfieldJSON

/// Amazon Bedrock as an upstream speaks it: Converse, ConverseStream, InvokeModel of Titan and Cohere, and
/// ListFoundationModels (docs.aws.amazon.com/bedrock/latest/APIReference). It does not check signatures.
package struct BedrockDialect: ProviderDialect {
    package init() {}

    package let plugin = "llm/bedrock"

    package func config(for upstream: ProgrammableUpstream) -> String {
        "base_url: \"\(upstream.origin)\", region: us-east-1, access_key_id: AKIDEXAMPLE, "
            + "secret_access_key: wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
    }

    package func answer(_ answer: DialectAnswer) -> UpstreamScript {
        UpstreamScript { exchange in
            switch exchange.request.path.split(separator: "/").last {
            case "foundation-models": try exchange.send(200, BedrockDialect.models)
            case "invoke": try exchange.send(200, BedrockDialect.embeddings(for: exchange.request))
            case "converse-stream": try BedrockStream(exchange).run(answer)
            default:
                try exchange.send(200, headers: BedrockDialect.ids, BedrockDialect.whole(answer))
            }
        }
    }

    package func fault(_ fault: DialectFault, retryAfter: Int?) -> UpstreamScript {
        UpstreamScript { exchange in
            let (status, name, message) = BedrockDialect.words(of: fault)
            var headers = BedrockDialect.ids
            headers.append(("x-amzn-errortype", "\(name):http://internal.amazon.com/coral/com.amazon.bedrock/"))
            if let retryAfter { headers.append(("retry-after", String(retryAfter))) }
            try exchange.send(status, headers: headers, ["message": .string(message)] as JSON)
        }
    }

    package func fault(_ fault: DialectFault, after pieces: [String]) -> UpstreamScript {
        UpstreamScript { exchange in
            let stream = BedrockStream(exchange)
            try stream.begin(pieces)
            let (_, name, message) = BedrockDialect.words(of: fault)
            let type = name.prefix(1).lowercased() + name.dropFirst()
            if BedrockDialect.streamExceptions.contains(type) {
                try stream.send(
                    [(":message-type", "exception"), (":exception-type", type), (":content-type", "application/json")],
                    ["message": .string(message)])
            } else {
                try stream.send([(":message-type", "error"), (":error-code", name), (":error-message", message)])
            }
            try exchange.end()
        }
    }

    package func stall(after pieces: [String]) -> UpstreamScript {
        UpstreamScript { exchange in
            try BedrockStream(exchange).begin(pieces)
            try exchange.waitForClientToLeave(within: .seconds(600))
        }
    }

    package func cut(after pieces: [String]) -> UpstreamScript {
        UpstreamScript { exchange in try BedrockStream(exchange).begin(pieces) }
    }

    package func read(_ request: UpstreamRequest) throws -> DialectRequest {
        guard let json = request.json else { throw TestFailure("the request's body is not JSON") }
        return try DialectRequest(bedrock: json, path: request.path)
    }
}

extension BedrockDialect {
    /// The exceptions that ConverseStream's output knows (ConverseStreamOutput). Anything else comes as a message of the
    /// type "error", without a payload ("Amazon event stream specification").
    static let streamExceptions: Set<String> = [
        "internalServerException", "modelStreamErrorException", "serviceUnavailableException", "throttlingException",
        "validationException",
    ]

    static let ids = [("x-amzn-requestid", "11111111-2222-3333-4444-555555555555")]

    static let models: JSON = [
        "modelSummaries": [
            [
                "modelArn": "arn:aws:bedrock:us-east-1::foundation-model/upstream-model", "modelId": "upstream-model",
                "modelName": "Upstream", "providerName": "Amazon", "inputModalities": ["TEXT"],
                "outputModalities": ["TEXT"], "responseStreamingSupported": true,
                "inferenceTypesSupported": ["ON_DEMAND"], "modelLifecycle": ["status": "ACTIVE"],
            ]
        ]
    ]

    /// A vector of two numbers for each text: its place and its length.
    static func embeddings(for request: UpstreamRequest) -> JSON {
        if let text = request.json?["inputText"]?.string {
            return ["embedding": [0, JSON(text.utf8.count)], "inputTextTokenCount": 5]
        }
        let texts = request.json?["texts"]?.array ?? []
        let vectors = texts.enumerated().map { index, text -> JSON in
            [JSON(index), JSON(text.string?.utf8.count ?? 0)]
        }
        return ["id": "e", "response_type": "embeddings_floats", "embeddings": .array(vectors), "texts": .array(texts)]
    }

    static func whole(_ answer: DialectAnswer) -> JSON {
        var content: [JSON] = []
        if let reasoning = answer.reasoning {
            content.append([
                "reasoningContent": ["reasoningText": ["text": .string(reasoning), "signature": "c2lnbmVk"]]
            ])
        }
        let text = answer.text.joined()
        if !text.isEmpty { content.append(["text": .string(text)]) }
        for call in answer.calls {
            content.append([
                "toolUse": [
                    "toolUseId": .string(call.id), "name": .string(call.name),
                    "input": (try? JSON(parsing: call.arguments)) ?? [:],
                ]
            ])
        }
        var message = JSONObject([("role", "assistant"), ("content", .array(content))])
        var json = JSONObject([
            ("metrics", ["latencyMs": 12]), ("stopReason", .string(stopReason(answer.stop))),
        ])
        if let usage = answer.usage { json["usage"] = tokens(usage) }
        if answer.hasUnknownFields {
            message["mystery"] = ["a": [1]]
            json["mystery"] = "?"
        }
        json["output"] = ["message": .object(message)]
        return .object(json)
    }

    static func stopReason(_ stop: DialectAnswer.Stop) -> String {
        switch stop {
        case .stop: "end_turn"
        case .length: "max_tokens"
        case .toolCalls: "tool_use"
        case .contentFilter: "guardrail_intervened"
        }
    }

    /// Amazon counts what came from the cache apart from the rest of the input.
    static func tokens(_ usage: DialectAnswer.Usage) -> JSON {
        [
            "inputTokens": JSON(usage.prompt - usage.cached), "outputTokens": JSON(usage.completion),
            "totalTokens": JSON(usage.prompt + usage.completion), "cacheReadInputTokens": JSON(usage.cached),
            "cacheWriteInputTokens": 0,
        ]
    }

    static func words(of fault: DialectFault) -> (status: Int, name: String, message: String) {
        switch fault {
        case .badKey:
            (403, "UnrecognizedClientException", "The security token included in the request is invalid.")
        case .forbidden:
            (403, "AccessDeniedException", "You don't have access to the model with the specified model ID.")
        case .noSuchModel: (404, "ResourceNotFoundException", "Could not resolve the foundation model.")
        case .invalidRequest: (400, "ValidationException", "The provided model identifier is invalid.")
        case .tooLong: (400, "ValidationException", "Input is too long for requested model.")
        case .rateLimited: (429, "ThrottlingException", "Too many requests, please wait before trying again.")
        // Converse has no exception of its own for it: this is what an account gets whose day is used up.
        case .quota: (429, "ThrottlingException", "Too many tokens per day, please wait before trying again.")
        case .contentFiltered:
            (400, "ValidationException", "Output blocked by content filtering policy")
        case .overloaded, .unavailable:
            (503, "ServiceUnavailableException", "Bedrock is unable to process your request.")
        case .serverError: (500, "InternalServerException", "The system encountered an unexpected error.")
        }
    }
}
