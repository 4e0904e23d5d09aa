import JackfieldJSON
package import JackfieldPlugin
package import JackfieldVocabulary

extension UpstreamError {
    /// An answer whose status is not 2xx (Anthropic documentation, "Errors").
    ///
    /// - Parameters:
    ///   - body: as much of it as was read.
    ///   - now: seconds since 1970, to understand a time in a header.
    package init(head: HTTPHead, body: [UInt8], now: Int64) {
        let envelope = ErrorEnvelope(body: body)
        self = UpstreamError.meaning(of: envelope, status: head.status)
        detail = envelope.message
        add(head, now: now)
        if code == .rateLimited, retry, retryAfter == nil { retryAfter = RateLimitReset.nanoseconds(head, now: now) }
    }

    /// An error object in the place of an answer, or in the middle of a stream.
    init(inAnswer json: JSON) {
        let envelope = ErrorEnvelope(json: json)
        self = UpstreamError.meaning(of: envelope, status: UpstreamError.status(ofType: envelope.type))
        explanation += ", said in the answer itself"
        detail = envelope.message
    }

    /// The type of an error says nearly what the status says. What matters beyond that is only in the words.
    private static func meaning(of envelope: ErrorEnvelope, status: Int) -> UpstreamError {
        let words = (envelope.message ?? "").lowercased()
        if envelope.type == "billing_error" || words.contains("credit balance is too low")
            || words.contains("specified api usage limits")
        {
            return UpstreamError(.exhausted, "the credit of the provider's account is used up")
        }
        if words.contains("content filtering policy") {
            return UpstreamError(.refused, "the upstream's content filter refused the request")
        }
        if words.contains("prompt is too long") {
            return UpstreamError(.invalidArgument, "the request is longer than the model's context")
        }
        return .meaning(ofStatus: status)
    }

    /// The status that a type of error stands for where no status was given.
    private static func status(ofType type: String) -> Int {
        switch type {
        case "invalid_request_error": 400
        case "authentication_error": 401
        case "billing_error": 402
        case "permission_error": 403
        case "not_found_error": 404
        case "request_too_large": 413
        case "rate_limit_error": 429
        case "timeout_error": 504
        case "overloaded_error": 529
        default: 500
        }
    }
}
