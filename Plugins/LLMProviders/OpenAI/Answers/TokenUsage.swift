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
            case "prompt_tokens_details":
                usage.cachedTokens = try member("cached_tokens", &cursor) ?? usage.cachedTokens
            case "completion_tokens_details": usage.reasoningTokens = try member("reasoning_tokens", &cursor) ?? 0
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
                default: break
                }
            }
        }
        guard hasAny else { return nil }
        usage.totalTokens = total ?? usage.promptTokens &+ usage.completionTokens
        return usage
    }

    private static func member(
        _ wanted: StaticString, _ cursor: inout JSONCursor
    ) throws(JSONCursor.Malformed) -> UInt64? {
        guard cursor.peek() == UInt8(ascii: "{") else {
            _ = try cursor.value()
            return nil
        }
        var found: UInt64?
        try cursor.beginObject()
        while let key = try cursor.nextKey() {
            let value = try cursor.value()
            if wanted ~= key { found = value.unsigned }
        }
        return found
    }

    /// About four bytes of text make a token in English; other languages take more tokens. Marked as an estimate.
    static func estimate(promptBytes: Int, completionBytes: Int) -> LLM.Usage {
        LLM.Usage(
            promptTokens: UInt64((promptBytes + 3) / 4), completionTokens: UInt64((completionBytes + 3) / 4),
            isEstimated: true)
    }
}
