package import NIOCore

/// Why the engine itself answers a request, in place of the application.
package struct RequestFault: Error, Sendable, Equatable, CustomStringConvertible {
    /// The closed list of reasons. The raw value is the fixed short form for metric labels.
    package enum Code: String, Sendable, CaseIterable {
        /// What the client sent is not HTTP/1.1 (RFC 9112), or is HTTP that can be read in two ways.
        case malformed
        /// The header section passed `ListenerSettings.maxHeaderBytes` or `maxHeaderCount`.
        case headersTooLarge = "headers_too_large"
        /// The request target passed `ListenerSettings.maxTargetBytes`.
        case targetTooLong = "target_too_long"
        /// The body passed `ListenerSettings.maxBodyBytes`.
        case bodyTooLarge = "body_too_large"
        /// The header section was not complete within `ListenerSettings.headerTimeout`.
        case headerTimeout = "header_timeout"
        /// The body was not complete within `ListenerSettings.bodyTimeout`.
        case bodyTimeout = "body_timeout"
        /// `expect` asks for something other than `100-continue`.
        case expectationFailed = "expectation_failed"
        /// The method or the transfer coding is one that this server does not implement.
        case notImplemented = "not_implemented"
        /// The protocol version is not 1.0 or 1.1.
        case unsupportedVersion = "unsupported_version"
        /// The request's deadline passed and the application did not say so itself.
        case deadline
        /// The host shuts down and the application did not say so itself.
        case shuttingDown = "shutting_down"
        /// The application returned without an answer: a defect of the host.
        case unanswered
    }

    package let code: Code
    /// What was wrong and what would be right, for the client to read. Holds nothing of the request but lengths.
    package let sentence: String

    package init(_ code: Code, _ sentence: String) {
        self.code = code
        self.sentence = sentence
    }

    /// The HTTP status (RFC 9110, RFC 6585).
    package var status: Int {
        switch code {
        case .malformed: 400
        case .headersTooLarge: 431
        case .targetTooLong: 414
        case .bodyTooLarge: 413
        case .headerTimeout, .bodyTimeout: 408
        case .expectationFailed: 417
        case .notImplemented: 501
        case .unsupportedVersion: 505
        case .deadline: 504
        case .shuttingDown: 503
        case .unanswered: 500
        }
    }

    static func body(_ limit: Int) -> RequestFault {
        RequestFault(
            .bodyTooLarge, "The request body is larger than \(limit) bytes, which is the limit of this server.")
    }

    package var description: String { "\(code.rawValue): \(sentence)" }
}

/// Words a fault in the dialect of the path that was asked for.
///
/// - Parameters: the fault; the request's path, or nil where the request line could not be read; the request's id.
/// - Returns: the content type and the whole body. Called on any event loop; must not wait.
package typealias FaultRenderer =
    @Sendable (RequestFault, _ path: String?, _ requestID: String) -> (
        contentType: String, body: ByteBuffer
    )
