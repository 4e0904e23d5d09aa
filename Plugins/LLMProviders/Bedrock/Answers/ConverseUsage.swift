import JackfieldJSON
import JackfieldVocabulary

/// The tokens that an answer took (TokenUsage).
enum ConverseUsage {
    /// Nil for null and for an object that says nothing. `inputTokens` leaves out what was read from the cache and what
    /// was written to it; the vocabulary counts them in.
    static func read(_ json: JSON?) -> LLM.Usage? {
        guard let json, json["inputTokens"] != nil || json["outputTokens"] != nil else { return nil }
        func count(_ names: String...) -> UInt64 {
            names.lazy.compactMap { json[$0]?.int }.first.map { UInt64(clamping: $0) } ?? 0
        }
        let read = count("cacheReadInputTokens", "cacheReadInputTokenCount")
        let written = count("cacheWriteInputTokens", "cacheWriteInputTokenCount")
        return LLM.Usage(
            promptTokens: count("inputTokens") &+ read &+ written, completionTokens: count("outputTokens"),
            cachedTokens: read, cacheWriteTokens: written)
    }
}
