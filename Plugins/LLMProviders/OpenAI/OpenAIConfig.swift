package import JackfieldJSON
package import JackfieldPlugin
package import JackfieldVocabulary

/// What the operator writes for an instance of llm/openai (config.schema.json).
package struct OpenAIConfig: Sendable, Equatable {
    /// The field that bounds the length of an answer: OpenAI itself takes the new name for every model and the old one
    /// only for older models; most other servers know the old one alone.
    package enum MaxTokensField: String, Sendable, CaseIterable {
        case maxTokens = "max_tokens"
        case maxCompletionTokens = "max_completion_tokens"
    }

    /// How the reasoning of earlier answers is sent back: some models want it during tool calls, others refuse it.
    package enum ReasoningField: String, Sendable, CaseIterable {
        case none
        case reasoningContent = "reasoning_content"
        case reasoning
    }

    /// How vectors are asked for. `none` leaves it to the upstream; both forms are understood in answers.
    package enum EmbeddingEncoding: String, Sendable, CaseIterable {
        case base64
        case float
        case none
    }

    package var baseURL: BaseURL
    package var apiKey: Secret?
    package var organization: String?
    package var project: String?
    package var headers: [ConfigReader.Header] = []
    package var streamUsage = true
    package var maxTokensField = MaxTokensField.maxTokens
    package var reasoningField = ReasoningField.none
    package var embeddingEncoding = EmbeddingEncoding.base64
    /// Bytes of one answer, framing included.
    package var maxAnswerBytes = 32 << 20

    package init(baseURL: BaseURL) { self.baseURL = baseURL }

    /// - Throws: `invalidArgument` with the key that is wrong, and never with its value where that is a secret.
    package init(_ config: JSON) throws(CallError) {
        let reader = ConfigReader(config: config)
        baseURL = try BaseURL(
            reader.string("base_url") ?? "https://api.openai.com/v1", without: ["/chat/completions", "/embeddings"])
        apiKey = try reader.secret("api_key")
        organization = try reader.header("organization")
        project = try reader.header("project")
        headers = try reader.headers("headers", owned: ["authorization": "api_key"])
        streamUsage = try reader.bool("stream_usage") ?? true
        maxTokensField = try reader.choice("max_tokens_field") ?? OpenAIConfig.maxTokensField(of: baseURL)
        reasoningField = try reader.choice("reasoning_field") ?? .none
        embeddingEncoding = try reader.choice("embedding_encoding") ?? .base64
        maxAnswerBytes = try reader.int("max_answer_bytes", 1024...(1 << 30)) ?? 32 << 20
    }

    private static func maxTokensField(of base: BaseURL) -> MaxTokensField {
        base.host == "api.openai.com" ? .maxCompletionTokens : .maxTokens
    }

    /// What must not appear in an error.
    var secrets: [Secret] { (apiKey.map { [$0] } ?? []) + headers.map(\.value) }

    /// The headers of every request, without those that its kind decides.
    var requestHeaders: [(name: String, value: String)] {
        var all: [(name: String, value: String)] = []
        if let apiKey { all.append(("authorization", "Bearer " + apiKey.text)) }
        if let organization { all.append(("openai-organization", organization)) }
        if let project { all.append(("openai-project", project)) }
        return all + headers.map { ($0.name, $0.value.text) }
    }
}
