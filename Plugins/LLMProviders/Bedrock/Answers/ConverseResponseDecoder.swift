import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary

/// Reads an answer that came in one piece (Bedrock API Reference, "Converse").
enum ConverseResponseDecoder {
    /// - Parameters:
    ///   - id: Amazon's id of the request.
    ///   - promptBytes: bytes of text in the request, for an estimate where the upstream counts no tokens.
    /// - Throws: `unavailable` for anything that is no answer of Converse.
    static func decode(
        _ body: [UInt8], id: String?, promptBytes: @autoclosure () -> Int
    ) throws(UpstreamError) -> ([LLM.Event], LLM.CompletionResult) {
        let json: JSON
        do {
            json = try JSON(parsing: body)
        } catch {
            throw .rubbish("the upstream's answer is not JSON: \(error), of \(body.count)")
        }
        guard let content = json["output"]?["message"]?["content"]?.array else {
            throw .rubbish("the upstream's answer is JSON, but no answer of Converse: it has no output.message.content")
        }
        var answer = ConverseAnswer()
        for (index, block) in content.enumerated() { try answer.block(index, block) }
        try answer.end(json["stopReason"]?.string)
        var events = answer.takeEvents()
        events.append(
            .usage(
                ConverseUsage.read(json["usage"])
                    ?? TokenEstimate.usage(promptBytes: promptBytes(), completionBytes: answer.writtenBytes)))
        var rest = ConverseExtras()
        rest.read(json)
        return (events, rest.result(id: id))
    }
}
