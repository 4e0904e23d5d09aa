import JackfieldJSON
package import JackfieldVocabulary

/// Writes an embedding request in OpenAI's dialect (API reference, "Create embeddings").
package struct EmbeddingRequestEncoder: Sendable {
    let encoding: OpenAIConfig.EmbeddingEncoding

    package init(_ config: OpenAIConfig) { encoding = config.embeddingEncoding }

    /// The body of `POST /embeddings`.
    package func encode(_ request: LLM.EmbeddingRequest) throws(CallError) -> [UInt8] {
        var writer = JSONWriter(capacity: 256 + request.input.reduce(0) { $0 + $1.utf8.count + 3 })
        writer.beginObject()
        writer.key("model")
        writer.string(request.model)
        writer.key("input")
        writer.beginArray()
        for text in request.input { writer.string(text) }
        writer.endArray()
        if encoding != .none {
            writer.key("encoding_format")
            writer.string(encoding.rawValue)
        }
        if let dimensions = request.dimensions {
            writer.key("dimensions")
            writer.int(dimensions)
        }
        if let user = request.user {
            writer.key("user")
            writer.string(user)
        }
        if let extra = request.extra {
            let taken =
                ["model", "input", "encoding_format"] + (request.dimensions == nil ? [] : ["dimensions"])
                + (request.user == nil ? [] : ["user"])
            for member in try JSONObject(extra: extra, of: "the request").members where !taken.contains(member.key) {
                writer.key(member.key)
                writer.write(member.value)
            }
        }
        writer.endObject()
        return writer.bytes
    }
}
