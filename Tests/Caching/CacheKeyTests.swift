import Caching
import JackfieldJSON
import JackfieldVocabulary
import Testing

struct CacheKeyTests {
    /// A request in which every field says something.
    private static var full: LLM.CompletionRequest {
        var request = LLM.CompletionRequest(
            model: "fast",
            messages: [
                LLM.Message(
                    role: "user",
                    parts: [
                        .text("look", extra: #"{"cache_control":{"type":"ephemeral"}}"#),
                        .imageURL("https://a/b.png", detail: "low", extra: #"{"a":1}"#),
                        .image([1, 2, 3], mediaType: "image/png", detail: "high", extra: #"{"b":1}"#),
                        .data(#"{"x":1}"#, mediaType: "application/json"), .other(#"{"type":"file"}"#),
                    ], name: "ann", extra: #"{"m":1}"#),
                LLM.Message(
                    role: "assistant", parts: [],
                    calls: [LLM.ToolCall(id: "c1", name: "f", arguments: #"{"q":1}"#, extra: #"{"t":1}"#)],
                    reasoning: "hm"),
                LLM.Message(role: "tool", parts: [.text("42")], toolCallID: "c1"),
            ])
        request.tools = [
            LLM.Tool(
                name: "f", description: "finds",
                parameters: #"{"type":"object","properties":{"q":{"type":"integer"}}}"#,
                strict: true, extra: #"{"z":1}"#)
        ]
        request.toolChoice = #"{"type":"function","function":{"name":"f"}}"#
        request.parallelToolCalls = true
        request.responseFormat = #"{"type":"json_object"}"#
        request.maxTokens = 100
        request.choices = 2
        request.temperature = 0.5
        request.topP = 0.9
        request.frequencyPenalty = 0.1
        request.presencePenalty = 0.2
        request.seed = 7
        request.stop = ["a", "b"]
        request.logprobs = true
        request.topLogprobs = 3
        request.user = "u"
        request.extra = #"{"service_tier":"flex","stream_options":{"include_usage":true}}"#
        return request
    }

    private static func id(_ request: LLM.CompletionRequest, tenant: String? = "t") -> CacheKey {
        CacheKey(request, tenant: tenant)
    }

    @Test func anyMeaningfulDifferenceChangesTheKey() {
        typealias Change = (inout LLM.CompletionRequest) -> Void
        func part(_ index: Int, _ part: LLM.Part) -> Change { { $0.messages[0].parts[index] = part } }
        let changes: [(String, Change)] = [
            ("model", { $0.model = "slow" }),
            ("a message more", { $0.messages.append(LLM.Message(role: "user", text: "")) }),
            ("messages swapped", { $0.messages.swapAt(0, 1) }),
            ("role", { $0.messages[0].role = "system" }),
            ("name", { $0.messages[0].name = "bob" }), ("no name", { $0.messages[0].name = nil }),
            ("empty name", { $0.messages[0].name = "" }),
            ("tool call id", { $0.messages[2].toolCallID = "c2" }),
            ("reasoning", { $0.messages[1].reasoning = "ah" }),
            ("message extra", { $0.messages[0].extra = #"{"m":2}"# }),
            ("parts swapped", { $0.messages[0].parts.swapAt(0, 1) }),
            ("text", part(0, .text("Look", extra: #"{"cache_control":{"type":"ephemeral"}}"#))),
            ("text extra", part(0, .text("look"))),
            ("url", part(1, .imageURL("https://a/c.png", detail: "low", extra: #"{"a":1}"#))),
            ("url detail", part(1, .imageURL("https://a/b.png", detail: nil, extra: #"{"a":1}"#))),
            ("url extra", part(1, .imageURL("https://a/b.png", detail: "low", extra: #"{"a":2}"#))),
            ("image byte", part(2, .image([1, 2, 4], mediaType: "image/png", detail: "high", extra: #"{"b":1}"#))),
            ("image type", part(2, .image([1, 2, 3], mediaType: "image/gif", detail: "high", extra: #"{"b":1}"#))),
            ("image detail", part(2, .image([1, 2, 3], mediaType: "image/png", detail: "low", extra: #"{"b":1}"#))),
            ("image extra", part(2, .image([1, 2, 3], mediaType: "image/png", detail: "high"))),
            ("data", part(3, .data(#"{"x":2}"#, mediaType: "application/json"))),
            ("data type", part(3, .data(#"{"x":1}"#, mediaType: "text/json"))),
            ("other", part(4, .other(#"{"type":"audio"}"#))),
            ("call id", { $0.messages[1].calls[0].id = "c2" }), ("call name", { $0.messages[1].calls[0].name = "g" }),
            ("arguments", { $0.messages[1].calls[0].arguments = #"{"q":2}"# }),
            ("call extra", { $0.messages[1].calls[0].extra = nil }),
            ("no tools", { $0.tools = [] }), ("tool name", { $0.tools[0].name = "g" }),
            ("tool description", { $0.tools[0].description = nil }),
            ("tool parameters", { $0.tools[0].parameters = #"{"type":"object"}"# }),
            ("tool strict", { $0.tools[0].strict = false }), ("tool not strict", { $0.tools[0].strict = nil }),
            ("tool extra", { $0.tools[0].extra = #"{"z":2}"# }),
            ("tool choice", { $0.toolChoice = #""auto""# }), ("parallel", { $0.parallelToolCalls = false }),
            ("parallel unsaid", { $0.parallelToolCalls = nil }),
            ("format", { $0.responseFormat = #"{"type":"text"}"# }), ("max tokens", { $0.maxTokens = 101 }),
            ("no max tokens", { $0.maxTokens = nil }), ("choices", { $0.choices = 3 }),
            ("temperature", { $0.temperature = 0.51 }), ("temperature zero", { $0.temperature = 0 }),
            ("no temperature", { $0.temperature = nil }), ("top p", { $0.topP = 0.8 }),
            ("frequency", { $0.frequencyPenalty = 0.3 }), ("presence", { $0.presencePenalty = 0.3 }),
            ("penalties swapped", { ($0.frequencyPenalty, $0.presencePenalty) = (0.2, 0.1) }),
            ("seed", { $0.seed = 8 }), ("negative seed", { $0.seed = -7 }), ("stop", { $0.stop = ["ab"] }),
            ("stops joined", { $0.stop = ["a", "b", ""] }), ("logprobs", { $0.logprobs = false }),
            ("top logprobs", { $0.topLogprobs = 4 }), ("extra", { $0.extra = #"{"service_tier":"auto"}"# }),
        ]
        var keys: [CacheKey: String] = [Self.id(Self.full): "as it was"]
        for (name, change) in changes {
            var request = Self.full
            change(&request)
            let other = keys.updateValue(name, forKey: Self.id(request))
            #expect(other == nil, "\"\(name)\" has the key of \"\(other ?? "")\"")
        }
        for tenant in [nil, "", "T"] { #expect(keys[Self.id(Self.full, tenant: tenant)] == nil) }
    }

    @Test func whatDoesNotChangeTheAnswerDoesNotCount() {
        let key = Self.id(Self.full)
        var request = Self.full
        request.stream = true
        request.user = nil
        #expect(Self.id(request) == key)
        request.extra = #"{"service_tier":"flex"}"#
        #expect(Self.id(request) == key)
        var plain = plainRequest
        #expect(plain.extra == nil)
        let plainKey = Self.id(plain)
        plain.extra = #"{"stream_options":{"include_usage":true},"user":"x","prompt_cache_key":"k"}"#
        #expect(Self.id(plain) == plainKey)
        plain.choices = 1
        #expect(Self.id(plain) == plainKey)
    }

    private var plainRequest: LLM.CompletionRequest { request("hello") }

    @Test func everyFieldOfTheVocabularyIsKnownHere() {
        func names(_ value: Any) -> Set<String> { Set(Mirror(reflecting: value).children.compactMap(\.label)) }
        #expect(
            names(Self.full) == [
                "model", "messages", "stream", "tools", "toolChoice", "parallelToolCalls", "responseFormat",
                "maxTokens",
                "choices", "temperature", "topP", "frequencyPenalty", "presencePenalty", "seed", "stop", "logprobs",
                "topLogprobs", "user", "extra", "runsTools", "toolRounds",
            ],
            """
            a new field of a request belongs into KeyHash+Requests; runsTools and toolRounds are the llm service's own, and \
            no model is asked with them
            """)
        #expect(
            names(Self.full.messages[0])
                == ["role", "parts", "name", "toolCallID", "calls", "reasoning", "extra"])
        #expect(names(Self.full.tools[0]) == ["name", "description", "parameters", "strict", "extra"])
        #expect(names(Self.full.messages[1].calls[0]) == ["id", "name", "arguments", "extra"])
        #expect(
            names(LLM.EmbeddingRequest(model: "", input: [])) == ["model", "input", "dimensions", "user", "extra"])
    }

    @Test(arguments: [
        (#"{"a":1,"b":[true,null]}"#, "{ \"b\" : [ true , null ],\n\"a\":1.0 }"),
        (#"{"a":100}"#, #"{"a":1e2}"#), (#"{"a":-0}"#, #"{"a":0.00}"#), (#"{"a":0.5}"#, #"{"a":5E-1}"#),
        (#"{"\u0061":"\u00e9\n"}"#, "{\"a\":\"é\\n\"}"),
    ])
    func jsonCountsByWhatItMeans(one: String, other: String) {
        #expect(Self.id(ofFormat: one) == Self.id(ofFormat: other))
    }

    @Test(arguments: [
        (#"{"a":1}"#, #"{"a":"1"}"#), (#"{"a":1}"#, #"{"a":10}"#), (#"{"a":1}"#, #"{"a":-1}"#),
        (#"{"a":0.1}"#, #"{"a":0.10000000000000000001}"#), (#"[[1],2]"#, #"[[1,2]]"#), (#"[]"#, #"{}"#),
        (#"{"a":{"b":1},"c":2}"#, #"{"a":{"b":1,"c":2}}"#), ("not json", "not  json"), (#"{"a":1,"a":1}"#, #"{"a":1}"#),
        (#"{"a":1e99999999999999999999}"#, #"{"a":1e99999999999999999998}"#), ("\"a\"", "a"), ("", "null"),
    ])
    func jsonOfDifferentMeaningDiffers(one: String, other: String) {
        #expect(Self.id(ofFormat: one) != Self.id(ofFormat: other))
    }

    private static func id(ofFormat format: String) -> CacheKey {
        var request = request("x")
        request.responseFormat = format
        return CacheKey(request, tenant: nil)
    }

    @Test func shuffledMembersOfAnyDepthKeepTheKey() {
        var dice = Dice(1)
        func value(_ depth: Int) -> JSON {
            switch Int.random(in: 0..<(depth > 0 ? 6 : 4), using: &dice) {
            case 0: return .null
            case 1: return .bool(Bool.random(using: &dice))
            case 2: return .number(String(Int.random(in: -9...9, using: &dice)))
            case 3: return .string(String(repeating: "ä", count: Int.random(in: 0...3, using: &dice)))
            case 4: return .array((0..<Int.random(in: 0...4, using: &dice)).map { _ in value(depth - 1) })
            default:
                return .object(
                    JSONObject((0..<Int.random(in: 0...5, using: &dice)).map { ("k\($0)", value(depth - 1)) }))
            }
        }
        func shuffled(_ value: JSON) -> JSON {
            switch value {
            case .array(let elements): return .array(elements.map(shuffled))
            case .object(let object):
                return .object(JSONObject(object.members.shuffled(using: &dice).map { ($0.key, shuffled($0.value)) }))
            default: return value
            }
        }
        var seen: [CacheKey: JSON] = [:]
        for _ in 0..<300 {
            let value = value(4)
            let key = Self.id(ofFormat: value.text)
            #expect(key == Self.id(ofFormat: shuffled(value).text), "\(value)")
            // The same key only for the same value: compared in one order of the members.
            if let other = seen.updateValue(value, forKey: key) { #expect(sorted(other) == sorted(value)) }
        }
    }

    private func sorted(_ value: JSON) -> JSON {
        switch value {
        case .array(let elements): .array(elements.map(sorted))
        case .object(let object):
            .object(JSONObject(object.members.sorted { $0.key < $1.key }.map { ($0.key, sorted($0.value)) }))
        default: value
        }
    }

    @Test func nothingCollidesByWhatStandsNextToWhat() {
        let pairs: [([String], [String])] = [(["ab", "c"], ["a", "bc"]), (["a"], ["a", ""]), ([], [""])]
        for (one, other) in pairs {
            let (left, right) = (
                LLM.EmbeddingRequest(model: "m", input: one), LLM.EmbeddingRequest(model: "m", input: other)
            )
            #expect(CacheKey(left, tenant: nil) != CacheKey(right, tenant: nil))
        }
        #expect(key("x", tenant: "fast") != key("x", tenant: nil))
        let embedding = LLM.EmbeddingRequest(model: "m", input: ["a"], dimensions: 4)
        var other = embedding
        other.dimensions = 8
        #expect(CacheKey(embedding, tenant: nil) != CacheKey(other, tenant: nil))
    }

    @Test func textsLongerThanTheBufferCountToTheLastByte() {
        let long = String(repeating: "x", count: 10_000)
        #expect(key(long + "a") != key(long + "b"))
        #expect(key(long + "a") == key(long + "a"))
    }

    @Test func theDescriptionLeadsBack() {
        let key = key("x")
        #expect(key.description.count == 64)
        #expect(CacheKey(key.description) == key)
        #expect(CacheKey("zz") == nil)
        #expect(CacheKey(String(repeating: "g", count: 64)) == nil)
    }
}
