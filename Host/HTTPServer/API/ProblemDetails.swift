import JackfieldJSON
package import JackfieldVocabulary

/// An error as a client of `/api` is told of it (RFC 9457), `application/problem+json`.
///
/// Everything in it is fit for the client to read (`ErrorMapping`).
package struct ProblemDetails: Error, Sendable, Hashable, CustomStringConvertible {
    /// One field that is wrong.
    package struct FieldError: Sendable, Hashable {
        /// `agents[0]`; empty for the body as a whole.
        package var path: String
        package var message: String

        package init(path: String, message: String) {
            self.path = path
            self.message = message
        }
    }

    package static let contentType = "application/problem+json"

    /// The kind of problem in a fixed short form: `not_found`. The type is `urn:jackfield:problem:` and this.
    package var label: String
    package var title: String
    package var status: Int
    package var detail: String
    /// All fields that are wrong, where the request is.
    package var errors: [FieldError]
    /// Whether the same request may succeed later; nil leaves it to the client.
    package var shouldRetry: Bool?
    /// Whole seconds to wait before that.
    package var retryAfter: Int?
    /// What was tried, where models were asked.
    package var attempts: [ClientAttempt] = []

    package init(
        label: String, title: String, status: Int, detail: String, errors: [FieldError] = [], shouldRetry: Bool? = nil,
        retryAfter: Int? = nil
    ) {
        self.label = label
        self.title = title
        self.status = status
        self.detail = detail
        self.errors = errors
        self.shouldRetry = shouldRetry
        self.retryAfter = retryAfter
    }

    /// What a client of `/api` is told about a call that failed.
    package init(_ error: CallError, origin: ErrorOrigin, requestID: String) {
        let mapping = ErrorMapping(error, origin: origin, requestID: requestID)
        self.init(
            label: error.code.label, title: mapping.title, status: mapping.status, detail: mapping.message,
            shouldRetry: mapping.status >= 429 ? error.retry : nil, retryAfter: error.retryAfterSeconds)
        attempts = mapping.attempts
    }

    /// A body that is wrong, in all the ways in which it is.
    package static func invalid(_ errors: [FieldError]) -> ProblemDetails {
        ProblemDetails(
            label: "invalid_argument", title: "The request is not valid", status: 400,
            detail: errors.map(\.message).joined(separator: " "), errors: errors)
    }

    package static func unknownPath(_ method: String, _ path: String) -> ProblemDetails {
        ProblemDetails(
            label: "not_found", title: "What was asked for does not exist", status: 404,
            detail: "There is nothing at \(method.bounded) \(path.bounded).")
    }

    /// The answer needs an `allow` header with the same methods.
    package static func methodNotAllowed(_ method: String, allowed: String) -> ProblemDetails {
        ProblemDetails(
            label: "method_not_allowed", title: "The method is not served here", status: 405,
            detail: "The method \(method.bounded) is not served here; use \(allowed).")
    }

    package var description: String { "\(status) \(label): \(detail)" }

    /// The header fields that belong to the error, beside the content type.
    package var headers: [(name: String, value: String)] {
        var headers: [(name: String, value: String)] = []
        if let retryAfter { headers.append(("retry-after", String(retryAfter))) }
        if let shouldRetry { headers.append(("x-should-retry", shouldRetry ? "true" : "false")) }
        return headers
    }

    /// The whole body of an answer.
    ///
    /// - Parameter requestID: names this occurrence, as `instance`.
    package func body(requestID: String) -> [UInt8] {
        var writer = JSONWriter(capacity: 256 + detail.utf8.count)
        writer.beginObject()
        writer.key("type")
        writer.string("urn:jackfield:problem:\(label)")
        writer.key("title")
        writer.string(title)
        writer.key("status")
        writer.int(status)
        writer.key("detail")
        writer.string(detail)
        writer.key("instance")
        writer.string(requestID)
        if !errors.isEmpty {
            writer.key("errors")
            writer.beginArray()
            for error in errors {
                writer.beginObject()
                writer.key("path")
                writer.string(error.path)
                writer.key("message")
                writer.string(error.message)
                writer.endObject()
            }
            writer.endArray()
        }
        writer.attempts(attempts)
        writer.endObject()
        return writer.bytes
    }
}
