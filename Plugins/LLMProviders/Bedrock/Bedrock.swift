import Glibc
package import JackfieldPlugin
package import JackfieldVocabulary

/// A provider for the models on Amazon Bedrock, through Converse, which is the same for all of them.
package struct BedrockProvider: LLMProvider {
    package static let definition = PluginDefinition.llm(
        id: "llm/bedrock", version: "0.1.0",
        services: [.required(.http), .optional(.log), .optional(.secrets)]
    ) { setup in BedrockProvider(try BedrockConfig(setup.config)) }

    let config: BedrockConfig
    private let encoder: ConverseRequestEncoder
    private let chain: CredentialChain
    let cache: AccessCache
    private let now: @Sendable () -> Int64

    /// - Parameter now: seconds since 1970.
    package init(_ config: BedrockConfig, now: @escaping @Sendable () -> Int64 = { Int64(time(nil)) }) {
        self.config = config
        self.now = now
        encoder = ConverseRequestEncoder(config)
        chain = CredentialChain(settings: config.credentials)
        cache = AccessCache(now: now)
    }

    package func complete(
        _ request: LLM.CompletionRequest, _ call: Call<LLM.Event>
    ) async throws -> LLM.CompletionResult {
        let body = try encoder.encode(request)
        if ToolConfig.cannotForbidCalls(request) {
            call.log(.debug, "Converse cannot forbid calls in a conversation that has used tools", [])
        }
        return try await answering(call) { access in
            let operation = request.stream ? "converse-stream" : "converse"
            let url = try config.endpoint.operation(operation, model: request.model, region: access.region)
            let type = request.stream ? BedrockProvider.streamType : "application/json"
            let post = HTTPRequest(
                method: "POST", url: url, headers: [("accept", type), ("content-type", "application/json")], body: body)
            let response = try await accepted(call.send(try authorized(post, access)))
            let id = response.head.header("x-amzn-requestid")
            // A gateway may answer a stream with a whole, and the other way round.
            if response.head.header("content-type")?.hasPrefix(BedrockProvider.streamType) ?? request.stream {
                var decoder = ConverseStreamDecoder(limit: config.maxAnswerBytes)
                try await call.relay(response, through: &decoder, promptBytes: request.textBytes)
                return decoder.result(id: id)
            }
            let whole = try await response.body(limit: config.maxAnswerBytes)
            let (events, result) = try ConverseResponseDecoder.decode(whole, id: id, promptBytes: request.textBytes)
            for event in events { try await call.emit(event) }
            return result
        }
    }

    private static let streamType = "application/vnd.amazon.eventstream"

    // MARK: What every operation needs

    /// The request with what shows who asks.
    func authorized(_ request: HTTPRequest, _ access: Access) throws(CallError) -> HTTPRequest {
        switch access.authorization {
        case .bearer(let token):
            var request = request
            request.headers.append(("authorization", "Bearer " + token.text))
            return request
        case .signature(let credentials):
            let signer = RequestSigner(region: try Endpoint.known(access.region))
            return signer.signed(request, with: credentials, at: UTCTime(seconds: now()))
        }
    }

    /// The response, if its status says that it is one.
    func accepted(_ response: HTTPResponse) async throws -> HTTPResponse {
        if (200..<300).contains(response.head.status) { return response }
        throw UpstreamError(aws: response.head, body: await response.errorBody(), now: now())
    }

    /// Find out who asks, then do it. Errors of the upstream leave without the secrets.
    func answering<Event, Answer>(
        _ call: Call<Event>, _ work: (Access) async throws -> Answer
    ) async throws -> Answer {
        let access = try await cache.access { () async throws(CallError) in
            try await chain.find(HostSurroundings(call: call))
        }
        do {
            return try await work(access)
        } catch var error as UpstreamError {
            if error.code == .unauthenticated {
                cache.discard(access)
                // Only where other credentials may be found next time.
                error.retry = error.retry && access.isRenewable
            }
            throw error.callError(hiding: config.credentials.secrets + access.authorization.secrets)
        }
    }
}
