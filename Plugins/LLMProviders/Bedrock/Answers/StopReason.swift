import JackfieldPlugin

/// Why a model stopped (Bedrock API Reference, `stopReason`), in the vocabulary's four words.
enum StopReason {
    /// - Throws: `unavailable` if the model wrote something that Bedrock could not read.
    static func word(for reason: String?, hasCalls: Bool) throws(UpstreamError) -> String {
        switch reason {
        case "tool_use": return "tool_calls"
        case "max_tokens", "model_context_window_exceeded": return "length"
        case "guardrail_intervened", "content_filtered": return "content_filter"
        case "malformed_model_output", "malformed_tool_use":
            throw .rubbish("the model wrote what Bedrock could not read, \(reason ?? "")")
        // end_turn, stop_sequence, and what is yet to come.
        default: return hasCalls ? "tool_calls" : "stop"
        }
    }
}
