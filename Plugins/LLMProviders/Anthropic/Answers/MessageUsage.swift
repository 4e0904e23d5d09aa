import JackfieldPlugin
import JackfieldVocabulary

/// How many tokens an answer took. In a stream the counts come twice, at the start and near the end, and grow.
struct MessageUsage {
    private var input: UInt64?
    private var output: UInt64?
    private var cacheRead: UInt64 = 0
    private var cacheWrite: UInt64 = 0
    private var thinking: UInt64 = 0
    /// Which tier served the request, in OpenAI's words: clients know the member by these, and some accept no others.
    private(set) var serviceTier: String?

    /// The value of a member `usage`. Every count is that of the whole answer so far.
    mutating func read(_ slice: JSONSlice) throws(JSONCursor.Malformed) {
        guard slice.first == UInt8(ascii: "{") else { return }
        var cursor = JSONCursor(slice)
        try cursor.beginObject()
        while let key = try cursor.nextKey() {
            let value = try cursor.value()
            switch key {
            case "input_tokens": input = max(input ?? 0, value.unsigned ?? 0)
            case "output_tokens": output = max(output ?? 0, value.unsigned ?? 0)
            case "cache_read_input_tokens": cacheRead = max(cacheRead, value.unsigned ?? 0)
            case "cache_creation_input_tokens": cacheWrite = max(cacheWrite, value.unsigned ?? 0)
            case "output_tokens_details": thinking = max(thinking, try MessageUsage.thinking(value))
            case "service_tier": serviceTier = MessageUsage.tier(value) ?? serviceTier
            default: break
            }
        }
    }

    private static func tier(_ slice: JSONSlice) -> String? {
        switch slice {
        case "standard": "default"
        case "priority": "priority"
        default: nil
        }
    }

    private static func thinking(_ slice: JSONSlice) throws(JSONCursor.Malformed) -> UInt64 {
        guard slice.first == UInt8(ascii: "{") else { return 0 }
        var found: UInt64 = 0
        var cursor = JSONCursor(slice)
        try cursor.beginObject()
        while let key = try cursor.nextKey() {
            let value = try cursor.value()
            if case "thinking_tokens" = key { found = value.unsigned ?? 0 }
        }
        return found
    }

    /// Nil if the upstream did not say.
    ///
    /// Anthropic counts what it read from the cache and wrote to it apart from the rest of the prompt; here the
    /// prompt is all of it.
    var counted: LLM.Usage? {
        guard input != nil || output != nil else { return nil }
        return LLM.Usage(
            promptTokens: (input ?? 0) &+ cacheRead &+ cacheWrite, completionTokens: output ?? 0,
            cachedTokens: cacheRead, cacheWriteTokens: cacheWrite, reasoningTokens: thinking)
    }
}
