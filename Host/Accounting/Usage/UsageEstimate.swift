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

    /// The prompt of a request, with its tools.
    package static func promptTokens(of request: LLM.CompletionRequest) -> UInt64 {
        var estimate = TokenEstimate()
        for message in request.messages { add(message, to: &estimate) }
        for tool in request.tools {
            estimate.add(tokens: messageTokens)
            estimate.add(tool.name)
            estimate.add(tool.description ?? "")
            estimate.add(tool.parameters ?? "")
        }
        estimate.add(request.responseFormat ?? "")
        return estimate.tokens
    }

    /// The most that a request is expected to use: its prompt, and answers as long as it allows.
    /// - Parameter completionTokens: For each answer, where the request does not say.
    package static func usage(
        of request: LLM.CompletionRequest, completionTokens: UInt64 = 1024
    ) -> LLM.Usage {
        let answer = request.maxTokens.map(UInt64.init) ?? completionTokens
        return LLM.Usage(
            promptTokens: promptTokens(of: request),
            completionTokens: answer * UInt64(max(request.choices ?? 1, 1)), isEstimated: true)
    }

    package static func usage(of request: LLM.EmbeddingRequest) -> LLM.Usage {
        var estimate = TokenEstimate()
        for text in request.input { estimate.add(text) }
        return LLM.Usage(promptTokens: estimate.tokens, isEstimated: true)
    }

    /// What was used by an answer that ended before its usage came.
    /// - Parameter answer: The estimate of what the upstream sent until then, of all choices.
    package static func usage(promptTokens: UInt64, answer: TokenEstimate) -> LLM.Usage {
        LLM.Usage(promptTokens: promptTokens, completionTokens: answer.tokens, isEstimated: true)
    }

    private static func add(_ message: LLM.Message, to estimate: inout TokenEstimate) {
        estimate.add(tokens: messageTokens)
        for part in message.parts {
            switch part {
            case .text(let text, _): estimate.add(text)
            case .imageURL(_, let detail, _), .image(_, _, let detail, _):
                estimate.add(tokens: detail == "low" ? smallImageTokens : imageTokens)
            case .data(let json, _): estimate.add(json)
            case .other(let json):
                // Sound and files in base64 are no text: what they cost has little to do with their length.
                if json.utf8.count > 32_768 { estimate.add(tokens: imageTokens) } else { estimate.add(json) }
            }
        }
        for call in message.calls {
            estimate.add(tokens: messageTokens)
            estimate.add(call.name)
            estimate.add(call.arguments)
        }
        estimate.add(message.reasoning ?? "")
    }
}

extension TokenEstimate {
    /// Counts an event of an answer in pieces.
    package mutating func add(_ event: LLM.Event) {
        switch event {
        case .text(let text, _, _): add(text)
        case .toolCall(_, _, let name, let arguments, _):
            add(name ?? "")
            add(arguments)
        case .stop, .usage, .logprobs, .extra: break
        }
    }
}
