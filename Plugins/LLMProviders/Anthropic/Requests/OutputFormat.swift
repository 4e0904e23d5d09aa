import JackfieldJSON
import JackfieldVocabulary

/// How `response_format` is said to Anthropic.
enum OutputFormat {
    /// `output_config.format` (Anthropic documentation, "Structured outputs").
    case schema(JSON)
    /// There is no format for any JSON object whatever: the system prompt asks for it.
    case instruction(String)

    private static let anyObject =
        "Answer with a single JSON object and nothing else: no words around it and no code fence."

    /// Nil where there is nothing to say: plain text.
    ///
    /// - Throws: `invalidArgument` for what is no format, `unsupported` for one that Anthropic does not have.
    init?(_ text: String?) throws(CallError) {
        guard let text else { return nil }
        guard case .object(let format)? = try? JSON(parsing: text), let type = format["type"]?.string else {
            throw CallError(.invalidArgument, "response_format must be a JSON object with a \"type\"")
        }
        switch type {
        case "text": return nil
        case "json_object": self = .instruction(OutputFormat.anyObject)
        case "json_schema":
            guard let schema = format["json_schema"]?["schema"] ?? format["schema"], schema.object != nil else {
                throw CallError(
                    .invalidArgument, "response_format must hold the schema, an object, in \"json_schema.schema\"")
            }
            self = .schema(["type": "json_schema", "schema": schema])
        default:
            throw CallError(
                .unsupported,
                "response_format is of the type \"\(type.prefix(64))\"; Anthropic's models have text, json_object and "
                    + "json_schema")
        }
    }
}
