import JackfieldPlugin
import JackfieldVocabulary

/// How many tokens an answer took.
enum TokenUsage {
    /// The value of `usage`; nil for null and for an object that says nothing.
    static func read(_ slice: JSONSlice) throws(JSONCursor.Malformed) -> LLM.Usage? {
        guard slice.first == UInt8(ascii: "{") else { return nil }
        var usage = LLM.Usage()
        var total: UInt64?
        var hasAny = false
        var cursor = JSONCursor(slice)
        try cursor.beginObject()
        while let key = try cursor.nextKey() {
            switch key {
            case "prompt_tokens_details", "completion_tokens_details": try readDetails(&cursor, &usage)
            default:
                let value = try cursor.value()
                switch key {
                case "prompt_tokens":
                    usage.promptTokens = value.unsigned ?? 0
                    hasAny = true
                case "completion_tokens":
                    usage.completionTokens = value.unsigned ?? 0
                    hasAny = true
                case "total_tokens": total = value.unsigned
                // DeepSeek says it outside of the details.
                case "prompt_cache_hit_tokens": usage.cachedTokens = value.unsigned ?? 0
                // A gateway in front of Anthropic says it in Anthropic's word, and has counted it in the prompt.
                case "cache_creation_input_tokens": usage.cacheWriteTokens = value.unsigned ?? 0
                default: break
                }
            }
        }
        guard hasAny else { return nil }
        usage.totalTokens = total ?? usage.promptTokens &+ usage.completionTokens
        return usage
    }

    private static func readDetails(
        _ cursor: inout JSONCursor, _ usage: inout LLM.Usage
    ) throws(JSONCursor.Malformed) {
        guard cursor.peek() == UInt8(ascii: "{") else {
            _ = try cursor.value()
            return
        }
        try cursor.beginObject()
        while let key = try cursor.nextKey() {
            let value = try cursor.value()
            switch key {
            case "cached_tokens": usage.cachedTokens = value.unsigned ?? usage.cachedTokens
            case "cache_write_tokens": usage.cacheWriteTokens = value.unsigned ?? usage.cacheWriteTokens
            case "reasoning_tokens": usage.reasoningTokens = value.unsigned ?? 0
            default: break
            }
        }
    }
}
