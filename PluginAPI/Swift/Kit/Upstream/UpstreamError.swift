public import JackfieldVocabulary

/// Why an upstream did not answer, in the terms of the ABI. Thrown inside a plugin; it leaves as a `CallError`.
public struct UpstreamError: Error, Sendable, Equatable {
    public var code: CallError.Code
    /// What that means: the start of the sentence.
    public var explanation: String
    /// What the upstream said itself. May hold secrets: `callError(hiding:)` takes them out.
    public var detail: String?
    /// The same request may succeed later.
    public var retry: Bool
    /// Nanoseconds to wait before that.
    public var retryAfter: Int64?

    /// Characters of the upstream's own words that an error keeps.
    public static let detailBound = 500

    public init(
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
    public static func rubbish(_ what: String) -> UpstreamError { UpstreamError(.unavailable, what, retry: true) }

    /// The error as it leaves the plugin: on one line, without the secrets, and bounded.
    public func callError(hiding secrets: [Secret]) -> CallError {
        var message = explanation
        if let detail = detail.map({ text in secrets.reduce(text) { $1.redacted(from: $0) } }), !detail.isEmpty {
            let isLong = detail.unicodeScalars.count > UpstreamError.detailBound
            let kept = isLong ? String(detail.unicodeScalars.prefix(UpstreamError.detailBound)) + "…" : detail
            message += ": " + String(kept.map { $0.isNewline ? " " : $0 })
        }
        return CallError(code, message, retry: retry, retryAfter: retry ? retryAfter : nil)
    }
}
