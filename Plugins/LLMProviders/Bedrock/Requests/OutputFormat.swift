import JackfieldJSON
import JackfieldVocabulary

/// The form in which an answer is wanted: `response_format` in OpenAI's dialect, `outputConfig` in Converse's (Bedrock
/// User Guide, "Get validated JSON results from models").
struct OutputFormat: Sendable {
    private let schema: JSON

    /// - Returns: nil for plain text.
    /// - Throws: `unsupported` for JSON without a schema, which Converse does not know; `invalidArgument` for what is
    ///   no format at all.
    init?(_ format: String?) throws(CallError) {
        guard let format else { return nil }
        let json = try? JSON(parsing: format)
        switch json?["type"]?.string {
        case "text"?: return nil
        case "json_object"?:
            throw CallError(
                .unsupported, "Bedrock's Converse has no response_format json_object; use json_schema, with a schema")
        case "json_schema"?:
            guard let schema = json?["json_schema"], schema["schema"]?.object != nil else {
                throw CallError(.invalidArgument, "response_format.json_schema.schema must be a JSON object")
            }
            self.schema = schema
        default:
            throw CallError(.invalidArgument, "response_format must be an object of the type text or json_schema")
        }
    }

    func write(_ writer: inout JSONWriter) {
        // The schema goes as a text, not as an object (JsonSchemaDefinition).
        var definition = JSONObject([("schema", .string(schema["schema"]?.text ?? "{}"))])
        definition["name"] = schema["name"]
        definition["description"] = schema["description"]
        writer.key("outputConfig")
        writer.write([
            "textFormat": ["type": "json_schema", "structure": ["jsonSchema": .object(definition)]]
        ])
    }
}
