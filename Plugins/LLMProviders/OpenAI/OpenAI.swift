import Glibc
package import JackfieldPlugin
package import JackfieldVocabulary

/// A provider for everything that speaks OpenAI's Chat Completions: OpenAI, vLLM, llama.cpp, LM Studio and the rest.
package struct OpenAIProvider: LLMProvider {
    package static let definition = PluginDefinition.llm(
        id: "llm/openai", version: "0.1.0", services: [.required(.http), .optional(.log)]
    ) { setup in OpenAIProvider(try OpenAIConfig(setup.config)) }

    private let config: OpenAIConfig
    private let chat: ChatRequestEncoder
    private let embeddings: EmbeddingRequestEncoder
    private let chatURL: String
    // Made once: they are the same in every request.
    private let getHeaders: [(name: String, value: String)]
    private let postHeaders: [(name: String, value: String)]
    private let streamHeaders: [(name: String, value: String)]

    package init(_ config: OpenAIConfig) {
        self.config = config
        chat = ChatRequestEncoder(config)
        embeddings = EmbeddingRequestEncoder(config)
        chatURL = config.baseURL.url("/chat/completions")
        let common = config.requestHeaders
        getHeaders = common + [("accept", "application/json")]
        postHeaders = getHeaders + [("content-type", "application/json")]
        streamHeaders = common + [("accept", "text/event-stream"), ("content-type", "application/json")]
    }

    package func models(_ call: Call<NoEvent>) async throws -> [LLM.Model] {
        try await UpstreamError.told(hiding: config.secrets) {
            let request = HTTPRequest(method: "GET", url: config.baseURL.url("/models"), headers: getHeaders)
            let body = try await accepted(call.send(request)).body(limit: config.maxAnswerBytes)
            return try ModelListDecoder.decode(body)
        }
    }

    package func embed(_ request: LLM.EmbeddingRequest, _ call: Call<NoEvent>) async throws -> LLM.EmbeddingResult {
        try await UpstreamError.told(hiding: config.secrets) {
            let post = HTTPRequest(
                method: "POST", url: config.baseURL.url("/embeddings"), headers: postHeaders,
                body: try embeddings.encode(request))
            let body = try await accepted(call.send(post)).body(limit: config.maxAnswerBytes)
            return try EmbeddingDecoder.decode(body, for: request)
        }
    }

    package func complete(
        _ request: LLM.CompletionRequest, _ call: Call<LLM.Event>
    ) async throws -> LLM.CompletionResult {
        try await UpstreamError.told(hiding: config.secrets) {
            let post = HTTPRequest(
                method: "POST", url: chatURL, headers: request.stream ? streamHeaders : postHeaders,
                body: try chat.encode(request))
            let response = try await accepted(call.send(post))
            let isStream = response.head.isStream(of: "text/event-stream", asked: request.stream)
            if isStream != request.stream {
                call.log(.debug, "the upstream decided itself whether to stream", [("streamed", "\(isStream)")])
            }
            if isStream {
                var decoder = ChatStreamDecoder(limit: config.maxAnswerBytes)
                try await call.relay(response, through: &decoder, promptBytes: request.textBytes)
                return decoder.result
            }
            let body = try await response.body(limit: config.maxAnswerBytes)
            let (events, result) = try ChatResponseDecoder.decode(body, promptBytes: request.textBytes)
            for event in events { try await call.emit(event) }
            return result
        }
    }

    /// The response, if its status says that it is one.
    private func accepted(_ response: HTTPResponse) async throws -> HTTPResponse {
        if (200..<300).contains(response.head.status) { return response }
        throw UpstreamError(head: response.head, body: await response.errorBody(), now: Int64(time(nil)))
    }
}
