package import NIOCore

/// Words what the engine refuses in the dialect of the path that was asked for: OpenAI's at `/v1`, problem details
/// elsewhere. To be used as the engine's `FaultRenderer`.
package enum FaultRendering {
    package static func render(
        _ fault: RequestFault, path: String?, requestID: String
    ) -> (contentType: String, body: ByteBuffer) {
        if let path, path == "/v1" || path.hasPrefix("/v1/") {
            return ("application/json", ByteBuffer(bytes: DialectError(fault).body))
        }
        return (ProblemDetails.contentType, ByteBuffer(bytes: ProblemDetails(fault).body(requestID: requestID)))
    }
}

extension DialectError {
    package init(_ fault: RequestFault) {
        let type =
            switch fault.code {
            case .unanswered, .shuttingDown: "server_error"
            case .deadline: "timeout_error"
            default: "invalid_request_error"
            }
        self.init(status: fault.status, type: type, code: fault.code.rawValue, fault.sentence)
    }
}

extension ProblemDetails {
    package init(_ fault: RequestFault) {
        let title =
            switch fault.code {
            case .malformed: "The request is not HTTP"
            case .headersTooLarge, .targetTooLong, .bodyTooLarge: "The request is too large"
            case .headerTimeout, .bodyTimeout: "The request took too long"
            case .expectationFailed, .notImplemented, .unsupportedVersion: "This is not supported"
            case .deadline: "The answer took too long"
            case .shuttingDown: "The service is not available"
            case .unanswered: "The host failed"
            }
        self.init(label: fault.code.rawValue, title: title, status: fault.status, detail: fault.sentence)
    }
}
