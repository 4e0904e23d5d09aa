import JackfieldJSON
package import JackfieldPlugin
package import JackfieldVocabulary

/// Reads the stream of a completion, a JSON object in each line: pieces from the network in, events out, as many of
/// them joined as can be.
package struct ChatStreamDecoder: CompletionStreamDecoder {
    private var answer: ChatAnswer
    private var lines = LineSplitter()
    private var receivedBytes = 0
    private let limit: Int

    /// - Parameters:
    ///   - request: what is answered.
    ///   - limit: bytes that the stream may have, framing included.
    ///   - makeID: gives ids for calls of tools that come without one, a new one each time.
    package init(
        for request: LLM.CompletionRequest, limit: Int, makeID: @escaping () -> String = CallID.random
    ) {
        answer = ChatAnswer(ChatAnswer.Expectations(request), makeID: makeID)
        self.limit = limit
    }

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
        lines.split(piece) { line in answer.read(line: line) }
        return answer.takeEvents()
    }

    /// The stream has ended without an error of the network. Look at `failure` afterwards.
    ///
    /// Only an object with `"done": true` completes an answer. Without it the end is taken for a broken connection.
    /// - Parameter promptBytes: not needed: what was asked is known since the beginning.
    package mutating func finish(promptBytes: @autoclosure () -> Int = 0) -> [LLM.Event] {
        if answer.failure == nil, !answer.isDone {
            // A last line may come without its end; one that was cut off tells nothing.
            let rest = lines.takeRest()
            if let json = try? JSON(parsing: rest) { answer.read(json) }
        }
        if answer.failure == nil, !answer.isDone {
            answer.failure =
                answer.hasAny
                ? broken : .rubbish("the upstream's stream ended without anything of a chat; see base_url")
        }
        if answer.failure == nil { answer.close() }
        return answer.takeEvents()
    }

    package var isComplete: Bool { answer.isDone }

    /// The stream that stopped before its end.
    package var broken: UpstreamError {
        .rubbish("the upstream's stream broke off after \(receivedBytes) bytes, before the answer was complete")
    }
}

extension ChatAnswer {
    mutating func read(line: UnsafeRawBufferPointer) {
        guard failure == nil, !isDone, let first = line.first(where: { $0 > 0x20 }) else { return }
        do throws(JSONError) {
            read(try JSON(parsing: line))
        } catch {
            failure = .rubbish(
                first == UInt8(ascii: "<")
                    ? "the upstream answered with a page of HTML instead of a chat; see base_url"
                    : "a line of the upstream's stream is not JSON: \(error.reason), at byte \(error.offset)")
        }
    }
}

extension ChatAnswer.Expectations {
    init(_ request: LLM.CompletionRequest) {
        self.init(
            model: request.model, promptBytes: request.textBytes, oneCall: request.parallelToolCalls == false,
            hasMessages: !request.messages.isEmpty, hasUserMessage: request.messages.contains { $0.role == "user" })
    }
}
