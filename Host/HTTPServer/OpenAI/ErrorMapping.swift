package import JackfieldVocabulary
import Orchestration

/// Who failed: it decides what the client may be told, and whose fault the status says that it is.
package enum ErrorOrigin: Sendable, Hashable {
    /// The host itself, about this client's request: its sentences are made for the client.
    case host
    /// A model's provider or the server behind it. The name is one that the client may see: INSTANCE/MODEL.
    case upstream(String)
    /// Another plugin, by its instance id.
    case plugin(String)
}

/// The one table from the outcomes of calls to what clients are told, at `/v1` and at `/api`.
///
/// The sentence of a plugin or of an upstream may hold paths, addresses and pieces of answers, so it goes to the log
/// only and the client gets one from here. The exception is an upstream's `invalid_argument`: it is about what the client
/// wrote ("too many tokens"), nobody else can mend it, and the providers bound such texts and take their secrets out.
package struct ErrorMapping: Sendable, Hashable {
    package let status: Int
    /// OpenAI's `type`.
    package let type: String
    /// OpenAI's `code`.
    package let code: String?
    package let param: String?
    /// A short heading that does not depend on the occurrence (RFC 9457, `title`).
    package let title: String
    /// What the client may read.
    package let message: String
    /// What was tried, in words that the client may read.
    package let attempts: [ClientAttempt]

    /// - Parameter requestID: named where only the operator's log can tell more.
    package init(_ error: CallError, origin: ErrorOrigin, requestID: String) {
        attempts = error.attempts.map(ClientAttempt.init)
        // Several upstreams failed, each in its own way: the request as a whole is not served for now.
        let isShared = origin == .host && error.code == .unavailable && !attempts.isEmpty
        let row =
            if error == .notKept {
                // RFC 9111, 5.2.1.7.
                Row(504, "cache_error", "not_cached", "No answer is kept")
            } else if isShared {
                Row(503, "upstream_error", "upstreams_unavailable", "No upstream answered")
            } else {
                Row(error.code, isHost: origin == .host)
            }
        status = row.status
        type = row.type
        code = row.code
        param = row.param
        title = row.title
        message =
            isShared
            ? "No upstream of this model answered: \(attempts.map(\.sentence).joined(separator: "; ")). "
                + "The host's log tells more under the request id \(requestID)."
            : Self.isShown(error.code, origin) && !error.message.isEmpty
                ? error.message : Self.neutral(error.code, origin, requestID)
    }

    private static func isShown(_ code: CallError.Code, _ origin: ErrorOrigin) -> Bool {
        switch (origin, code) {
        case (.host, .invalidArgument), (.host, .notFound), (.host, .refused), (.host, .unsupported),
            (.host, .rateLimited), (.host, .exhausted), (.host, .forbidden), (.host, .unauthenticated),
            (.upstream, .invalidArgument):
            true
        default: false
        }
    }
}

extension ErrorMapping {
    private struct Row {
        var status: Int
        var type: String
        var code: String?
        var param: String?
        var title: String

        init(_ status: Int, _ type: String, _ code: String?, _ title: String, param: String? = nil) {
            self.status = status
            self.type = type
            self.code = code
            self.title = title
            self.param = param
        }

        init(_ code: CallError.Code, isHost: Bool) {
            self =
                switch (code, isHost) {
                case (.invalidArgument, _): Row(400, "invalid_request_error", nil, "The request is not valid")
                case (.unauthenticated, true):
                    Row(401, "invalid_request_error", "invalid_api_key", "The request is not authenticated")
                case (.forbidden, true): Row(403, "permission_error", "forbidden", "The request is not allowed")
                case (.notFound, true):
                    Row(
                        404, "invalid_request_error", "model_not_found", "What was asked for does not exist",
                        param: "model")
                // What the host may not or cannot ask of an upstream is a fault of the host's side, never of the client.
                case (.unauthenticated, false):
                    Row(502, "upstream_error", "upstream_unauthenticated", "An upstream failed")
                case (.forbidden, false): Row(502, "upstream_error", "upstream_forbidden", "An upstream failed")
                case (.notFound, false): Row(502, "upstream_error", "upstream_not_found", "An upstream failed")
                case (.conflict, _): Row(409, "conflict_error", "conflict", "The request conflicts with another")
                case (.rateLimited, _): Row(429, "rate_limit_error", "rate_limit_exceeded", "Too many requests")
                case (.exhausted, _): Row(429, "insufficient_quota", "insufficient_quota", "A quota is used up")
                case (.unavailable, true): Row(503, "server_error", "unavailable", "The service is not available")
                case (.unavailable, false):
                    Row(503, "upstream_error", "upstream_unavailable", "An upstream is not available")
                // What Azure's and OpenAI's clients look for.
                case (.refused, _): Row(400, "content_policy", "content_filter", "The content was refused")
                case (.deadline, _): Row(504, "timeout_error", "deadline", "The answer took too long")
                // Not in RFC 9110, but what proxies log for a client that left (nginx).
                case (.cancelled, _): Row(499, "request_cancelled", "cancelled", "The request was cancelled")
                case (.internal, _): Row(500, "server_error", "internal", "The host failed")
                case (.unsupported, true): Row(400, "invalid_request_error", "unsupported", "This is not supported")
                case (.unsupported, false):
                    Row(501, "upstream_error", "upstream_unsupported", "An upstream does not offer this")
                }
        }
    }

    private static func neutral(_ code: CallError.Code, _ origin: ErrorOrigin, _ requestID: String) -> String {
        let who =
            switch origin {
            case .host: "The host"
            case .upstream(let name): "The upstream \(name)"
            case .plugin(let id): "The plugin \(id)"
            }
        let log = "The host's log tells more under the request id \(requestID)."
        return switch (code, origin) {
        case (.cancelled, _): "The request was cancelled before its answer was complete."
        case (.deadline, .host): "The request was not answered within its deadline."
        case (.deadline, _): "\(who) did not answer within the deadline."
        case (.invalidArgument, .host): "The request is not valid."
        case (.invalidArgument, _): "\(who) did not accept the request."
        case (.unauthenticated, .host): "The request bears no credentials that this host knows."
        case (.unauthenticated, _):
            "\(who) refused the host's credentials; those of this request are not concerned. \(log)"
        case (.forbidden, .host): "The credentials of this request do not allow this."
        case (.forbidden, _): "\(who) does not allow the host to do this. \(log)"
        case (.notFound, .host): "What was asked for does not exist."
        case (.notFound, _): "\(who) does not know what the host asked it for. \(log)"
        case (.conflict, _): "The request conflicts with another one; try again."
        case (.rateLimited, .host): "There were too many requests; try again later."
        case (.rateLimited, _): "\(who) limits the rate of requests; try again later."
        case (.exhausted, .host): "A quota of this host is used up."
        case (.exhausted, _): "The quota at \(who.lowercasedFirst) is used up."
        case (.unavailable, .host): "The host cannot answer now; try again later."
        case (.unavailable, _): "\(who) could not be reached, or did not answer as it should. \(log)"
        case (.refused, .host): "The request was refused for what it contains."
        case (.refused, _): "\(who) refused the request for what it contains."
        case (.unsupported, .host): "The request asks for something that this host does not offer."
        case (.unsupported, _): "\(who) does not offer what the request asks for."
        case (.internal, .host): "The host failed. \(log)"
        case (.internal, _): "\(who) failed. \(log)"
        }
    }
}

extension String {
    fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}

extension DialectError {
    /// What a client of `/v1` is told about a call that failed.
    package init(_ error: CallError, origin: ErrorOrigin, requestID: String) {
        let mapping = ErrorMapping(error, origin: origin, requestID: requestID)
        self.init(
            status: mapping.status, type: mapping.type, param: mapping.param, code: mapping.code, mapping.message,
            shouldRetry: mapping.status >= 429 ? error.retry : nil, retryAfter: error.retryAfterSeconds)
        attempts = mapping.attempts
    }
}

extension CallError {
    /// `retryAfter` in whole seconds, rounded up, as the header field wants it (RFC 9110, 10.2.3).
    package var retryAfterSeconds: Int? {
        retryAfter.map { Int(($0 - 1) / 1_000_000_000 + 1) }
    }
}
