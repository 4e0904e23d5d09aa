import JackfieldJSON
import JackfieldVocabulary
import Testing

@testable import Scripted

private func state(_ rules: String, more: String = "") throws -> ScriptState {
    ScriptState(try ScriptedConfig(try JSON(parsing: "{\"script\": {\"rules\": [\(rules)]\(more)}}")).script)
}

private func ask(_ text: String, model: String = "script") -> LLM.CompletionRequest {
    LLM.CompletionRequest(
        model: model, messages: [LLM.Message(role: "system", text: "Hi hello"), LLM.Message(role: "user", text: text)])
}

extension ScriptState {
    fileprivate func steps(for request: LLM.CompletionRequest) throws(CallError) -> [ScriptStep] {
        try scene(for: request).steps
    }
}

/// Text, reasoning in brackets, and how it ends, in one line.
private func played(_ state: ScriptState, _ request: LLM.CompletionRequest) -> String {
    let steps: [ScriptStep]
    do {
        steps = try state.steps(for: request)
    } catch {
        return error.code.label
    }
    return steps.map { step in
        switch step {
        case .wait(let milliseconds): "~\(milliseconds)~"
        case .emit(.text(let text, .reasoning, _)): "[\(text)]"
        case .emit(.text(let text, _, _)): text
        case .emit(.stop(let reason, _)): "." + reason
        case .emit(.toolCall(let index, let id, let name, let arguments, _)):
            "(\(index) \(id ?? "") \(name ?? "") \(arguments))"
        case .emit: ""
        case .fail(let error): "!\(error.code.label)"
        case .hang: "…"
        }
    }.joined()
}

struct ScriptStepsTests {
    @Test func takesTheFirstRuleThatFits() throws {
        let state = try state(
            """
            {"when": {"equals": "hello"}, "answer": {"text": "equal"}},
            {"when": {"contains": "hello"}, "answer": {"text": "contained"}},
            {"when": {"matches": "^h[aeu]llo+$"}, "answer": {"text": "matched"}},
            {"answer": {"text": "anything"}}
            """)
        #expect(try state.scene(for: ask("hello")).rule == "rules[0]")
        #expect(played(state, ask("hello")) == "equal.stop")
        #expect(played(state, ask("oh hello")) == "contained.stop")
        #expect(played(state, ask("hallooo")) == "matched.stop")
        // The system message has the word; only the user's last message counts.
        #expect(played(state, ask("bye")) == "anything.stop")
    }

    @Test func tellsModelsApart() throws {
        let state = try state(
            #"{"when": {"model": "a"}, "answer": {"text": "A"}}, {"answer": {"text": "{{model}}"}}"#,
            more: #", "models": ["a", "b"]"#)
        #expect(played(state, ask("x", model: "a")) == "A.stop")
        #expect(played(state, ask("x", model: "b")) == "b.stop")
        #expect(throws: CallError(.notFound, "the script has no model \"c\"; it has a, b")) {
            try state.steps(for: ask("x", model: "c"))
        }
    }

    @Test func seesWhetherAToolHasAnswered() throws {
        let state = try state(
            """
            {"when": {"tool_result": true}, "answer": {"text": "It said {{tool_result}} to {{input}}"}},
            {"when": {"tool_result": false}, "answer": {"text": "No tool"}}
            """)
        var request = ask("go")
        #expect(played(state, request) == "No tool.stop")
        request.messages.append(
            LLM.Message(role: "assistant", parts: [], calls: [LLM.ToolCall(id: "1", name: "f", arguments: "{}")]))
        request.messages.append(LLM.Message(role: "tool", parts: [.text("42")], toolCallID: "1"))
        #expect(played(state, request) == "It said 42 to go.stop")
        request.messages.append(LLM.Message(role: "user", text: "again"))
        #expect(played(state, request) == "No tool.stop")
    }

    @Test func countsTheRequestsOfEachRule() throws {
        let state = try state(
            """
            {"when": {"contains": "a"}, "after": 1, "times": 2, "answer": {"text": "late {{count}}"}},
            {"when": {"contains": "a"}, "times": 1, "answer": {"text": "first"}},
            {"answer": {"text": "rest {{count}}"}}
            """)
        #expect(played(state, ask("a")) == "first.stop")
        #expect(played(state, ask("b")) == "rest 1.stop")
        #expect(played(state, ask("a")) == "late 1.stop")
        #expect(played(state, ask("a")) == "late 2.stop")
        #expect(played(state, ask("a")) == "rest 2.stop")
    }

    @Test func saysThatNoRuleFits() throws {
        let state = try state(#"{"when": {"equals": "x"}, "times": 1, "answer": {"text": "once"}}"#)
        #expect(played(state, ask("x")) == "once.stop")
        let error = #expect(throws: CallError.self) { try state.steps(for: ask("x")) }
        #expect(error == CallError(.notFound, "no rule of the script fits the model \"script\" and \"x\""))
        let long = #expect(throws: CallError.self) { try state.steps(for: ask(String(repeating: "y", count: 9000))) }
        #expect(long?.message.count ?? 0 < 200)
    }

    @Test func playsPiecesWithTheirDelaysReasoningFirst() throws {
        let state = try state(
            """
            {"delay_ms": 9, "answer": {"text": ["a", {"text": "b", "delay_ms": 5}, ""], "reasoning": [{"text": "hm", "delay_ms": 3}],
             "stop": "length"}}
            """)
        #expect(played(state, ask("x")) == "~9~~3~[hm]a~5~b.length")
    }

    @Test func callsToolsWithArgumentsThatAreFilledIn() throws {
        let state = try state(
            """
            {"answer": {"text": "Calling. ", "tool_calls": [
              {"name": "f", "arguments": {"q": "{{input}}", "list": ["{{count}}", 1.50, null]}},
              {"id": "mine", "name": "g", "arguments": "{not json {{model}}"}, {"name": "h"}]}}
            """)
        #expect(
            played(state, ask("say \"hi\""))
                == #"Calling. (0 call_1_0 f {"q":"say \"hi\"","list":["1",1.50,null]})(1 mine g {not json script)"#
                + "(2 call_1_2 h {}).tool_calls")
        // Another request, other ids: a conversation holds both.
        #expect(played(state, ask("x")).contains("call_2_0"))
    }

    @Test func givesTheUsageOfTheScriptOrAnEstimate() throws {
        let state = try state(
            """
            {"when": {"equals": "a"}, "answer": {"text": "x", "usage": {"prompt_tokens": 5, "completion_tokens": 2, "cached_tokens": 3}}},
            {"answer": {"text": "12345678"}}
            """)
        #expect(
            try state.steps(for: ask("a")).last
                == .emit(.usage(LLM.Usage(promptTokens: 5, completionTokens: 2, cachedTokens: 3))))
        guard case .emit(.usage(let usage))? = try state.steps(for: ask("b")).last else {
            Issue.record("no usage")
            return
        }
        #expect(usage.isEstimated)
        #expect(usage.completionTokens == 2)
        #expect(usage.promptTokens > 0)
    }

    @Test func refusesSeveralChoices() throws {
        let state = try state(#"{"answer": {"text": "x"}}"#)
        var request = ask("x")
        request.choices = 2
        #expect(played(state, request) == "unsupported")
        request.choices = 1
        #expect(played(state, request) == "x.stop")
    }
}

struct ScriptedFaultTests {
    @Test func failsBeforeAnythingOfTheAnswer() throws {
        let state = try state(
            #"{"fault": {"code": "rate_limited", "message": "No, {{input}}", "retry_after_ms": 1500}, "delay_ms": 2}"#)
        #expect(
            try state.steps(for: ask("x")) == [
                .wait(2), .fail(CallError(.rateLimited, "No, x", retry: true, retryAfter: 1_500_000_000)),
            ])
    }

    @Test func failsInTheMiddleOfAStreamAndThenDoesNotAdviseToRetry() throws {
        let state = try state(
            """
            {"answer": {"reasoning": "hm", "text": ["a", "b"], "tool_calls": [{"name": "f"}]},
             "fault": {"code": "unavailable", "after_pieces": 2}}
            """)
        #expect(played(state, ask("x")) == "[hm]a!unavailable")
        guard case .fail(let error)? = try state.steps(for: ask("x")).last else {
            Issue.record("no fault")
            return
        }
        #expect(error == CallError(.unavailable, "the script says so"))
    }

    @Test func advisesToRetryWhereTheScriptOrTheCodeSaysSo() throws {
        for (fault, retry) in [
            (#"{"code": "unavailable"}"#, true), (#"{"code": "unavailable", "retry": false}"#, false),
            (#"{"code": "internal"}"#, false), (#"{"code": "internal", "retry": true}"#, true),
        ] {
            guard case .fail(let error)? = try state("{\"fault\": \(fault)}").steps(for: ask("x")).last else {
                Issue.record("no fault")
                return
            }
            #expect(error.retry == retry, "\(fault)")
        }
    }

    @Test func hangsAtOnceOrAfterPieces() throws {
        #expect(played(try state(#"{"hang": true}"#), ask("x")) == "…")
        #expect(
            played(try state(#"{"answer": {"text": ["a", "b"]}, "hang": {"after_pieces": 1}}"#), ask("x")) == "a…")
    }

    @Test func failsOnceAndThenAnswers() throws {
        let state = try state(#"{"times": 1, "fault": {"code": "unavailable"}}, {"answer": {"text": "ok"}}"#)
        #expect(played(state, ask("x")) == "!unavailable")
        #expect(played(state, ask("x")) == "ok.stop")
    }
}
