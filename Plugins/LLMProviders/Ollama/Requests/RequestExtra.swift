import JackfieldJSON
import JackfieldVocabulary

/// The fields of a request that the vocabulary does not know, sorted into the places where Ollama looks for them.
struct RequestExtra {
    /// Model options (docs.ollama.com/modelfile) that clients of other servers put beside the messages.
    private static let flatOptions: Set<String> = [
        "top_k", "min_p", "typical_p", "repeat_penalty", "repeat_last_n", "mirostat", "mirostat_eta", "mirostat_tau",
        "num_ctx", "num_keep", "num_batch", "num_gpu", "num_thread",
    ]
    /// What the request itself says, or what has no meaning for Ollama.
    private static let taken: Set<String> = [
        "model", "messages", "stream", "tools", "stream_options", "format", "keep_alive", "think", "options",
        "reasoning_effort", "logprobs", "top_logprobs",
    ]

    private let object: JSONObject

    init(_ object: JSONObject) { self.object = object }

    private func given(_ key: String) -> JSON? {
        guard let value = object[key], !value.isNull else { return nil }
        return value
    }

    var format: JSON? { given("format") }
    var keepAlive: JSON? { given("keep_alive") }

    /// Whether and how hard to think: Ollama's own field, or else OpenAI's, whose words are the same but for "none"
    /// and "minimal". Models that know no levels take any word for yes.
    func think() throws(CallError) -> JSON? {
        if let think = given("think") {
            guard think.bool != nil || think.string != nil else {
                throw CallError(
                    .invalidArgument,
                    "think must be true, false, \"low\", \"medium\" or \"high\", not \(think.kindName)")
            }
            return think
        }
        switch given("reasoning_effort")?.string {
        case nil: return nil
        case "none": return false
        case "minimal": return "low"
        case let effort?: return .string(effort)
        }
    }

    /// - Throws: `invalidArgument` if the field `options` is no object.
    func options() throws(CallError) -> [JSONObject.Member] {
        let flat = object.members.filter { RequestExtra.flatOptions.contains($0.key) && !$0.value.isNull }
        guard let options = given("options") else { return flat }
        guard let object = options.object else {
            throw CallError(.invalidArgument, "options must be an object, not \(options.kindName)")
        }
        return flat + object.members
    }

    /// What is passed on as it is, beside the rest.
    var rest: [JSONObject.Member] {
        object.members.filter { !RequestExtra.taken.contains($0.key) && !RequestExtra.flatOptions.contains($0.key) }
    }
}
