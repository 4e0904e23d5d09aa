import JackfieldVocabulary
import Loading
import NIOHTTP1
import Telemetry

extension CallScope {
    /// The bounds of everything that is done for a request.
    ///
    /// The deadline is the listener's, or an earlier one that the client names in `x-jackfield-timeout-ms`.
    convenience init(_ request: ServerRequest, session: String? = nil) {
        var deadline = request.deadline.nanoseconds
        if let text = request.headers.first(name: "x-jackfield-timeout-ms"), let limit = Int64(text), limit > 0,
            limit < 1_000_000_000
        {
            deadline = min(deadline, request.received.nanoseconds + limit * 1_000_000)
        }
        self.init(
            executor: request.executor,
            context: CallContext(
                requestID: request.requestID, traceParent: request.headers.first(name: "traceparent"),
                tenant: CallerIdentity.key(request.headers), user: CallerIdentity.user(request.headers),
                session: session),
            deadline: deadline, isHurried: deadline < request.deadline.nanoseconds)
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
