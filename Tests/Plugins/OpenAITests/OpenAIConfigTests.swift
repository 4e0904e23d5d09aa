import JackfieldJSON
import JackfieldVocabulary
import Testing

@testable import OpenAI

struct OpenAIConfigTests {
    @Test func hasADefaultForEverything() throws {
        let config = try OpenAIConfig([:])
        #expect(config.baseURL.url("/models") == "https://api.openai.com/v1/models")
        #expect(config.apiKey == nil)
        #expect(config.streamUsage)
        #expect(config.maxTokensField == .maxTokens)
        #expect(config.maxAnswerBytes == 33_554_432)
        #expect(config.requestHeaders.isEmpty)
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
        ("https://a.example/v1/", "https://a.example/v1/models"),
        ("HTTP://localhost:1234", "HTTP://localhost:1234/models"),
        ("https://a.example/openai?api-version=1", "https://a.example/openai/models?api-version=1"),
        ("https://a.example/v1/chat/completions", "https://a.example/v1/models"),
        ("http://[::1]:8000/v1", "http://[::1]:8000/v1/models"),
    ])
    func joinsBaseAndPath(_ base: String, _ url: String) throws { #expect(try BaseURL(base).url("/models") == url) }

    @Test(arguments: [
        "", "api.openai.com", "ftp://x", "https://", "https:///v1", "https://:80", "https://a b", "https://a#f",
        "https://u:p@a/v1",
    ])
    func refusesABaseURLThatIsNone(_ base: String) {
        let error = #expect(throws: CallError.self) { try BaseURL(base) }
        #expect(error?.message.hasPrefix("config.base_url ") == true)
        #expect(error?.message.contains("u:p") == false)
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
