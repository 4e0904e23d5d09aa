import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary
import Testing

@testable import OpenAI

struct OpenAIConfigTests {
    @Test func hasADefaultForEverything() throws {
        let config = try OpenAIConfig([:])
        #expect(config.baseURL.url("/models") == "https://api.openai.com/v1/models")
        #expect(config.apiKey == nil)
        #expect(config.streamUsage)
        #expect(config.maxAnswerBytes == 33_554_432)
        #expect(config.requestHeaders.isEmpty)
    }

    @Test func boundsAnswersByTheNameThatTheServerKnows() throws {
        #expect(try OpenAIConfig([:]).maxTokensField == .maxCompletionTokens)
        #expect(try OpenAIConfig(["base_url": "http://localhost:8000/v1"]).maxTokensField == .maxTokens)
        #expect(try OpenAIConfig(["max_tokens_field": "max_tokens"]).maxTokensField == .maxTokens)
    }

    @Test func makesTheHeadersOfEveryRequest() throws {
        let config = try OpenAIConfig([
            "api_key": " sk-test-key\n", "organization": "o", "project": "p", "headers": ["X-Team": "t"],
        ])
        #expect(
            config.requestHeaders.map { "\($0.name): \($0.value)" } == [
                "authorization: Bearer sk-test-key", "openai-organization: o", "openai-project: p", "x-team: t",
            ])
        #expect(config.secrets == [Secret("sk-test-key"), Secret("t")])
    }

    @Test func takesAnEmptyKeyForNone() throws { #expect(try OpenAIConfig(["api_key": "  "]).apiKey == nil) }

    @Test(arguments: [
        ("https://a.example/v1/chat/completions", "https://a.example/v1/models"),
        ("https://a.example/v1/embeddings/", "https://a.example/v1/models"),
        (
            "https://r.openai.azure.com/openai/deployments/d?api-version=2024-10-21",
            "https://r.openai.azure.com/openai/deployments/d/models?api-version=2024-10-21"
        ),
    ])
    func takesTheBaseAsDocumentationWritesIt(_ base: String, _ url: String) throws {
        #expect(try OpenAIConfig(["base_url": .string(base)]).baseURL.url("/models") == url)
    }

    /// Azure's own name for the key (Azure OpenAI, "REST API reference").
    @Test func takesAKeyUnderAnotherHeader() throws {
        let config = try OpenAIConfig(["headers": ["api-key": "azure-key-1"]])
        #expect(config.requestHeaders.map { "\($0.name): \($0.value)" } == ["api-key: azure-key-1"])
        #expect(config.secrets == [Secret("azure-key-1")])
    }

    @Test(arguments: [
        (#"{"api_key":7}"#, "config.api_key must be a string, not a number"),
        (#"{"api_key":"sk-\u0001x"}"#, "config.api_key holds a character that cannot stand in an HTTP header"),
        (#"{"stream_usage":"yes"}"#, "config.stream_usage must be true or false, not a string"),
        (#"{"max_answer_bytes":1}"#, "config.max_answer_bytes must be a whole number from 1024 to 1073741824"),
        (
            #"{"max_tokens_field":"x"}"#,
            #"config.max_tokens_field is "x"; it must be one of "max_tokens", "max_completion_tokens""#
        ),
        (#"{"headers":{"Host":"x"}}"#, #"config.headers: "Host" is set by the host and cannot be given here"#),
        (#"{"headers":{"a b":"x"}}"#, #"config.headers: "a b" is not the name of a header"#),
        (
            #"{"headers":{"a":"x\r\ny"}}"#,
            #"config.headers: the value of "a" must be a string of printable characters"#
        ),
        (
            #"{"headers":{"Authorization":"x"},"api_key":"k"}"#,
            #"config.headers: "Authorization" and api_key say the same thing; leave one out"#
        ),
    ])
    func saysWhatIsWrong(_ json: String, _ sentence: String) {
        let error = #expect(throws: CallError.self) { try OpenAIConfig(JSON(parsing: json)) }
        #expect(error == CallError(.invalidArgument, sentence))
    }

    @Test func doesNotPrintSecrets() throws {
        let config = try OpenAIConfig(["api_key": "sk-very-secret", "headers": ["x-key": "also-secret"]])
        var dumped = "\(config) \(String(reflecting: config))"
        dump(config, to: &dumped)
        #expect(!dumped.contains("secret"))
    }
}
