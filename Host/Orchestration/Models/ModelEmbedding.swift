package import JackfieldVocabulary

/// Embedded texts, and how they came to be.
package struct ModelEmbedding: Sendable {
    package let result: LLM.EmbeddingResult
    /// INSTANCE/MODEL
    package let upstream: String
    /// How often upstreams were asked; 0 out of the cache.
    package let attempts: Int
    package let cache: CacheOutcome

    init(_ payload: [UInt8], upstream: String, attempts: Int, _ cache: CacheOutcome) {
        var result = payload.withUnsafeBytes { LLM.EmbeddingResult(PayloadReader(checked: $0)) }
        result.upstream = upstream
        self.result = result
        self.upstream = upstream
        self.attempts = attempts
        self.cache = cache
    }

    /// Nil if the upstream did not count.
    var usage: LLM.Usage? { result.promptTokens > 0 ? LLM.Usage(promptTokens: result.promptTokens) : nil }
}
