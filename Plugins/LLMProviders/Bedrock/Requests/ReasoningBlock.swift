import JackfieldJSON
import JackfieldVocabulary

/// A block of what a model thought. Clients keep it as Anthropic writes it, in `thinking_blocks`; Converse calls it
/// `reasoningContent` (ReasoningContentBlock).
enum ReasoningBlock: Sendable, Equatable {
    case thinking(String, signature: String?)
    /// Encrypted by the model's provider; Base64.
    case redacted(String)

    /// As a client sends it; nil for anything else.
    init?(json: JSON) {
        switch json["type"]?.string {
        case "thinking":
            guard let text = json["thinking"]?.string else { return nil }
            self = .thinking(text, signature: json["signature"]?.string)
        case "redacted_thinking":
            guard let data = json["data"]?.string else { return nil }
            self = .redacted(data)
        default: return nil
        }
    }

    /// As a client gets it.
    var json: JSON {
        switch self {
        case .redacted(let data): ["type": "redacted_thinking", "data": .string(data)]
        case .thinking(let text, nil): ["type": "thinking", "thinking": .string(text)]
        case .thinking(let text, let signature?):
            ["type": "thinking", "thinking": .string(text), "signature": .string(signature)]
        }
    }

    /// As Converse gets it.
    var content: JSON {
        switch self {
        case .redacted(let data): ["reasoningContent": ["redactedContent": .string(data)]]
        case .thinking(let text, nil): ["reasoningContent": ["reasoningText": ["text": .string(text)]]]
        case .thinking(let text, let signature?):
            ["reasoningContent": ["reasoningText": ["text": .string(text), "signature": .string(signature)]]]
        }
    }
}
