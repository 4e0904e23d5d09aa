import JackfieldVocabulary
import Loading
import NIOHTTP1
import Telemetry

extension CallScope {
    /// The bounds of everything that is done for a request.
    convenience init(_ request: ServerRequest, session: String? = nil) {
        self.init(
            executor: request.executor,
            context: CallContext(
                requestID: request.requestID, traceParent: request.headers.first(name: "traceparent"), session: session),
            deadline: request.deadline.nanoseconds)
    }
}

extension CallError {
    /// The INSTANCE/MODEL that failed, if one did.
    var upstream: String? { if case .upstream(let name) = source { name } else { nil } }
}

extension ServerRequest {
    /// A call that was cancelled because of the request itself ended for the request's reason.
    func reason(for error: CallError) -> CallError {
        guard error.code == .cancelled, let reason = cancellationReason else { return error }
        switch reason {
        case .clientGone: return error
        case .deadline: return CallError(.deadline, "the request's deadline passed", retry: true)
        case .shutdown: return CallError(.unavailable, "the host is shutting down", retry: true)
        }
    }
}
