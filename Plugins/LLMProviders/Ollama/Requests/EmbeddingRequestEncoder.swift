import JackfieldJSON
import JackfieldPlugin
package import JackfieldVocabulary

/// Writes a request for `POST /api/embed` (docs.ollama.com/api/embed).
package struct EmbeddingRequestEncoder: Sendable {
    let keepAlive: JSON?
    let options: JSONObject

    package init(_ config: OllamaConfig) {
        keepAlive = config.keepAlive
        options = config.options
    }

    /// - Throws: `invalidArgument` if the extra fields, or the options among them, are no object.
    package func encode(_ request: LLM.EmbeddingRequest) throws(CallError) -> [UInt8] {
        let extra = try request.extra.map { text throws(CallError) in try JSONObject(extra: text, of: "the request") }
        let fields = RequestExtra(extra ?? JSONObject())
        var writer = JSONWriter(capacity: 256 + request.input.reduce(0) { $0 + $1.utf8.count } * 9 / 8)
        writer.beginObject()
        writer.key("model")
        writer.string(request.model)
        writer.key("input")
        writer.beginArray()
        for text in request.input { writer.string(text) }
        writer.endArray()
        if let dimensions = request.dimensions {
            writer.key("dimensions")
            writer.int(dimensions)
        }
        if let keepAlive = fields.keepAlive ?? keepAlive {
            writer.key("keep_alive")
            writer.write(keepAlive)
        }
        var options = options
        options.set(try fields.options())
        if !options.isEmpty {
            writer.key("options")
            writer.write(.object(options))
        }
        for member in fields.rest where member.key != "input" && member.key != "dimensions" {
            writer.key(member.key)
            writer.write(member.value)
        }
        writer.endObject()
        return writer.bytes
    }
}
