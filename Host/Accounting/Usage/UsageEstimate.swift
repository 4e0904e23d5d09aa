package import JackfieldVocabulary

/// Guesses of what a request uses: before the call, to reserve it, and after one that was cut off before the upstream
/// said.
package enum UsageEstimate {
    /// For each image. Upstreams take from 85 to some thousands, by size and detail.
    package static let imageTokens: UInt64 = 1000
    /// For an image that is sent with the detail "low".
    package static let smallImageTokens: UInt64 = 85
    /// The marks around a message: role, beginning, end.
    static let messageTokens: UInt64 = 4

    /// The prompt of a request, with its tools. Fields that the host does not know count as text: it may be that the
    /// model reads them. So do sound and files, by the size of their Base64: too much for most of them, never too little.
    package static func promptTokens(of request: LLM.CompletionRequest) -> UInt64 {
        var estimate = TokenEstimate()
        for message in request.messages { add(message, to: &estimate) }
        for tool in request.tools {
            estimate.add(tokens: messageTokens)
            estimate.add(tool.name)
            estimate.add(tool.description ?? "")
            estimate.add(tool.parameters ?? "")
            estimate.add(tool.extra ?? "")
        }
        estimate.add(request.responseFormat ?? "")
        estimate.add(request.extra ?? "")
        return estimate.tokens
    }

    package static func usage(of request: LLM.EmbeddingRequest) -> LLM.Usage {
        var estimate = TokenEstimate()
        for text in request.input { estimate.add(text) }
        estimate.add(request.extra ?? "")
        return LLM.Usage(promptTokens: estimate.tokens, isEstimated: true)
    }

    private static func add(_ message: LLM.Message, to estimate: inout TokenEstimate) {
        estimate.add(tokens: messageTokens)
        for part in message.parts {
            switch part {
            case .text(let text, let extra):
                estimate.add(text)
                estimate.add(extra ?? "")
            case .imageURL(_, let detail, let extra), .image(_, _, let detail, let extra):
                estimate.add(tokens: detail == "low" ? smallImageTokens : imageTokens)
                estimate.add(extra ?? "")
            case .data(let json, _): estimate.add(json)
            case .other(let json): estimate.add(json)
            }
        }
        for call in message.calls {
            estimate.add(tokens: messageTokens)
            estimate.add(call.name)
            estimate.add(call.arguments)
            estimate.add(call.extra ?? "")
        }
        estimate.add(message.reasoning ?? "")
        estimate.add(message.extra ?? "")
    }
}
