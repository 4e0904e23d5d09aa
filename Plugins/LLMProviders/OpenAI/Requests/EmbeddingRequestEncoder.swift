import JackfieldJSON
import JackfieldPlugin
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
        try writer.members(ofExtra: request.extra, of: "the request") { key in
            switch key {
            case "model", "input", "encoding_format": true
            case "dimensions": request.dimensions != nil
            case "user": request.user != nil
            default: false
            }
        }
        writer.endObject()
        return writer.bytes
    }
}
