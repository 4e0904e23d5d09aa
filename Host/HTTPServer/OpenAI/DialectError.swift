import JackfieldJSON
package import NIOCore

/// An error as a client of `/v1` is told of it: the status, and OpenAI's envelope
/// `{"error": {"message", "type", "param", "code"}}` (API reference, "Error codes").
///
/// Everything in it is fit for the client to read; what is not fit never gets this far (`ErrorMapping`).
package struct DialectError: Error, Sendable, Hashable, CustomStringConvertible {
    package var status: Int
    /// The kind of error that clients tell apart: `invalid_request_error`, `rate_limit_error`, `upstream_error`…
    package var type: String
    /// The field of the request that is wrong: `messages[1].content`.
    package var param: String?
    package var code: String?
    package var message: String
    /// Whether the same request may succeed later; nil leaves it to the client, which then goes by the status.
    package var shouldRetry: Bool?
    /// Whole seconds to wait before that.
    package var retryAfter: Int?
    /// What was tried, beyond OpenAI's members of an error.
    package var attempts: [ClientAttempt] = []

    package init(
        status: Int, type: String, param: String? = nil, code: String? = nil, _ message: String,
        shouldRetry: Bool? = nil,
        retryAfter: Int? = nil
    ) {
        self.status = status
        self.type = type
        self.param = param
        self.code = code
        self.message = message
        self.shouldRetry = shouldRetry
        self.retryAfter = retryAfter
    }

    /// A request that is wrong in itself: status 400.
    package static func invalid(_ message: String, param: String? = nil, code: String? = nil) -> DialectError {
        DialectError(status: 400, type: "invalid_request_error", param: param, code: code, message)
    }

    package static func modelNotFound(_ name: String) -> DialectError {
        DialectError(
            status: 404, type: "invalid_request_error", param: "model", code: "model_not_found",
            "There is no model \"\(name.bounded)\"; GET /v1/models lists those that there are.")
    }

    package static func unknownPath(_ method: String, _ path: String) -> DialectError {
        DialectError(
            status: 404, type: "invalid_request_error", code: "unknown_url",
            "There is nothing at \(method.bounded) \(path.bounded).")
    }

    /// The answer needs an `allow` header with the same methods.
    package static func methodNotAllowed(_ method: String, allowed: String) -> DialectError {
        DialectError(
            status: 405, type: "invalid_request_error", code: "method_not_supported",
            "The method \(method.bounded) is not served here; use \(allowed).")
    }

    package var description: String { "\(status) \(code ?? type): \(message)" }

    /// The header fields that belong to the error, beside the content type.
    package var headers: [(name: String, value: String)] {
        var headers: [(name: String, value: String)] = []
        if let retryAfter { headers.append(("retry-after", String(retryAfter))) }
        if let shouldRetry { headers.append(("x-should-retry", shouldRetry ? "true" : "false")) }
        if !attempts.isEmpty {
            headers.append(("x-jackfield-attempts", String(attempts.count(where: \.wasAsked))))
            if let last = attempts.last { headers.append(("x-jackfield-upstream", last.upstream)) }
        }
        return headers
    }
}

extension DialectError {
    /// The whole body of an answer, `application/json`.
    package var body: [UInt8] {
        var writer = JSONWriter(capacity: 160 + message.utf8.count)
        writer.beginObject()
        writer.key("error")
        writer.beginObject()
        writer.key("message")
        writer.string(message)
        writer.key("type")
        writer.string(type)
        writer.key("param")
        writer.stringOrNull(param)
        writer.key("code")
        writer.stringOrNull(code)
        writer.attempts(attempts)
        writer.endObject()
        writer.endObject()
        return writer.bytes
    }

    /// Tell of the error in a stream that has begun: a `data:` line with a top-level `error`. Nothing may follow it.
    package func appendEvent(to buffer: inout ByteBuffer) {
        buffer.writeStaticString("data: ")
        buffer.writeBytes(body)
        buffer.writeStaticString("\n\n")
    }
}

extension JSONWriter {
    mutating func stringOrNull(_ value: String?) {
        if let value { string(value) } else { null() }
    }
}

extension String {
    /// What a client sent, cut to a length that fits into a sentence.
    var bounded: String {
        utf8.count <= 64 ? self : String(prefix(48)) + "…"
    }
}
