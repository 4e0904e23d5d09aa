import JackfieldJSON
package import JackfieldPlugin
package import JackfieldVocabulary

/// Reads the whole answer to a request that was not streamed.
package enum ChatResponseDecoder {
    /// - Throws: `UpstreamError`, `unavailable` for anything that is not an answer of `/api/chat`.
    package static func decode(
        _ body: [UInt8], for request: LLM.CompletionRequest, makeID: @escaping () -> String = CallID.random
    ) throws(UpstreamError) -> (events: [LLM.Event], result: LLM.CompletionResult) {
        guard let first = body.first(where: { $0 > 0x20 }) else { throw .rubbish("the upstream's answer is empty") }
        guard first != UInt8(ascii: "<") else {
            throw .rubbish("the upstream answered with a page of HTML instead of a chat; see base_url")
        }
        var answer = ChatAnswer(ChatAnswer.Expectations(request), makeID: makeID)
        do throws(JSONError) {
            answer.read(try JSON(parsing: body))
        } catch {
            throw .rubbish("the upstream's answer is not JSON: \(error.reason), at byte \(error.offset)")
        }
        if answer.failure == nil, !answer.hasAny {
            throw .rubbish("the upstream's answer is not one of /api/chat: it has no member \"message\"; see base_url")
        }
        if answer.failure == nil, !answer.isDone {
            throw .rubbish("the upstream's answer is not complete: it does not say \"done\": true")
        }
        if answer.failure == nil { answer.close() }
        if let failure = answer.failure { throw failure }
        return (answer.takeEvents(), answer.result)
    }
}
