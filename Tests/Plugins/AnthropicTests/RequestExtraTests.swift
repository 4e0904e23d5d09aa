import JackfieldJSON
import JackfieldVocabulary
import Testing

@testable import Anthropic

struct RequestExtraTests {
    private func members(_ extra: String, _ change: (inout AnthropicConfig) -> Void = { _ in }) throws -> String {
        var asked = request(hello)
        asked.extra = extra
        let body = try encoded(asked, change)
        let plain: Set<String> = ["model", "messages"]
        return JSON.object(
            JSONObject((body.object?.members ?? []).filter { !plain.contains($0.key) }.map { ($0.key, $0.value) })
        ).text
    }

    @Test func passesOnWhatAnthropicKnows() throws {
        #expect(
            try members(#"{"top_k":5,"cache_control":{"type":"ephemeral"},"next_new_thing":{"a":[1]}}"#)
                == #"{"max_tokens":8192,"top_k":5,"cache_control":{"type":"ephemeral"},"next_new_thing":{"a":[1]}}"#)
    }

    @Test func makesRoomForThinking() throws {
        #expect(
            try members(#"{"thinking":{"type":"enabled","budget_tokens":10000}}"#) { $0.maxTokens = 100 }
                == #"{"max_tokens":10100,"thinking":{"type":"enabled","budget_tokens":10000}}"#)
        // Nothing that a client writes may overflow.
        #expect(try members(#"{"thinking":{"budget_tokens":9223372036854775807}}"#).contains("max_tokens"))
    }

    @Test func keepsTheClientsOwnBoundBesideThinking() throws {
        var asked = request(hello)
        asked.maxTokens = 20
        asked.extra = #"{"thinking":{"type":"enabled","budget_tokens":1024}}"#
        #expect(try encoded(asked)["max_tokens"] == 20)
    }

    @Test func leavesOutWhatOnlyOpenAIKnows() throws {
        let extra =
            #"{"store":true,"stream_options":{"a":1},"logit_bias":{},"metadata":{"job":"7"},"verbosity":"low","#
            + #""prompt_cache_key":"k","model":"other","max_tokens":1,"system":"x","service_tier":null}"#
        #expect(try members(extra) == #"{"max_tokens":8192}"#)
    }

    @Test(arguments: [
        (#"{"service_tier":"default"}"#, #""service_tier":"standard_only""#),
        (#"{"service_tier":"priority"}"#, #""service_tier":"auto""#),
        (#"{"service_tier":"standard_only"}"#, #""service_tier":"standard_only""#),
        (#"{"metadata":{"user_id":"u","job":"7"}}"#, #""metadata":{"user_id":"u"}"#),
        (#"{"reasoning_effort":"high"}"#, #""output_config":{"effort":"high"}"#),
        (#"{"reasoning_effort":"minimal"}"#, #""output_config":{"effort":"low"}"#),
        (#"{"reasoning_effort":"none"}"#, #""thinking":{"type":"disabled"}"#),
        (#"{"output_config":{"effort":"max"},"reasoning_effort":"low"}"#, #""output_config":{"effort":"max"}"#),
        (#"{"thinking":{"type":"adaptive"},"reasoning_effort":"none"}"#, #""thinking":{"type":"adaptive"}"#),
    ])
    func translatesWhatBothKnow(_ extra: String, _ expected: String) throws {
        #expect(try members(extra) == #"{"max_tokens":8192,\#(expected)}"#)
    }

    @Test func keepsTheEffortFromModelsThatDoNotKnowIt() throws {
        #expect(try members(#"{"reasoning_effort":"high"}"#) { $0.sendsEffort = false } == #"{"max_tokens":8192}"#)
    }

    @Test func takesBetasOutOfTheBody() throws {
        var asked = request(hello)
        asked.extra = #"{"betas":["context-1m-2025-08-07"]}"#
        let whole = try encodedWhole(asked)
        #expect(whole.betas == ["context-1m-2025-08-07"])
        #expect(!String(decoding: whole.body, as: UTF8.self).contains("betas"))
    }
}
