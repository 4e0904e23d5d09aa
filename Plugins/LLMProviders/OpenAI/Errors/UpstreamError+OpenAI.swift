package import JackfieldJSON
package import JackfieldPlugin
package import JackfieldVocabulary

extension UpstreamError {
    /// An answer whose status is not 2xx (OpenAI, "Error codes"; status codes by RFC 9110).
    ///
    /// - Parameters:
    ///   - body: as much of it as was read.
    ///   - now: seconds since 1970, to understand a `Retry-After` that names a date.
    package init(head: HTTPHead, body: [UInt8], now: Int64) {
        let envelope = ErrorEnvelope(body: body)
        self = UpstreamError.meaning(of: head.status, envelope.code + " " + envelope.type)
        detail = envelope.message
        add(head, now: now)
    }

    /// An error object in the place of an answer, or in the middle of a stream.
    package init(inAnswer json: JSON) {
        let envelope = ErrorEnvelope(json: json)
        let words = envelope.code + " " + envelope.type
        if let status = Int(envelope.code), (400..<600).contains(status) {
            self = UpstreamError.meaning(of: status, words)
        } else {
            self = UpstreamError.meaning(of: UpstreamError.status(of: words), words)
        }
        explanation += ", said in the answer itself"
        detail = envelope.message
    }

    private static func meaning(of status: Int, _ words: String) -> UpstreamError {
        if words.contains("insufficient_quota") || words.contains("billing") {
            return UpstreamError(.exhausted, "the quota of the provider's account is used up")
        }
        if words.contains("content_filter") || words.contains("content_policy") || words.contains("moderation") {
            return UpstreamError(.refused, "the upstream's content filter refused the request")
        }
        return meaning(ofStatus: status)
    }

    /// The status that an error type stands for where no status was given.
    private static func status(of words: String) -> Int {
        let known = [
            ("rate_limit", 429), ("authentication", 401), ("invalid_api_key", 401), ("permission", 403),
            ("not_found", 404),
            ("overloaded", 529), ("invalid_request", 400), ("BadRequest", 400), ("context_length", 400),
        ]
        return known.first { words.contains($0.0) }?.1 ?? 500
    }
}
