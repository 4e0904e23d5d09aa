import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary

/// The fields of a request that the vocabulary does not know: those of Anthropic go on, those that only OpenAI knows
/// are translated or left out. The API refuses a request for a field that it does not know; what is in neither list
/// goes on too, so that a mistake is told and nothing new is kept out.
struct RequestExtra {
    /// For the `anthropic-beta` header.
    private(set) var betas: [String] = []
    private(set) var thinking: JSON?
    private(set) var outputConfig = JSONObject()
    private(set) var userID: String?
    /// Written as they are.
    private(set) var others = JSONObject()

    /// Members of OpenAI's "Create chat completion" that mean nothing to Anthropic.
    private static let foreign: Set<String> = [
        "stream_options", "store", "logit_bias", "prediction", "modalities", "audio", "verbosity", "prompt_cache_key",
        "prompt_cache_options", "prompt_cache_retention", "safety_identifier", "web_search_options", "seed", "n",
        "logprobs", "top_logprobs",
        "frequency_penalty", "presence_penalty", "response_format", "parallel_tool_calls", "user",
        "max_completion_tokens",
    ]
    /// Written by the encoder.
    private static let own: Set<String> = [
        "model", "messages", "system", "max_tokens", "stream", "temperature", "top_p", "stop_sequences", "stop",
        "tools", "tool_choice",
    ]

    init(_ text: String?, sendsEffort: Bool, sendsSampling: Bool = true) throws(CallError) {
        guard let text else { return }
        var effort: String?
        var passed: [JSONObject.Member] = []
        for member in try JSONObject(extra: text, of: "the request").members where !member.value.isNull {
            switch member.key {
            case "betas": betas = try RequestExtra.betas(member.value)
            case "thinking": thinking = member.value
            case "reasoning_effort": effort = member.value.string
            case "output_config":
                guard let config = member.value.object else {
                    throw CallError(.invalidArgument, "output_config must be a JSON object")
                }
                outputConfig = config
            // OpenAI's metadata are labels for its own archive; Anthropic takes nothing but the id of a user.
            case "metadata": userID = member.value["user_id"]?.string
            case "top_k" where !sendsSampling: continue
            case "service_tier": others[member.key] = RequestExtra.tier(member.value)
            case let key where RequestExtra.foreign.contains(key) || RequestExtra.own.contains(key): continue
            default: passed.append(member)
            }
        }
        others.set(passed)
        if let effort { add(effort: effort, sendsEffort: sendsEffort) }
    }

    /// OpenAI's `reasoning_effort` (Anthropic documentation, "Effort"). What the client says in Anthropic's own words
    /// comes first.
    private mutating func add(effort: String, sendsEffort: Bool) {
        switch effort {
        case "none": if thinking == nil { thinking = ["type": "disabled"] }
        case _ where !sendsEffort || outputConfig["effort"] != nil: return
        case "minimal": outputConfig["effort"] = "low"
        default: outputConfig["effort"] = .string(effort)
        }
    }

    private static func betas(_ value: JSON) throws(CallError) -> [String] {
        let names = value.array?.compactMap(\.string) ?? []
        guard names.count == value.array?.count, names.count <= 32, names.allSatisfy(\.isHeaderName) else {
            throw CallError(
                .invalidArgument, "betas must be a list of at most 32 names, without spaces and commas")
        }
        return names
    }

    private static func tier(_ value: JSON) -> JSON {
        switch value {
        case .string("default"): "standard_only"
        case .string("priority"): "auto"
        default: value
        }
    }

    /// Tokens that the model may think with; 0 if nothing is said. Bounded: a client wrote it.
    var thinkingBudget: Int { min(max(thinking?["budget_tokens"]?.int ?? 0, 0), 1 << 24) }
}
