import JackfieldJSON
package import JackfieldVocabulary

/// Writes the answers of `GET /v1/models` and `GET /v1/models/{id}` (OpenAI API reference, "Models").
package enum ModelsEncoder {
    package static func list(_ models: [LLM.Model]) -> [UInt8] {
        var writer = JSONWriter(capacity: 64 + models.count * 96)
        writer.beginObject()
        writer.key("object")
        writer.string("list")
        writer.key("data")
        writer.beginArray()
        for model in models { write(model, &writer) }
        writer.endArray()
        writer.endObject()
        return writer.bytes
    }

    package static func model(_ model: LLM.Model) -> [UInt8] {
        var writer = JSONWriter(capacity: 128)
        write(model, &writer)
        return writer.bytes
    }

    private static func write(_ model: LLM.Model, _ writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("id")
        writer.string(model.id)
        writer.key("object")
        writer.string("model")
        writer.key("created")
        writer.int(model.created)
        writer.key("owned_by")
        writer.string(model.owner)
        writer.endObject()
    }
}
