import JackfieldJSON
import JackfieldPlugin
package import JackfieldVocabulary

/// What the answer to a posted alert means.
package enum WebhookAnswer {
    /// Bytes of a reference; a longer one is none.
    static let longestReference = 1024

    /// The channel's own name for the message: the member `reference` of a JSON object, else `id`.
    package static func receipt(_ body: [UInt8]) -> Notifier.Receipt {
        guard let object = try? JSON(parsing: body).object else { return Notifier.Receipt() }
        let reference = [object["reference"], object["id"]].lazy.compactMap { $0?.string }.first
        guard let reference, (1...longestReference).contains(reference.utf8.count) else { return Notifier.Receipt() }
        return Notifier.Receipt(reference: reference)
    }

    /// Why a status that is not 2xx was answered, and whether trying again may help (RFC 9110, section 15).
    ///
    /// - Parameter now: seconds since 1970, to understand a `Retry-After` that names a date.
    package static func error(_ head: HTTPHead, now: Int64) -> CallError {
        let status = head.status
        func failed(_ code: CallError.Code, _ what: String, retry: Bool = false) -> CallError {
            CallError(
                code, "the webhook \(what) (HTTP \(status))", retry: retry,
                retryAfter: retry ? RetryAfter.nanoseconds(head, now: now) : nil)
        }
        return switch status {
        case 300..<400: failed(.unavailable, "redirects; url must be the final address")
        case 401: failed(.unauthenticated, "wants other credentials; see headers")
        case 403: failed(.forbidden, "does not allow this")
        case 404, 410: failed(.notFound, "is not there; see url")
        case 408: failed(.unavailable, "gave up waiting", retry: true)
        case 413: failed(.invalidArgument, "finds the alert too long")
        case 429: failed(.rateLimited, "limits the rate", retry: true)
        case 400..<500: failed(.invalidArgument, "does not take the alert")
        case 501: failed(.unsupported, "does not offer this")
        default: failed(.unavailable, "failed", retry: true)
        }
    }
}
