import JackfieldJSON
package import JackfieldVocabulary
package import NIOCore

/// A request to `POST /v1/embeddings` (OpenAI API reference, "Create embeddings").
package struct EmbeddingsRequest: Sendable, Hashable {
    /// How the numbers of a vector are written.
    package enum Encoding: String, Sendable, CaseIterable {
        /// A JSON array.
        case float
        /// Base64 of IEEE 754 binary32 numbers in little-endian order.
        case base64
    }

    package var request: LLM.EmbeddingRequest
    package var encoding: Encoding

    /// OpenAI's bound on the texts of one request.
    static let inputBound = 2048

    /// - Throws: status 400 with the field that is wrong.
    package static func decode(_ body: ByteBuffer) throws(DialectError) -> EmbeddingsRequest {
        try DialectBody.lend(body) { bytes throws(DialectError) in try decode(bytes: bytes) }
    }

    package static func decode(bytes: UnsafeRawBufferPointer) throws(DialectError) -> EmbeddingsRequest {
        var decoded = EmbeddingsRequest(request: LLM.EmbeddingRequest(model: "", input: []), encoding: .float)
        var extra = ExtraFields()
        for member in try DialectBody.object(bytes).members {
            let path = FieldPath(member.key)
            switch member.key {
            case "model": decoded.request.model = try member.value.nonEmptyString(path)
            case "input": decoded.request.input = try input(member.value, path)
            case "encoding_format" where !member.value.isNull:
                let name = try member.value.string(path)
                guard let encoding = Encoding(rawValue: name) else {
                    throw .value(path, "must be 'float' or 'base64', and is '\(name.bounded)'")
                }
                decoded.encoding = encoding
            case "dimensions" where !member.value.isNull:
                decoded.request.dimensions = try member.value.integer(path, 1...UInt32.max)
            case "user" where !member.value.isNull: decoded.request.user = try member.value.string(path)
            case "encoding_format", "dimensions", "user": continue
            default: extra.append(member.key, member.value)
            }
        }
        guard !decoded.request.model.isEmpty else { throw .missing(FieldPath("model")) }
        guard !decoded.request.input.isEmpty else { throw .missing(FieldPath("input")) }
        decoded.request.extra = extra.text()
        return decoded
    }

    private static func input(_ value: JSON, _ path: FieldPath) throws(DialectError) -> [String] {
        if case .string = value { return [try value.nonEmptyString(path)] }
        guard case .array(let texts) = value else {
            throw .type(path, value, expected: "a string or an array of strings")
        }
        guard !texts.isEmpty else { throw .value(path, "must hold at least one text", code: "empty_array") }
        guard texts.count <= inputBound else {
            throw .value(
                path, "may hold at most \(inputBound) texts, and holds \(texts.count)", code: "array_above_max_length")
        }
        var input: [String] = []
        input.reserveCapacity(texts.count)
        for (index, text) in texts.enumerated() {
            switch text {
            case .number, .array:
                // Tokens are numbers of one model's vocabulary; a route may lead to another model.
                throw .value(
                    path, "holds tokens, which are not served; send the text itself as a string", code: "invalid_type")
            default: input.append(try text.nonEmptyString(path[index]))
            }
        }
        return input
    }
}

package enum EmbeddingsEncoder {
    /// The body of an answer.
    ///
    /// - Parameter model: the name that the client is told.
    package static func encode(_ result: LLM.EmbeddingResult, model: String, encoding: EmbeddingsRequest.Encoding)
        -> [UInt8]
    {
        let numbers = result.vectors.reduce(0) { $0 + $1.count }
        var writer = JSONWriter(capacity: 256 + result.vectors.count * 64 + numbers * (encoding == .float ? 14 : 6))
        writer.beginObject()
        writer.key("object")
        writer.string("list")
        writer.key("data")
        writer.beginArray()
        for (index, vector) in result.vectors.enumerated() {
            writer.beginObject()
            writer.key("object")
            writer.string("embedding")
            writer.key("index")
            writer.int(index)
            writer.key("embedding")
            write(vector, encoding, &writer)
            writer.endObject()
        }
        writer.endArray()
        writer.key("model")
        writer.string(model)
        writer.key("usage")
        writer.beginObject()
        writer.key("prompt_tokens")
        writer.int(result.promptTokens)
        writer.key("total_tokens")
        writer.int(result.promptTokens)
        writer.endObject()
        writer.endObject()
        return writer.bytes
    }

    private static func write(_ vector: [Float], _ encoding: EmbeddingsRequest.Encoding, _ writer: inout JSONWriter) {
        switch encoding {
        case .float:
            writer.beginArray()
            // The shortest digits that give the same number again. JSON has no word for what is not a number.
            for number in vector { writer.raw(number.isFinite ? number.description : "null") }
            writer.endArray()
        case .base64:
            let words = vector.map { $0.bitPattern.littleEndian }
            words.withUnsafeBytes { bytes in writer.raw("\"" + Base64Text.encode(bytes) + "\"") }
        }
    }
}
