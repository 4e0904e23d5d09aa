import JackfieldJSON
package import JackfieldPlugin
package import JackfieldVocabulary

/// Reads the stream of a completion: pieces from the network in, events out, as many of them joined as can be.
package struct ChatStreamDecoder: CompletionStreamDecoder {
    private var parser = ServerSentEventParser()
    private var answer = ChatAnswer()
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
    /// One sign of a completed answer is enough: `[DONE]`, a finish reason for every choice, or the chunk with the
    /// usage. Without any the end is taken for a broken connection behind a proxy, not for the end of the answer.
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
            if !answer.hasAny {
                answer.failure = .rubbish("the upstream's stream holds no event of a chat completion")
            } else if answer.choices.isEmpty {
                answer.failure = .rubbish("the upstream's stream ended without an answer")
            } else if !isComplete {
                answer.failure = broken
            }
        }
        if answer.failure == nil { answer.close(promptBytes: answer.usage == nil ? promptBytes() : 0) }
        return answer.takeEvents()
    }

    /// Nothing of the answer is missing, whatever becomes of the stream.
    package var isComplete: Bool {
        answer.isDone || answer.hasFinalUsage || !answer.choices.isEmpty && answer.choices.allSatisfy(\.isStopped)
    }

    /// The stream that stopped before its end.
    package var broken: UpstreamError {
        .rubbish("the upstream's stream broke off after \(receivedBytes) bytes, before the answer was complete")
    }
}

extension ChatAnswer: ServerSentEventReader {
    mutating func receive(_ event: ServerSentEvent) {
        guard !isDone, failure == nil else { return }
        if ChatAnswer.isDone(event.data) {
            isDone = true
            return
        }
        read(event.data)
        if event.name == "error", failure == nil {
            failure = UpstreamError(inAnswer: JSONSlice(bytes: event.data, hasEscapes: false).tree ?? .null)
        }
    }

    private static func isDone(_ data: UnsafeBufferPointer<UInt8>) -> Bool {
        guard data[0] == UInt8(ascii: "["), data.count < 16 else { return false }
        return String(decoding: data, as: UTF8.self).withoutSpaceAround == "[DONE]"
    }
}
