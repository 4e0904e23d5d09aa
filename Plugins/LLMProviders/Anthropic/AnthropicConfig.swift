package import JackfieldJSON
package import JackfieldPlugin
package import JackfieldVocabulary

/// What the operator writes for an instance of llm/anthropic (config.schema.json).
package struct AnthropicConfig: Sendable, Equatable {
    package static let defaultBaseURL = "https://api.anthropic.com"

    package var baseURL: BaseURL
    package var apiKey: Secret?
    /// The `anthropic-version` header.
    package var version = "2023-06-01"
    /// Names for the `anthropic-beta` header.
    package var beta: [String] = []
    package var headers: [ConfigReader.Header] = []
    /// Tokens of an answer where the client does not say: the API wants the number in every request.
    package var maxTokens = 8192
    /// Whether a client's `reasoning_effort` is sent as `output_config.effort`, which older models refuse.
    package var sendsEffort = true
    /// Whether a client's `temperature`, `top_p` and `top_k` are sent: newer models refuse them, and so does the API from
    /// its version 2026-10-21 on, for every model ("Migrating to API version 2026-10-21").
    package var sendsSampling = true
    /// Bytes of one answer, framing included.
    package var maxAnswerBytes = 32 << 20

    package init(baseURL: BaseURL) { self.baseURL = baseURL }

    /// - Throws: `invalidArgument` with the key that is wrong, and never with its value where that is a secret.
    package init(_ config: JSON) throws(CallError) {
        let reader = ConfigReader(config: config)
        // The vendor's own libraries take the base without the version; documentation shows whole addresses.
        baseURL = try BaseURL(
            reader.string("base_url") ?? AnthropicConfig.defaultBaseURL, example: AnthropicConfig.defaultBaseURL,
            without: ["/v1/messages", "/messages", "/v1"])
        apiKey = try reader.secret("api_key")
        version = try reader.header("version") ?? version
        beta = try reader.strings("beta") ?? []
        guard beta.allSatisfy(\.isHeaderName) else {
            throw .config("beta must be a list of names such as \"context-1m-2025-08-07\", without spaces and commas")
        }
        headers = try reader.headers("headers", owned: ["x-api-key": "api_key"])
        for (name, key) in [("anthropic-version", "version"), ("anthropic-beta", "beta")]
        where headers.contains(where: { $0.name == name }) {
            throw .config("headers: \"\(name)\" is what \(key) is for; say it there")
        }
        maxTokens = try reader.int("max_tokens", 1...1_000_000) ?? maxTokens
        sendsEffort = try reader.bool("send_effort") ?? true
        // Versions are dates, so that their order is that of their letters.
        sendsSampling = try reader.bool("send_sampling") ?? (version < "2026-10-21")
        maxAnswerBytes = try reader.int("max_answer_bytes", 1024...(1 << 30)) ?? maxAnswerBytes
    }

    /// What must not appear in an error.
    var secrets: [Secret] { (apiKey.map { [$0] } ?? []) + headers.map(\.value) }

    /// The headers of every request, without those that its kind decides and without `anthropic-beta`.
    var requestHeaders: [(name: String, value: String)] {
        var all: [(name: String, value: String)] = [("anthropic-version", version)]
        if let apiKey { all.append(("x-api-key", apiKey.text)) }
        return all + headers.map { ($0.name, $0.value.text) }
    }

    /// The `anthropic-beta` header; nil if there is nothing to say.
    ///
    /// - Parameter betas: those that a request asks for itself.
    func betaHeader(adding betas: [String] = []) -> (name: String, value: String)? {
        let all = beta + betas.filter { !beta.contains($0) }
        return all.isEmpty ? nil : ("anthropic-beta", all.joined(separator: ","))
    }
}
