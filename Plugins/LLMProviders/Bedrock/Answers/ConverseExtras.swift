import JackfieldJSON
import JackfieldVocabulary

/// What an answer says besides the message: it goes into the `extra` of the result as it came.
struct ConverseExtras {
    private static let names = [
        "additionalModelResponseFields", "metrics", "performanceConfig", "serviceTier", "trace",
    ]

    private var members = JSONObject()

    mutating func read(_ json: JSON) {
        for name in ConverseExtras.names {
            if let value = json[name], !value.isNull { members[name] = value }
        }
    }

    /// The model is only told by a router of prompts, in its trace.
    func result(id: String?) -> LLM.CompletionResult {
        LLM.CompletionResult(
            id: id, model: members["trace"]?["promptRouter"]?["invokedModelId"]?.string,
            extra: members.isEmpty ? nil : JSON.object(members).text)
    }
}
