public import JackfieldVocabulary

/// Tokens where the upstream does not count them.
public enum TokenEstimate {
    /// About four bytes of text make a token in English; other languages take more tokens. Marked as an estimate.
    public static func usage(promptBytes: Int, completionBytes: Int) -> LLM.Usage {
        LLM.Usage(
            promptTokens: UInt64((promptBytes + 3) / 4), completionTokens: UInt64((completionBytes + 3) / 4),
            isEstimated: true)
    }
}

extension LLM.CompletionRequest {
    /// Bytes of text that the model is to read, images left out: for the size of the body, and for estimates.
    public var textBytes: Int {
        var count = 0
        for message in messages {
            count += 16 + (message.reasoning?.utf8.count ?? 0)
            for part in message.parts {
                switch part {
                case .text(let text, _), .data(let text, _): count += text.utf8.count
                case .imageURL, .image, .other: continue
                }
            }
            for call in message.calls { count += call.name.utf8.count + call.arguments.utf8.count }
        }
        for tool in tools {
            count += tool.name.utf8.count + (tool.description?.utf8.count ?? 0) + (tool.parameters?.utf8.count ?? 0)
        }
        return count
    }
}
