import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary
import Testing

@testable import Anthropic

struct AnthropicConfigTests {
    private func config(_ json: String) throws -> AnthropicConfig { try AnthropicConfig(JSON(parsing: json)) }

    @Test(arguments: [
        "https://h/x", "https://h/x/", "https://h/x/v1", "https://h/x/v1/", "https://h/x/v1/messages",
    ])
    func takesTheBaseWithAndWithoutTheVersion(_ url: String) throws {
        let base = try config("{\"base_url\":\"\(url)\"}").baseURL
        #expect(base.url("/v1/messages") == "https://h/x/v1/messages")
    }

    @Test func sendsTheKeyAndTheVersion() throws {
        let given = try config(#"{"api_key":" sk-ant-1234567 \n","headers":{"X-Team":"a"}}"#)
        let headers = given.requestHeaders.map { "\($0.name): \($0.value)" }
        #expect(headers == ["anthropic-version: 2023-06-01", "x-api-key: sk-ant-1234567", "x-team: a"])
        #expect(given.baseURL.url("") == "https://api.anthropic.com")
        #expect(given.betaHeader() == nil)
    }

    @Test func joinsTheBetasOfTheOperatorAndOfTheClient() throws {
        let given = try config(#"{"beta":["a-2025-01-01","b"]}"#)
        #expect(given.betaHeader(adding: ["b", "c"])?.value == "a-2025-01-01,b,c")
    }

    @Test(arguments: [
        (#"{"base_url":"ftp://h"}"#, "base_url"), (#"{"base_url":"https://u:p@h"}"#, "base_url"),
        (#"{"api_key":"a\nb"}"#, "api_key"), (#"{"beta":["a b"]}"#, "beta"), (#"{"beta":"a"}"#, "beta"),
        (#"{"headers":{"Anthropic-Version":"1"}}"#, "version"), (#"{"headers":{"anthropic-beta":"1"}}"#, "beta"),
        (#"{"headers":{"X-Api-Key":"1"},"api_key":"k"}"#, "api_key"), (#"{"max_tokens":0}"#, "max_tokens"),
        (#"{"max_answer_bytes":10}"#, "max_answer_bytes"), (#"{"send_effort":1}"#, "send_effort"),
        (#"{"send_sampling":"no"}"#, "send_sampling"),
        (#"{"version":"a\u0001"}"#, "version"),
    ])
    func saysWhichKeyIsWrong(_ json: String, _ key: String) {
        #expect {
            try config(json)
        } throws: { error in
            guard let error = error as? CallError else { return false }
            return error.code == .invalidArgument && error.message.contains(key)
        }
    }
}
