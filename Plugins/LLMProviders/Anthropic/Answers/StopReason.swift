/// Why an answer ended, in the vocabulary's terms (Anthropic documentation, "Stop reasons").
enum StopReason {
    /// - Parameter hasCalls: the answer holds calls of the client's tools. An answer with none cannot have stopped for
    ///   them: a tool of the upstream's own was meant.
    static func meaning(of reason: String?, hasCalls: Bool) -> String {
        switch reason {
        case "max_tokens", "model_context_window_exceeded": "length"
        case "refusal": "content_filter"
        default: hasCalls ? "tool_calls" : "stop"
        }
    }

    /// Whether the vocabulary's term says less than the upstream did, so that its own goes along.
    static func isLossy(_ reason: String) -> Bool {
        switch reason {
        case "end_turn", "max_tokens", "stop_sequence", "tool_use": false
        default: true
        }
    }
}
