import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary

/// Reads the stream of an answer (Bedrock API Reference, "ConverseStream"): pieces from the network in, events out, as
/// many of them joined as can be.
struct ConverseStreamDecoder: CompletionStreamDecoder {
    private var parser: EventStreamParser
    private var answer = ConverseAnswer()
    private var extras = ConverseExtras()
    private var usage: LLM.Usage?
    private var receivedBytes = 0
    private let limit: Int

    /// Why the stream is given up; what was returned before is good.
    private(set) var failure: UpstreamError?
    /// The model has stopped: nothing of the answer is missing, whatever becomes of the stream.
    private(set) var isComplete = false
    /// The last message has come: what follows is of no interest.
    private(set) var isDone = false

    /// - Parameter limit: bytes that the stream may have, framing included.
    init(limit: Int) {
        self.limit = limit
        parser = EventStreamParser(bound: min(limit, 16 << 20))
    }

    func result(id: String?) -> LLM.CompletionResult { extras.result(id: id) }

    /// Take a piece as the network brought it, cut anywhere. Look at `failure` and `isDone` afterwards.
    mutating func decode(_ piece: [UInt8]) -> [LLM.Event] {
        guard failure == nil, !isDone else { return [] }
        receivedBytes += piece.count
        guard receivedBytes <= limit else {
            failure = UpstreamError(
                .exhausted, "the upstream's answer is longer than \(limit) bytes; see max_answer_bytes")
            return []
        }
        parser.append(piece)
        do throws(UpstreamError) {
            while !isDone, let message = try next() { try read(message) }
        } catch {
            failure = error
        }
        return answer.takeEvents()
    }

    /// The stream has ended without an error of the network. Look at `failure` afterwards.
    ///
    /// - Parameter promptBytes: bytes of text in the request, for an estimate where the upstream counts no tokens.
    mutating func finish(promptBytes: @autoclosure () -> Int) -> [LLM.Event] {
        guard failure == nil else { return [] }
        guard isComplete else {
            failure = broken
            return []
        }
        return [
            .usage(usage ?? TokenEstimate.usage(promptBytes: promptBytes(), completionBytes: answer.writtenBytes))
        ]
    }

    /// The stream that stopped before its end.
    var broken: UpstreamError {
        receivedBytes == 0
            ? .rubbish("the upstream's stream ended without an answer")
            : .rubbish("the upstream's stream broke off after \(receivedBytes) bytes, before the answer was complete")
    }

    private mutating func next() throws(UpstreamError) -> EventStreamMessage? {
        do throws(EventStreamFault) {
            return try parser.next()
        } catch {
            throw .rubbish("a message of the upstream's stream \(error.reason)")
        }
    }

    private mutating func read(_ message: EventStreamMessage) throws(UpstreamError) {
        switch message.text(":message-type") {
        case "event"?, nil: break
        case "exception"?, "error"?: throw UpstreamError(inStream: message)
        // A kind of message that is yet to come.
        default: return
        }
        let type = message.text(":event-type") ?? ""
        switch type {
        case "contentBlockStart", "contentBlockDelta", "contentBlockStop", "messageStop", "metadata": break
        // messageStart tells the role, which is always the same; the others are yet to come.
        default: return
        }
        let json: JSON
        do {
            json = try JSON(parsing: message.payload)
        } catch {
            throw .rubbish("a message \(type) of the upstream's stream is not JSON: \(error)")
        }
        let index = json["contentBlockIndex"]?.int ?? 0
        switch type {
        case "contentBlockStart": try answer.start(index, json["start"])
        case "contentBlockDelta": try answer.delta(index, json["delta"])
        case "contentBlockStop": answer.stop(index)
        case "messageStop":
            extras.read(json)
            try answer.end(json["stopReason"]?.string)
            isComplete = true
        default:
            extras.read(json)
            usage = ConverseUsage.read(json["usage"]) ?? usage
            isDone = isComplete
        }
    }
}
