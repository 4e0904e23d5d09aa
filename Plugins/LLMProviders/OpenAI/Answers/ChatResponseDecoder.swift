package import JackfieldPlugin
package import JackfieldVocabulary

/// Reads the whole answer to a request that was not streamed.
package enum ChatResponseDecoder {
    /// - Parameter promptBytes: bytes of text in the request, for an estimate where the upstream counts no tokens.
    /// - Throws: `UpstreamError`, `unavailable` for anything that is not a chat completion.
    package static func decode(
        _ body: [UInt8], promptBytes: @autoclosure () -> Int
    ) throws(UpstreamError) -> (events: [LLM.Event], result: LLM.CompletionResult) {
        var answer = ChatAnswer()
        if let first = body.first(where: { $0 > 0x20 }) {
            if first == UInt8(ascii: "<") {
                throw .rubbish("the upstream answered with a page of HTML instead of a chat completion; see base_url")
            }
        } else {
            throw .rubbish("the upstream's answer is empty")
        }
        body.withUnsafeBufferPointer { answer.read($0) }
        if let failure = answer.failure { throw failure }
        guard !answer.choices.isEmpty else { throw .rubbish("the upstream's answer holds no choice") }
        answer.close(promptBytes: answer.usage == nil ? promptBytes() : 0)
        return (answer.takeEvents(), answer.result)
    }
}
