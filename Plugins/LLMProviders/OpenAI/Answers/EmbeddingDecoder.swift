import JackfieldJSON
package import JackfieldPlugin
package import JackfieldVocabulary

/// Reads the answer to an embedding request. Vectors come as lists of numbers or as Base64 of little-endian floats.
package enum EmbeddingDecoder {
    /// - Parameter request: what was asked, to check the count and to estimate the tokens.
    /// - Throws: `UpstreamError`, `unavailable` if the answer does not hold one vector for each text.
    package static func decode(
        _ body: [UInt8], for request: LLM.EmbeddingRequest
    ) throws(UpstreamError) -> LLM.EmbeddingResult {
        guard body.first(where: { $0 > 0x20 }) != UInt8(ascii: "<") else {
            throw .rubbish("the upstream answered with a page of HTML instead of embeddings; see base_url")
        }
        var answer = EmbeddingAnswer(count: request.input.count)
        do throws(JSONCursor.Malformed) {
            try body.withUnsafeBufferPointer { bytes throws(JSONCursor.Malformed) in try answer.read(bytes) }
        } catch {
            throw .rubbish(
                "the upstream's answer is not a list of embeddings: \(error.reason), at byte \(error.offset)")
        }
        if let error = answer.error { throw UpstreamError(inAnswer: error) }
        let vectors = answer.vectors.compactMap(\.self)
        guard vectors.count == request.input.count else {
            throw .rubbish("the upstream answered \(request.input.count) texts with \(vectors.count) embeddings")
        }
        let bytes = request.input.reduce(0) { $0 + $1.utf8.count }
        let tokens =
            answer.usage?.promptTokens ?? TokenEstimate.usage(promptBytes: bytes, completionBytes: 0).promptTokens
        return LLM.EmbeddingResult(vectors: vectors, promptTokens: tokens, model: answer.model)
    }
}

private struct EmbeddingAnswer {
    var vectors: [[Float]?]
    var usage: LLM.Usage?
    var model: String?
    var error: JSON?

    init(count: Int) { vectors = Array(repeating: nil, count: count) }

    mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) throws(JSONCursor.Malformed) {
        var cursor = JSONCursor(bytes)
        try cursor.beginObject()
        while let key = try cursor.nextKey() {
            switch key {
            case "data":
                try cursor.beginArray()
                var position = 0
                while try cursor.nextElement() {
                    try readVector(&cursor, position: position)
                    position += 1
                }
            case "model": model = try cursor.value().nonEmptyString
            case "usage":
                let value = try cursor.value()
                // There is no completion to count here.
                usage = try TokenUsage.read(value)
            case "error":
                let value = try cursor.value()
                if !value.isNull { error = JSONSlice(bytes: bytes, hasEscapes: false).tree ?? .null }
            default: _ = try cursor.value()
            }
        }
        try cursor.end()
    }

    private mutating func readVector(_ cursor: inout JSONCursor, position: Int) throws(JSONCursor.Malformed) {
        var index = position
        var embedding: JSONSlice?
        try cursor.beginObject()
        while let key = try cursor.nextKey() {
            let value = try cursor.value()
            switch key {
            case "index": index = value.unsigned.flatMap { Int(exactly: $0) } ?? position
            case "embedding": embedding = value
            default: break
            }
        }
        guard let embedding, let vector = try vector(embedding), !vector.isEmpty else {
            throw JSONCursor.Malformed(reason: "embedding \(index) is neither numbers nor Base64 of floats", offset: 0)
        }
        guard vectors.indices.contains(index), vectors[index] == nil else {
            throw JSONCursor.Malformed(reason: "an embedding has the index \(index), which no text has", offset: 0)
        }
        vectors[index] = vector
    }

    private func vector(_ slice: JSONSlice) throws(JSONCursor.Malformed) -> [Float]? {
        if let text = slice.string {
            guard let bytes = Base64.decode(text.utf8), bytes.count % 4 == 0 else { return nil }
            return bytes.withUnsafeBytes { raw in
                (0..<raw.count / 4).map {
                    Float(bitPattern: UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: $0 * 4, as: UInt32.self)))
                }
            }
        }
        guard slice.first == UInt8(ascii: "[") else { return nil }
        var vector: [Float] = []
        var cursor = JSONCursor(slice)
        try cursor.beginArray()
        while try cursor.nextElement() {
            guard let number = Float(try cursor.value().raw) else { return nil }
            vector.append(number)
        }
        return vector
    }
}
