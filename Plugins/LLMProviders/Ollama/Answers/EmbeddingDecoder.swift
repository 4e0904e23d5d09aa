import JackfieldJSON
package import JackfieldPlugin
package import JackfieldVocabulary

/// Reads the answer of `/api/embed`.
package enum EmbeddingDecoder {
    /// - Parameter request: what was asked, to check the count and to estimate the tokens.
    /// - Throws: `UpstreamError`, `unavailable` if the answer does not hold one vector for each text.
    package static func decode(
        _ body: [UInt8], for request: LLM.EmbeddingRequest
    ) throws(UpstreamError) -> LLM.EmbeddingResult {
        var answer = Answer()
        do throws(JSONCursor.Malformed) {
            try body.withUnsafeBufferPointer { bytes throws(JSONCursor.Malformed) in try answer.read(bytes) }
        } catch {
            throw .rubbish(
                "the upstream's answer is not one of /api/embed: \(error.reason), at byte \(error.offset); see base_url"
            )
        }
        if let error = answer.error { throw UpstreamError(inAnswer: error, model: request.model) }
        guard answer.vectors.count == request.input.count else {
            throw .rubbish(
                "the upstream answered \(request.input.count) texts with \(answer.vectors.count) embeddings")
        }
        let bytes = request.input.reduce(0) { $0 + $1.utf8.count }
        let estimate = TokenEstimate.usage(promptBytes: bytes, completionBytes: 0).promptTokens
        return LLM.EmbeddingResult(
            vectors: answer.vectors, promptTokens: answer.promptTokens ?? estimate, model: answer.model)
    }

    private struct Answer {
        var vectors: [[Float]] = []
        var promptTokens: UInt64?
        var model: String?
        var error: JSON?

        mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) throws(JSONCursor.Malformed) {
            var cursor = JSONCursor(bytes)
            try cursor.beginObject()
            while let key = try cursor.nextKey() {
                let value = try cursor.value()
                switch key {
                case "embeddings": try readVectors(value)
                case "model": model = value.nonEmptyString
                case "prompt_eval_count": promptTokens = value.unsigned
                case "error": if !value.isNull { error = JSONSlice(bytes: bytes, hasEscapes: false).tree ?? .null }
                default: break
                }
            }
            try cursor.end()
        }

        private mutating func readVectors(_ slice: JSONSlice) throws(JSONCursor.Malformed) {
            if slice.isNull { return }
            var cursor = JSONCursor(slice)
            try cursor.beginArray()
            while try cursor.nextElement() {
                var vector: [Float] = []
                var numbers = JSONCursor(try cursor.value())
                try numbers.beginArray()
                while try numbers.nextElement() {
                    guard let number = Float(try numbers.value().raw) else {
                        throw JSONCursor.Malformed(reason: "an embedding holds something that is no number", offset: 0)
                    }
                    vector.append(number)
                }
                guard !vector.isEmpty else {
                    throw JSONCursor.Malformed(reason: "an embedding holds no numbers", offset: 0)
                }
                vectors.append(vector)
            }
        }
    }
}
