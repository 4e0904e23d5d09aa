package import JackfieldJSON
import JackfieldPlugin
package import JackfieldVocabulary

/// What the operator writes for an instance of llm/bedrock (config.schema.json).
package struct BedrockConfig: Sendable {
    var credentials = CredentialSettings()
    var endpoint = Endpoint()
    /// Applied to every request; a client cannot choose another one.
    var guardrail: Guardrail?
    /// Send the reasoning of earlier answers back also where it has no signature.
    var sendsReasoning = false
    /// Send a client's `temperature`, `top_p` and `top_k`, which newer models of Anthropic refuse.
    var sendsSampling = true
    /// What texts are embedded for, where the model wants to know and the request does not say.
    var embeddingInputType = "search_document"
    /// Bytes of one answer, framing included.
    var maxAnswerBytes = 32 << 20

    struct Guardrail: Sendable, Equatable {
        var id: String
        var version: String
    }

    package init() {}

    /// - Throws: `invalidArgument` with the key that is wrong, and never with its value where that is a secret.
    package init(_ config: JSON) throws(CallError) {
        let reader = ConfigReader(config: config)
        let example = "https://bedrock-runtime.us-east-1.amazonaws.com"
        if let url = try reader.nonEmpty("base_url") { endpoint.runtime = try BaseURL(url, example: example) }
        if let url = try reader.nonEmpty("control_url") {
            endpoint.control = try BaseURL(url, example: "https://bedrock.us-east-1.amazonaws.com")
        }
        credentials = try CredentialSettings(reader)
        let version = try reader.nonEmpty("guardrail_version")
        if let id = try reader.nonEmpty("guardrail_id") {
            guardrail = Guardrail(id: id, version: version ?? "DRAFT")
        } else if version != nil {
            throw .config("guardrail_version needs guardrail_id beside it")
        }
        sendsReasoning = try reader.bool("send_reasoning") ?? false
        sendsSampling = try reader.bool("send_sampling") ?? true
        embeddingInputType = try reader.nonEmpty("embedding_input_type") ?? "search_document"
        maxAnswerBytes = try reader.int("max_answer_bytes", 1024...(1 << 30)) ?? 32 << 20
    }
}
