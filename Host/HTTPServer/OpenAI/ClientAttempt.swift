import JackfieldJSON
import JackfieldVocabulary

/// One attempt at an upstream, as a client is told of it: what became of it, and never the upstream's own words, which may
/// hold addresses and pieces of answers.
package struct ClientAttempt: Sendable, Hashable {
    /// INSTANCE/MODEL
    package let upstream: String
    package let code: String
    package let sentence: String
    /// Milliseconds; 0 if the upstream was not asked.
    package let milliseconds: Int64
    /// Otherwise it was passed over, because it was not well.
    package let wasAsked: Bool

    init(_ attempt: CallError.Attempt) {
        upstream = attempt.upstream
        code = attempt.code.label
        wasAsked = attempt.duration > 0
        milliseconds = (attempt.duration + 500_000) / 1_000_000
        let what =
            switch attempt.code {
            case .cancelled: "was asked in vain"
            case .deadline: "did not answer in time"
            case .invalidArgument: "did not accept the request"
            case .unauthenticated: "refused the host's credentials"
            case .forbidden: "does not allow the host to do this"
            case .notFound: "does not know the model"
            case .conflict: "reports a conflict"
            case .rateLimited: "limits the rate of requests"
            case .exhausted: "has no quota left"
            case .unavailable where attempt.duration == 0: "is left alone for a while"
            case .unavailable: "could not be reached, or failed"
            case .refused: "refused the content"
            case .internal: "failed"
            case .unsupported: "does not offer what the request asks for"
            }
        sentence = "\(attempt.upstream) \(what)"
    }
}

extension JSONWriter {
    /// The member `attempts`, if there were any. One without `duration_ms` was none: the upstream was passed over.
    mutating func attempts(_ attempts: [ClientAttempt]) {
        if attempts.isEmpty { return }
        key("attempts")
        beginArray()
        for attempt in attempts {
            beginObject()
            key("upstream")
            string(attempt.upstream)
            key("code")
            string(attempt.code)
            key("message")
            string(attempt.sentence)
            if attempt.wasAsked {
                key("duration_ms")
                int(attempt.milliseconds)
            }
            endObject()
        }
        endArray()
    }
}
