import JackfieldJSON
import JackfieldVocabulary
import Testing

@testable import Anthropic

struct ConversationTests {
    private func messages(_ messages: LLM.Message...) throws -> String {
        try encoded(LLM.CompletionRequest(model: "m", messages: messages))["messages"]?.text ?? ""
    }

    @Test func writesTheSmallestRequest() throws {
        let body = try encodedWhole(request(hello)).body
        #expect(
            String(decoding: body, as: UTF8.self)
                == #"{"model":"claude-x","max_tokens":8192,"messages":[{"role":"user","content":"Hello"}]}"#)
    }

    @Test func putsSystemAndDeveloperTextsIntoTheSystemPrompt() throws {
        let one = try encoded(request(LLM.Message(role: "system", text: "Be brief."), hello))
        #expect(one["system"] == "Be brief.")
        let two = try encoded(
            request(
                LLM.Message(role: "system", text: "A"), hello, LLM.Message(role: "developer", text: "B"),
                LLM.Message(role: "system", text: " \n")))
        #expect(two["system"]?.text == #"[{"type":"text","text":"A"},{"type":"text","text":"B"}]"#)
        #expect(two["messages"]?.array?.count == 1)
    }

    @Test func refusesPicturesInTheSystemPrompt() {
        let system = LLM.Message(role: "system", parts: [.imageURL("https://h/i.png", detail: nil)])
        #expect(refusal { try encoded(request(system, hello)) }?.code == .unsupported)
    }

    @Test func joinsMessagesOfTheSameSide() throws {
        let text = try messages(
            hello, LLM.Message(role: "user", text: "there"), LLM.Message(role: "assistant", text: "Yes?"),
            LLM.Message(role: "assistant", text: ""), LLM.Message(role: "assistant", text: "Go on. \n"))
        #expect(
            text == #"[{"role":"user","content":[{"type":"text","text":"Hello"},{"type":"text","text":"there"}]},"#
                + #"{"role":"assistant","content":[{"type":"text","text":"Yes?"},{"type":"text","text":"Go on."}]}]"#)
    }

    @Test func sendsPartsAsBlocksWithTheirOwnMembers() throws {
        let mark = #"{"cache_control":{"type":"ephemeral"}}"#
        let text = try messages(
            LLM.Message(
                role: "user",
                parts: [
                    .text("Look", extra: mark), .imageURL("https://h/i.png", detail: "high"),
                    .image([1, 2, 3, 4], mediaType: "image/JPG", detail: nil, extra: mark),
                    .data(#"{"a":1}"#, mediaType: "application/json"), .text("  "),
                ]))
        #expect(
            text == #"[{"role":"user","content":[{"type":"text","text":"Look","cache_control":{"type":"ephemeral"}},"#
                + #"{"type":"image","source":{"type":"url","url":"https://h/i.png"}},"#
                + #"{"type":"image","source":{"type":"base64","media_type":"image/jpeg","data":"AQIDBA=="},"#
                + #""cache_control":{"type":"ephemeral"}},{"type":"text","text":"{\"a\":1}"}]}]"#)
    }

    @Test func marksTheLastBlockWhereTheMessageIsMarked() throws {
        let mark = #"{"cache_control":{"type":"ephemeral"},"annotations":[]}"#
        let system = LLM.Message(role: "system", parts: [.text("A"), .text("B")], extra: mark)
        let user = LLM.Message(role: "user", parts: [.text("C")], extra: mark)
        let body = try encoded(request(system, user))
        #expect(
            body["system"]?.text == #"[{"type":"text","text":"A"},"#
                + #"{"type":"text","text":"B","cache_control":{"type":"ephemeral"}}]"#)
        #expect(
            body["messages"]?.text
                == #"[{"role":"user","content":[{"type":"text","text":"C","cache_control":{"type":"ephemeral"}}]}]"#)
    }

    @Test func answersCallsInTheUsersTurnAheadOfWhatTheUserSays() throws {
        let call = LLM.Message(
            role: "assistant", parts: [.text("Let me see.")],
            calls: [
                LLM.ToolCall(id: "toolu_1", name: "disk", arguments: #"{"path":"/"}"#),
                LLM.ToolCall(id: "call.2:b", name: "load", arguments: ""),
                LLM.ToolCall(id: "c3", name: "load", arguments: "{not"),
            ])
        let text = try messages(
            hello, call, LLM.Message(role: "tool", parts: [.text("97 %")], toolCallID: "toolu_1"),
            LLM.Message(role: "user", text: "Hurry"),
            LLM.Message(
                role: "tool", parts: [.text("see"), .image([0], mediaType: "image/png", detail: nil)],
                toolCallID: "call.2:b"),
            LLM.Message(role: "tool", parts: [], toolCallID: "c3", extra: #"{"is_error":true}"#))
        #expect(
            text == #"[{"role":"user","content":"Hello"},{"role":"assistant","content":["#
                + #"{"type":"text","text":"Let me see."},"#
                + #"{"type":"tool_use","id":"toolu_1","name":"disk","input":{"path":"/"}},"#
                + #"{"type":"tool_use","id":"call_2_b_8213d0757c2a1fcd","name":"load","input":{}},"#
                + #"{"type":"tool_use","id":"c3","name":"load","input":{"INVALID_JSON":"{not"}}]},"#
                + #"{"role":"user","content":["#
                + #"{"type":"tool_result","tool_use_id":"toolu_1","content":"97 %"},"#
                + #"{"type":"tool_result","tool_use_id":"call_2_b_8213d0757c2a1fcd","content":["#
                + #"{"type":"text","text":"see"},"#
                + #"{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AA=="}}]},"#
                + #"{"type":"tool_result","tool_use_id":"c3","is_error":true},"#
                + #"{"type":"text","text":"Hurry"}]}]"#)
    }

    @Test func keepsCallsApartWhoseIDsHaveToChange() {
        #expect(ToolCallID.safe("toolu_1-A") == "toolu_1-A")
        let ids = ["call_1", "call.1", "call:1", "", ".", String(repeating: "é", count: 200)].map(ToolCallID.safe)
        #expect(Set(ids).count == ids.count)
        for id in ids {
            #expect((1...64).contains(id.utf8.count))
            #expect(id.allSatisfy { $0 == "-" || $0 == "_" || $0.isASCII && ($0.isLetter || $0.isNumber) })
        }
    }

    @Test func sendsThinkingBackAheadOfEverythingElse() throws {
        let blocks =
            #"[{"type":"thinking","thinking":"Hm.","signature":"s=="},{"type":"redacted_thinking","data":"x"}]"#
        let answer = LLM.Message(
            role: "assistant", parts: [.text("Yes.")], calls: [LLM.ToolCall(id: "a", name: "f", arguments: "{}")],
            reasoning: "Hm.", extra: #"{"thinking_blocks":\#(blocks),"cache_control":{"type":"ephemeral"}}"#)
        let text = try messages(hello, answer)
        #expect(
            text.hasSuffix(
                #"{"role":"assistant","content":["# + blocks.dropFirst().dropLast()
                    + #",{"type":"text","text":"Yes."},"#
                    + #"{"type":"tool_use","id":"a","name":"f","input":{},"cache_control":{"type":"ephemeral"}}]}]"#))
    }

    @Test(arguments: [
        #"{"thinking_blocks":{}}"#, #"{"thinking_blocks":[1]}"#, #"{"thinking_blocks":[{"type":"text"}]}"#,
    ])
    func refusesThinkingThatIsNone(_ extra: String) {
        let answer = LLM.Message(role: "assistant", parts: [.text("Yes.")], extra: extra)
        #expect(refusal { try encoded(request(hello, answer)) }?.message.contains("thinking_blocks") == true)
    }

    @Test func leavesOutWhatClientsSendBackFromAnswers() throws {
        let extra = #"{"refusal":null,"annotations":[],"audio":null,"reasoning_details":[]}"#
        let answer = LLM.Message(role: "assistant", parts: [.text("Yes.")], reasoning: "Hm.", extra: extra)
        #expect(try messages(answer) == #"[{"role":"assistant","content":"Yes."}]"#)
        let refused = LLM.Message(role: "assistant", parts: [], extra: #"{"refusal":"No."}"#)
        #expect(try messages(refused) == #"[{"role":"assistant","content":"No."}]"#)
    }

    @Test func takesDocumentsInBothDialects() throws {
        let file =
            #"{"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,JVBERg=="}}"#
        let note = #"{"type":"file","file":{"file_data":"data:text/markdown;charset=utf-8;base64,IyBB"}}"#
        let known = #"{"type":"file","file":{"file_id":"file_1"},"cache_control":{"type":"ephemeral"}}"#
        let own = #"{"type":"document","source":{"type":"url","url":"https://h/a.pdf"}}"#
        let text = try messages(
            LLM.Message(role: "user", parts: [.other(file), .other(note), .other(known), .other(own)]))
        #expect(
            text == #"[{"role":"user","content":[{"type":"document","source":{"type":"base64","#
                + #""media_type":"application/pdf","data":"JVBERg=="},"title":"a.pdf"},"#
                + ##"{"type":"document","source":{"type":"text","media_type":"text/plain","data":"# A"}},"##
                + #"{"type":"document","source":{"type":"file","file_id":"file_1"},"#
                + #""cache_control":{"type":"ephemeral"}},"# + own + "]}]")
    }

    @Test(arguments: [
        (LLM.Part.image([0], mediaType: "image/tiff", detail: nil), CallError.Code.unsupported, "image/tiff"),
        (.other(#"{"type":"input_audio","input_audio":{}}"#), .unsupported, "input_audio"),
        (.other(#"{"type":"file","file":{"file_data":"data:audio/wav;base64,AA=="}}"#), .unsupported, "audio/wav"),
        (.other(#"{"type":"file","file":{"file_data":"data:,x"}}"#), .invalidArgument, "file_data"),
        (.other(#"{"type":"file","file":{"file_data":"data:application/pdf;base64,*"}}"#), .invalidArgument, "Base64"),
        (.other(#"{"type":"file"}"#), .invalidArgument, "file"), (.other("[]"), .invalidArgument, "type"),
        (.text("a", extra: "[]"), .invalidArgument, "extra"),
    ])
    func saysWhichPartItCannotSend(_ part: LLM.Part, _ code: CallError.Code, _ word: String) {
        let error = refusal { try encoded(request(LLM.Message(role: "user", parts: [part]))) }
        #expect(error?.code == code)
        #expect(error?.message.contains(word) == true)
    }

    @Test func refusesResultsOfNoCall() {
        let error = refusal { try encoded(request(hello, LLM.Message(role: "tool", text: "x"))) }
        #expect(error?.message.contains("tool_call_id") == true)
        #expect(refusal { try encoded(request(LLM.Message(role: "narrator", text: "x"))) }?.code == .invalidArgument)
    }
}
