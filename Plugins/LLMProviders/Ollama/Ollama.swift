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
        try await answering {
            let request = HTTPRequest(method: "GET", url: config.baseURL.url("/api/tags"), headers: getHeaders)
            let body = try await send(request, call, model: nil).body(limit: config.maxAnswerBytes)
            return try ModelListDecoder.decode(body)
        }
    }

    package func embed(_ request: LLM.EmbeddingRequest, _ call: Call<NoEvent>) async throws -> LLM.EmbeddingResult {
        try await answering {
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
        try await answering {
            let post = HTTPRequest(
                method: "POST", url: config.baseURL.url("/api/chat"), headers: postHeaders,
                body: try chat.encode(request))
            let response = try await send(post, call, model: request.model)
            if OllamaProvider.isStream(response.head, asked: request.stream) {
                return try await stream(response, request, call)
            }
            let body = try await response.body(limit: config.maxAnswerBytes)
            let (events, result) = try ChatResponseDecoder.decode(body, for: request)
            for event in events { try await call.emit(event) }
            return result
        }
    }

    /// What stands between here and Ollama may gather a stream, or not know that none was asked for.
    private static func isStream(_ head: HTTPHead, asked: Bool) -> Bool {
        guard let type = head.header("content-type") else { return asked }
        if type.hasPrefix("application/x-ndjson") { return true }
        return asked && !type.hasPrefix("application/json") && !type.hasPrefix("text/html")
    }

    private func stream(
        _ response: HTTPResponse, _ request: LLM.CompletionRequest, _ call: Call<LLM.Event>
    ) async throws -> LLM.CompletionResult {
        var decoder = ChatStreamDecoder(for: request, limit: config.maxAnswerBytes)
        var hasEmitted = false
        func deliver(_ events: [LLM.Event]) async throws {
            for event in events {
                hasEmitted = true
                try await call.emit(event)
            }
            guard var failure = decoder.failure else { return }
            // Half an answer was given: a second attempt would give its beginning twice.
            if hasEmitted { failure.retry = false }
            throw failure
        }
        do {
            while !decoder.isDone, let piece = try await next(of: response, decoder, hasEmitted) {
                try await deliver(decoder.decode(piece))
            }
            try await deliver(decoder.finish())
        } catch {
            response.cancel()
            throw error
        }
        return decoder.result
    }

    /// The next piece; an error of the network is told as what it does to the answer.
    private func next(
        of response: HTTPResponse, _ decoder: ChatStreamDecoder, _ hasEmitted: Bool
    ) async throws -> [UInt8]? {
        do {
            return try await response.next()
        } catch {
            guard error.code == .unavailable || error.code == .internal else { throw error }
            var broken = decoder.broken
            broken.detail = error.message
            broken.retry = !hasEmitted
            throw broken
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

    /// Errors of the upstream leave without the secrets.
    private func answering<Answer>(_ work: () async throws -> Answer) async throws -> Answer {
        do {
            return try await work()
        } catch let error as UpstreamError {
            throw error.callError(hiding: config.secrets)
        }
    }
}
