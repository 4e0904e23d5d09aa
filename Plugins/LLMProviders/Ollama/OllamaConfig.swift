package import JackfieldJSON
package import JackfieldPlugin
package import JackfieldVocabulary

/// What the operator writes for an instance of llm/ollama (config.schema.json).
package struct OllamaConfig: Sendable, Equatable {
    package static let defaultURL = "http://127.0.0.1:11434"

    package var baseURL: BaseURL
    package var headers: [ConfigReader.Header] = []
    /// A text such as "10m", or seconds; nil leaves it to Ollama.
    package var keepAlive: JSON?
    /// Model options for every request.
    package var options = JSONObject()
    /// Bytes of one answer, framing included.
    package var maxAnswerBytes = 32 << 20

    package init(baseURL: BaseURL) { self.baseURL = baseURL }

    /// - Throws: `invalidArgument` with the key that is wrong, and never with its value where that is a secret.
    package init(_ config: JSON) throws(CallError) {
        let reader = ConfigReader(config: config)
        // People copy the address of one of the interfaces as often as that of the server.
        baseURL = try BaseURL(
            reader.string("base_url") ?? OllamaConfig.defaultURL, example: OllamaConfig.defaultURL,
            without: ["/api/chat", "/api", "/v1"])
        headers = try reader.headers("headers")
        if let keepAlive = reader.value("keep_alive") {
            guard keepAlive.string?.isEmpty == false || keepAlive.int != nil else {
                throw .config("keep_alive must be a duration such as \"10m\", or a whole number of seconds")
            }
            self.keepAlive = keepAlive
        }
        if let options = reader.value("options") {
            guard let object = options.object else {
                throw .config("options must be an object such as {num_ctx: 8192}, not \(options.kindName)")
            }
            self.options = object
        }
        maxAnswerBytes = try reader.int("max_answer_bytes", 1024...(1 << 30)) ?? 32 << 20
    }

    /// What must not appear in an error: the values of the headers, and what stands behind a word such as "Bearer".
    var secrets: [Secret] {
        headers.flatMap { header in
            let token = header.value.text.split(separator: " ", maxSplits: 1).dropFirst().first
            return [header.value] + (token.map { [Secret(String($0))] } ?? [])
        }
    }

    /// The server's address as it may be told: without a query, which could hold a token.
    var address: String { String(baseURL.url("").prefix { $0 != "?" }) }
}
