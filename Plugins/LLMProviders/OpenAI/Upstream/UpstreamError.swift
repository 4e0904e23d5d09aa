package import JackfieldJSON
package import JackfieldVocabulary

/// Why an upstream did not answer, in the terms of the ABI (OpenAI, "Error codes"; status codes by RFC 9110).
package struct UpstreamError: Error, Sendable, Equatable {
    package var code: CallError.Code
    /// What that means: the start of the sentence.
    package var explanation: String
    /// What the upstream said itself.
    package var detail: String?
    package var retry = false
    /// Nanoseconds.
    package var retryAfter: Int64?

    /// Characters of the upstream's own words that an error keeps.
    package static let detailBound = 500

    package init(
        _ code: CallError.Code, _ explanation: String, detail: String? = nil, retry: Bool = false,
        retryAfter: Int64? = nil
    ) {
        self.code = code
        self.explanation = explanation
        self.detail = detail
        self.retry = retry
        self.retryAfter = retryAfter
    }

    /// An answer that is not what the dialect promises. The same request may well succeed later.
    static func rubbish(_ what: String) -> UpstreamError { UpstreamError(.unavailable, what, retry: true) }

    /// The error as it leaves the plugin: without the secrets, and bounded.
    package func callError(hiding secrets: [Secret]) -> CallError {
        var message = explanation
        if let detail = detail.map({ text in secrets.reduce(text) { $1.redacted(from: $0) } }), !detail.isEmpty {
            let isLong = detail.unicodeScalars.count > UpstreamError.detailBound
            let kept = isLong ? String(detail.unicodeScalars.prefix(UpstreamError.detailBound)) + "…" : detail
            message += ": " + String(kept.map { $0.isNewline ? " " : $0 })
        }
        return CallError(code, message, retry: retry, retryAfter: retry ? retryAfter : nil)
    }
}

extension UpstreamError {
    /// An answer whose status is not 2xx.
    ///
    /// - Parameters:
    ///   - body: as much of it as was read.
    ///   - now: seconds since 1970, to understand a `Retry-After` that names a date.
    package init(head: HTTPHead, body: [UInt8], now: Int64) {
        let status = head.status
        let envelope = ErrorEnvelope(body: body)
        let words = envelope.code + " " + envelope.type
        self = UpstreamError.meaning(of: status, words)
        explanation += " (HTTP \(status))"
        detail = envelope.message
        if (300..<400).contains(status), let location = head.header("location") {
            // Without the query, which may hold a token.
            detail = "it points to " + location.prefix { $0 != "?" }
        }
        if let id = head.header("x-request-id"), id.utf8.count <= 64, id.isHeaderValue {
            explanation += ", its request id \(id)"
        }
        switch head.header("x-should-retry") {
        case "true": retry = code != .exhausted
        case "false": retry = false
        default: break
        }
        if retry { retryAfter = RetryAfter.nanoseconds(head, now: now) }
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
        switch status {
        case 300..<400: return UpstreamError(.unavailable, "the upstream redirects; base_url must be the final address")
        case 401: return UpstreamError(.unauthenticated, "the upstream refused the provider's key; see api_key")
        case 402: return UpstreamError(.exhausted, "the upstream wants to be paid")
        case 403: return UpstreamError(.forbidden, "the upstream does not allow this to the provider's key")
        case 404:
            return UpstreamError(.notFound, "the upstream has no such model or path; see the model's name and base_url")
        case 405: return UpstreamError(.notFound, "the upstream does not serve this path; see base_url")
        case 408: return UpstreamError(.unavailable, "the upstream gave up waiting", retry: true)
        case 409: return UpstreamError(.conflict, "the upstream reports a conflict", retry: true)
        case 413: return UpstreamError(.invalidArgument, "the request is too large for the upstream")
        case 429: return UpstreamError(.rateLimited, "the upstream limits the rate", retry: true)
        case 400..<500: return UpstreamError(.invalidArgument, "the upstream rejected the request")
        case 501: return UpstreamError(.unsupported, "the upstream does not offer this")
        case 529: return UpstreamError(.unavailable, "the upstream is overloaded", retry: true)
        case 500..<600: return UpstreamError(.unavailable, "the upstream failed", retry: true)
        default:
            return UpstreamError(
                .unavailable, "the upstream answered with a status that has no meaning here", retry: true)
        }
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

/// The error objects that are about: OpenAI's, those of vLLM, FastAPI and Gemini, and those that are no JSON at all.
struct ErrorEnvelope {
    var message: String?
    var type = ""
    var code = ""

    init(body: [UInt8]) {
        let text = String(decoding: body.prefix(4 * UpstreamError.detailBound), as: UTF8.self).withoutSpaceAround
        let words = text.hasPrefix("<") ? "the answer is a page of HTML, not JSON" : text
        self.init(json: (try? JSON(parsing: body)) ?? .string(words))
    }

    init(json: JSON) {
        let outer = json[0] ?? json
        let error = outer["error"] ?? outer
        if let text = error.string {
            message = text
        } else {
            message = error["message"]?.string ?? error["detail"].map { $0.string ?? $0.text }
        }
        type = error["type"]?.string ?? error["status"]?.string ?? ""
        code = error["code"].map { $0.string ?? ($0.int.map(String.init) ?? "") } ?? ""
    }
}
