import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary

/// Where the fields go that Converse's own members do not cover: other members of Converse keep their place, fields
/// that only mean something in OpenAI's dialect are left out, and the rest is for the model itself
/// (`additionalModelRequestFields`).
struct ModelFields: Sendable {
    /// Members of Converse.
    private(set) var converse = JSONObject()
    /// Of `additionalModelRequestFields`.
    private(set) var model = JSONObject()

    private static let ofConverse: Set<String> = [
        "additionalModelResponseFieldPaths", "guardrailConfig", "outputConfig", "performanceConfig", "promptVariables",
        "requestMetadata", "serviceTier",
    ]
    /// Written from the request itself, or without meaning for a model on Bedrock.
    private static let dropped: Set<String> = [
        "messages", "system", "modelId", "inferenceConfig", "toolConfig", "stream", "stream_options", "store",
        "metadata", "modalities", "prediction", "prompt_cache_key", "prompt_cache_options", "prompt_cache_retention",
        "safety_identifier", "service_tier", "user", "verbosity", "web_search_options",
    ]

    init(
        _ request: LLM.CompletionRequest, _ tools: ToolConfig, sendsSampling: Bool = true
    ) throws(CallError) {
        let extra = try request.extra.map { text throws(CallError) in try JSONObject(extra: text, of: "the request") }
        let isAnthropic = request.model.contains("anthropic.")
        var own: [JSONObject.Member] = []
        var all: [JSONObject.Member] = []
        for member in extra?.members ?? [] {
            switch member.key {
            case "additionalModelRequestFields":
                own = member.value.object?.members ?? []
                all += own
            // These two have fields of their own for it, `thinking` and `reasoningConfig`.
            case "reasoning_effort" where isAnthropic || request.model.contains("amazon."): continue
            case "top_k" where !sendsSampling: continue
            case _ where ModelFields.ofConverse.contains(member.key): converse[member.key] = member.value
            case _ where ModelFields.dropped.contains(member.key): continue
            default: all.append(member)
            }
        }
        model.set(all)
        // What the client put there itself counts.
        model.set(own)
        if let penalty = request.frequencyPenalty, penalty != 0 { model["frequency_penalty"] = JSON(penalty) }
        if let penalty = request.presencePenalty, penalty != 0 { model["presence_penalty"] = JSON(penalty) }
        if let seed = request.seed { model["seed"] = JSON(seed) }
        if request.parallelToolCalls == false, isAnthropic, !tools.isEmpty, model["tool_choice"] == nil {
            model["tool_choice"] = ModelFields.oneCall(tools.choice)
        }
        if converse["serviceTier"] == nil, let tier = extra?["service_tier"]?.string,
            ["default", "flex", "priority"].contains(tier)
        {
            converse["serviceTier"] = ["type": .string(tier)]
        }
        if converse["requestMetadata"] == nil, let user = request.user, ModelFields.isMetadata(user) {
            converse["requestMetadata"] = ["user": .string(user)]
        }
    }

    /// Converse has no field for it, Anthropic's own one has (Messages API, `tool_choice`).
    private static func oneCall(_ choice: ToolConfig.Choice?) -> JSON {
        switch choice {
        case nil, .auto?, ToolConfig.Choice.none?: ["type": "auto", "disable_parallel_tool_use": true]
        case .any?: ["type": "any", "disable_parallel_tool_use": true]
        case .named(let name)?: ["type": "tool", "name": .string(name), "disable_parallel_tool_use": true]
        }
    }

    /// What the values of `requestMetadata` may be; anything else is refused by Bedrock.
    private static func isMetadata(_ text: String) -> Bool {
        (1...256).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
                default: " :_@$#=/+,-.".utf8.contains(byte)
                }
            }
    }
}
