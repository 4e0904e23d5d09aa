package import JackfieldPlugin
package import JackfieldVocabulary

/// Reads the stream of a message: pieces from the network in, events out, as many of them joined as can be.
package struct MessageStreamDecoder: CompletionStreamDecoder {
    private var parser = ServerSentEventParser()
    private var answer = MessageAnswer()
    private var receivedBytes = 0
    private let limit: Int

    /// - Parameter limit: bytes that the stream may have, framing included.
    package init(limit: Int) { self.limit = limit }

    /// Why the stream is given up; what was returned before is good.
    package var failure: UpstreamError? { answer.failure }
    /// The upstream said that it is done: what follows is of no interest.
    package var isDone: Bool { answer.isDone }
    /// How the completion came to be; complete after `finish`.
    package var result: LLM.CompletionResult { answer.result }

    /// Take a piece as the network brought it, cut anywhere. Look at `failure` and `isDone` afterwards.
    package mutating func decode(_ piece: [UInt8]) -> [LLM.Event] {
        guard answer.failure == nil, !answer.isDone else { return [] }
        receivedBytes += piece.count
        guard receivedBytes <= limit else {
            answer.failure = UpstreamError(
                .exhausted, "the upstream's answer is longer than \(limit) bytes; see max_answer_bytes")
            return []
        }
        piece.withUnsafeBufferPointer { parser.parse($0, into: &answer) }
        return answer.takeEvents()
    }

    /// The stream has ended without an error of the network. Look at `failure` afterwards.
    ///
    /// One sign of a completed answer is enough: `message_stop`, or a reason why the model stopped. Without either
    /// the end is taken for a broken connection behind a proxy, not for the end of the answer.
    ///
    /// - Parameter promptBytes: bytes of text in the request, for an estimate where the upstream counts no tokens.
    package mutating func finish(promptBytes: @autoclosure () -> Int) -> [LLM.Event] {
        let wasMalformed = answer.isMalformed
        parser.finish(into: &answer)
        if answer.isMalformed, !wasMalformed {
            // The last event was cut off; what it would have said is only missed if the answer was not complete.
            answer.failure = isComplete ? nil : broken
        }
        if answer.failure == nil {
            if !answer.hasBegun {
                answer.failure = .rubbish("the upstream's stream holds no event of the Messages API")
            } else if !isComplete {
                answer.failure = broken
            }
        }
        if answer.failure == nil { answer.close(promptBytes: promptBytes()) }
        return answer.takeEvents()
    }

    /// Nothing of the answer is missing, whatever becomes of the stream.
    package var isComplete: Bool { answer.isDone || answer.stopReason != nil }

    /// The stream that stopped before its end.
    package var broken: UpstreamError {
        .rubbish("the upstream's stream broke off after \(receivedBytes) bytes, before the answer was complete")
    }
}
