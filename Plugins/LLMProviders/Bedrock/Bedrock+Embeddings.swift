package import JackfieldPlugin
package import JackfieldVocabulary

extension BedrockProvider {
    /// Embed texts with InvokeModel, one request after the other where a model does not take all at once.
    package func embed(_ request: LLM.EmbeddingRequest, _ call: Call<NoEvent>) async throws -> LLM.EmbeddingResult {
        let dialect = try EmbeddingDialect(model: request.model)
        return try await answering(call) { access in
            let url = try config.endpoint.operation("invoke", model: request.model, region: access.region)
            var vectors: [[Float]] = []
            var tokens: UInt64 = 0
            var rest = request.input[...]
            while !rest.isEmpty {
                let texts = rest.prefix(dialect.batch)
                rest = rest.dropFirst(texts.count)
                let body = try dialect.encode(texts, of: request, inputType: config.embeddingInputType)
                let post = HTTPRequest(
                    method: "POST", url: url,
                    headers: [("accept", "application/json"), ("content-type", "application/json")], body: body)
                let response = try await accepted(call.send(try authorized(post, access)))
                let answer = try EmbeddingDecoder.decode(
                    try await response.body(limit: config.maxAnswerBytes), count: texts.count)
                vectors += answer.vectors
                let counted = response.head.header("x-amzn-bedrock-input-token-count").flatMap { UInt64($0) }
                let estimated = UInt64(texts.reduce(0) { $0 + $1.utf8.count } + 3) / 4
                tokens += answer.tokens ?? counted ?? estimated
            }
            return LLM.EmbeddingResult(vectors: vectors, promptTokens: tokens)
        }
    }
}
