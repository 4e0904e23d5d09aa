public import JackfieldVocabulary

extension UpstreamError {
    /// What a status that is not 2xx means where the dialect says nothing else (RFC 9110, section 15; 529 is the custom
    /// of several providers). The sentences name the keys `api_key` and `base_url`, as configurations call them.
    public static func meaning(ofStatus status: Int) -> UpstreamError {
        switch status {
        case 300..<400: UpstreamError(.unavailable, "the upstream redirects; base_url must be the final address")
        case 401: UpstreamError(.unauthenticated, "the upstream refused the provider's key; see api_key")
        case 402: UpstreamError(.exhausted, "the upstream wants to be paid")
        case 403: UpstreamError(.forbidden, "the upstream does not allow this to the provider's key")
        case 404: UpstreamError(.notFound, "the upstream has no such model or path; see the model's name and base_url")
        case 405: UpstreamError(.notFound, "the upstream does not serve this path; see base_url")
        case 408: UpstreamError(.unavailable, "the upstream gave up waiting", retry: true)
        case 409: UpstreamError(.conflict, "the upstream reports a conflict", retry: true)
        case 413: UpstreamError(.invalidArgument, "the request is too large for the upstream")
        case 429: UpstreamError(.rateLimited, "the upstream limits the rate", retry: true)
        case 400..<500: UpstreamError(.invalidArgument, "the upstream rejected the request")
        case 501: UpstreamError(.unsupported, "the upstream does not offer this")
        case 529: UpstreamError(.unavailable, "the upstream is overloaded", retry: true)
        case 500..<600: UpstreamError(.unavailable, "the upstream failed", retry: true)
        default:
            UpstreamError(.unavailable, "the upstream answered with a status that has no meaning here", retry: true)
        }
    }

    /// The headers in which upstreams tell how they call a request: OpenAI's and many others', Anthropic's, Amazon's.
    private static let requestIDs = ["x-request-id", "request-id", "x-amzn-requestid"]

    /// Add what the head of the answer says: the status, the upstream's id of the request, where a redirect leads,
    /// whether and when to try again.
    ///
    /// - Parameter now: seconds since 1970, to understand a `Retry-After` that names a date.
    public mutating func add(_ head: HTTPHead, now: Int64) {
        explanation += " (HTTP \(head.status))"
        if (300..<400).contains(head.status), let location = head.header("location") {
            // Without the query, which may hold a token.
            detail = "it points to " + location.prefix { $0 != "?" }
        }
        let ids = UpstreamError.requestIDs.lazy.compactMap { head.header($0) }
        if let id = ids.first, (1...64).contains(id.utf8.count), id.isHeaderValue {
            explanation += ", its request id \(id)"
        }
        switch head.header("x-should-retry") {
        case "true": retry = code != .exhausted
        case "false": retry = false
        default: break
        }
        if retry { retryAfter = RetryAfter.nanoseconds(head, now: now) ?? retryAfter }
    }
}
