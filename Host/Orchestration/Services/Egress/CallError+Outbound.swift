import JackfieldVocabulary
import Outbound

extension CallError {
    /// What went wrong on the way to an upstream, in the terms of the ABI.
    init(_ error: OutboundError) {
        let code: Code =
            switch error.code {
            case .cancelled: .cancelled
            case .deadline: .deadline
            case .invalidRequest: .invalidArgument
            case .forbidden: .forbidden
            case .tooLarge: .exhausted
            case .unresolved, .refusedConnection, .unreachable, .connectTimeout, .tls, .reset, .protocolViolation,
                .overloaded, .shutdown:
                .unavailable
            }
        // What surely never reached the upstream may be tried again, and so may what was cut off before an answer.
        let mayRetry =
            switch error.code {
            case .refusedConnection, .unreachable, .connectTimeout, .reset, .overloaded, .unresolved: true
            default: false
            }
        self.init(code, error.sentence, retry: mayRetry)
    }
}
