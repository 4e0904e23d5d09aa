import Glibc
package import JackfieldPlugin
package import JackfieldVocabulary

/// A provider for Ollama, over its own API (docs.ollama.com/api): what it can do beyond OpenAI's dialect, such as model
/// options, `keep_alive` and thinking, can be said there.
package struct OllamaProvider: LLMProvider {
    package static let definition = PluginDefinition.llm(
        id: "llm/ollama", version: "0.1.0", services: [.required(.http), .optional(.log)]
    ) { setup in OllamaProvider(try OllamaConfig(setup.config)) }

    private let config: OllamaConfig
    private let chat: ChatRequestEncoder
    private let embeddings: EmbeddingRequestEncoder
    // Made once: they are the same in every request.
    private let getHeaders: [(name: String, value: String)]
    private let postHeaders: [(name: String, value: String)]

    package init(_ config: OllamaConfig) {
        self.config = config
        chat = ChatRequestEncoder(config)
        embeddings = EmbeddingRequestEncoder(config)
        getHeaders = config.headers.map { ($0.name, $0.value.text) } + [("accept", "application/json")]
        postHeaders =
            config.headers.map { ($0.name, $0.value.text) }
            + [("accept", "application/x-ndjson, application/json"), ("content-type", "application/json")]
    }

    package func models(_ call: Call<NoEvent>) async throws -> [LLM.Model] {
        try await UpstreamError.told(hiding: config.secrets) {
            let request = HTTPRequest(method: "GET", url: config.baseURL.url("/api/tags"), headers: getHeaders)
            let body = try await send(request, call, model: nil).body(limit: config.maxAnswerBytes)
            return try ModelListDecoder.decode(body)
        }
    }

    package func embed(_ request: LLM.EmbeddingRequest, _ call: Call<NoEvent>) async throws -> LLM.EmbeddingResult {
        try await UpstreamError.told(hiding: config.secrets) {
            let post = HTTPRequest(
                method: "POST", url: config.baseURL.url("/api/embed"), headers: postHeaders,
                body: try embeddings.encode(request))
            let body = try await send(post, call, model: request.model).body(limit: config.maxAnswerBytes)
            return try EmbeddingDecoder.decode(body, for: request)
        }
    }

    package func complete(
        _ request: LLM.CompletionRequest, _ call: Call<LLM.Event>
    ) async throws -> LLM.CompletionResult {
        try await UpstreamError.told(hiding: config.secrets) {
            let post = HTTPRequest(
                method: "POST", url: config.baseURL.url("/api/chat"), headers: postHeaders,
                body: try chat.encode(request))
            let response = try await send(post, call, model: request.model)
            if response.head.isStream(of: "application/x-ndjson", asked: request.stream) {
                var decoder = ChatStreamDecoder(for: request, limit: config.maxAnswerBytes)
                try await call.relay(response, through: &decoder, promptBytes: 0)
                return decoder.result
            }
            let body = try await response.body(limit: config.maxAnswerBytes)
            let (events, result) = try ChatResponseDecoder.decode(body, for: request)
            for event in events { try await call.emit(event) }
            return result
        }
    }

    /// The response, if its status says that it is one.
    private func send(
        _ request: HTTPRequest, _ call: Call<some CallEvent>, model: String?
    ) async throws -> HTTPResponse {
        let response: HTTPResponse
        do {
            response = try await call.send(request)
        } catch {
            guard error.code == .unavailable else { throw error }
            // What people see most often of Ollama, and the host cannot know what to do about it.
            var explained = error
            explained.message =
                "Ollama does not answer at \(config.address); is it running (ollama serve)? \(error.message)"
            throw explained
        }
        if (200..<300).contains(response.head.status) { return response }
        throw UpstreamError(
            head: response.head, body: await response.errorBody(), model: model, now: Int64(time(nil)))
    }
}
