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
        try await answering {
            let request = HTTPRequest(method: "GET", url: config.baseURL.url("/models"), headers: getHeaders)
            let body = try await accepted(call.send(request)).body(limit: config.maxAnswerBytes)
            return try ModelListDecoder.decode(body)
        }
    }

    package func embed(_ request: LLM.EmbeddingRequest, _ call: Call<NoEvent>) async throws -> LLM.EmbeddingResult {
        try await answering {
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
        try await answering {
            let post = HTTPRequest(
                method: "POST", url: chatURL, headers: request.stream ? streamHeaders : postHeaders,
                body: try chat.encode(request))
            let response = try await accepted(call.send(post))
            // The upstream decides: some do not know streams, some know nothing else.
            let isStream = OpenAIProvider.isStream(response.head, asked: request.stream)
            if isStream != request.stream {
                call.log(.debug, "the upstream decided itself whether to stream", [("streamed", "\(isStream)")])
            }
            if isStream { return try await stream(response, request, call) }
            let body = try await response.body(limit: config.maxAnswerBytes)
            let (events, result) = try ChatResponseDecoder.decode(body, promptBytes: request.textBytes)
            for event in events { try await call.emit(event) }
            return result
        }
    }

    private static func isStream(_ head: HTTPHead, asked: Bool) -> Bool {
        guard let type = head.header("content-type") else { return asked }
        if asked { return !type.hasPrefix("application/json") && !type.hasPrefix("text/html") }
        return type.hasPrefix("text/event-stream")
    }

    private func stream(
        _ response: HTTPResponse, _ request: LLM.CompletionRequest, _ call: Call<LLM.Event>
    ) async throws -> LLM.CompletionResult {
        var decoder = ChatStreamDecoder(limit: config.maxAnswerBytes)
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
            try await deliver(decoder.finish(promptBytes: request.textBytes))
        } catch {
            response.cancel()
            throw error
        }
        // After `[DONE]` the rest of the body is left to the host, which ends the exchange in an orderly way.
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
            if decoder.isComplete { return nil }
            var broken = decoder.broken
            broken.detail = error.message
            broken.retry = !hasEmitted
            throw broken
        }
    }

    /// The response, if its status says that it is one.
    private func accepted(_ response: HTTPResponse) async throws -> HTTPResponse {
        if (200..<300).contains(response.head.status) { return response }
        throw UpstreamError(head: response.head, body: await response.errorBody(), now: Int64(time(nil)))
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
