import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary

@testable import Anthropic

/// What an encoder makes of a request, as JSON.
func encoded(_ request: LLM.CompletionRequest, _ change: (inout AnthropicConfig) -> Void = { _ in }) throws -> JSON {
    try JSON(parsing: encodedWhole(request, change).body)
}

func encodedWhole(
    _ request: LLM.CompletionRequest, _ change: (inout AnthropicConfig) -> Void = { _ in }
) throws -> MessagesRequestEncoder.Encoded {
    var config = AnthropicConfig(baseURL: try BaseURL("https://example.com"))
    change(&config)
    return try MessagesRequestEncoder(config).encode(request)
}

func request(_ messages: LLM.Message...) -> LLM.CompletionRequest {
    LLM.CompletionRequest(model: "claude-x", messages: messages)
}

let hello = LLM.Message(role: "user", text: "Hello")

/// The error that `work` ends with.
func refusal(_ work: () throws -> some Any) -> CallError? {
    do {
        _ = try work()
        return nil
    } catch {
        return error as? CallError
    }
}
