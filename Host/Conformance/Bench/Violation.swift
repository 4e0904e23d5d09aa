/// A breach of the ABI that the bench saw while a check was about something else. Each kind is judged by one check, so
/// that a fault is reported once.
package struct Violation: Sendable, Hashable {
    package enum Kind: Sendable, Hashable {
        /// A call name that the host never gave.
        case unknownCall
        case emitAfterFinish, finishTwice
        /// `start` answered a reason, and then the call was used.
        case refusedCallUsed
        case unknownEvent, malformedEvent, largeEvent
        case malformedEnd, malformedResult, unknownCode, badMessage, badRetry
        /// Two functions for one call at the same time.
        case overlap
        case callInCreate
        /// Of services; and of the host's own calls.
        case callAfterClose, answerAfterClose
        case undeclaredService, unknownServiceMethod, malformedRequest, badCallName, unknownParent, malformedStart
    }

    package var kind: Kind
    package var sentence: String
}
