import JackfieldJSON
package import JackfieldPlugin
package import JackfieldVocabulary

/// Reads the whole answer to a request that was not streamed.
package enum MessageResponseDecoder {
    /// - Parameter promptBytes: bytes of text in the request, for an estimate where the upstream counts no tokens.
    /// - Throws: `UpstreamError`, `unavailable` for anything that is not a message.
    package static func decode(
        _ body: [UInt8], promptBytes: @autoclosure () -> Int
    ) throws(UpstreamError) -> (events: [LLM.Event], result: LLM.CompletionResult) {
        guard let first = body.first(where: { $0 > 0x20 }) else {
            throw .rubbish("the upstream's answer is empty")
        }
        if first == UInt8(ascii: "<") {
            throw .rubbish("the upstream answered with a page of HTML instead of a message; see base_url")
        }
        var answer = MessageAnswer()
        body.withUnsafeBufferPointer { bytes in
            answer.read(bytes) { answer, json throws(JSONCursor.Malformed) in try walk(&answer, json) }
        }
        if let failure = answer.failure { throw failure }
        guard answer.hasBegun else {
            throw .rubbish("the upstream's answer holds no content; it must be one of the Messages API, see base_url")
        }
        answer.close(promptBytes: promptBytes())
        return (answer.takeEvents(), answer.result)
    }

    private static func walk(
        _ answer: inout MessageAnswer, _ json: UnsafeBufferPointer<UInt8>
    ) throws(JSONCursor.Malformed) {
        var cursor = JSONCursor(json)
        let message = try cursor.value()
        try cursor.end()
        var isError = false
        var members = JSONCursor(message)
        try members.beginObject()
        while let key = try members.nextKey() {
            let value = try members.value()
            switch key {
            case "type": if case "error" = value { isError = true }
            case "error": if !value.isNull { isError = true }
            default: break
            }
        }
        if isError {
            answer.failure = UpstreamError(inAnswer: message.tree ?? .null)
        } else {
            try answer.readMessage(message)
        }
    }
}
