import JackfieldVocabulary
import Testing

@testable import Offline

private func document(_ findings: String, more: String = "") -> LLM.Part {
    .data("{\"findings\":[\(findings)]\(more)}", mediaType: FindingsDocument.mediaType)
}

private let diskFull =
    #"{"id":"disk.space:/","severity":"critical","title":"/ is 97 % full.","value":97,"threshold":95,"unit":"%","source":"statvfs"}"#
private let busy =
    #"{"id":"cpu.busy","severity":"warning","title":"The processors are 91 % busy","threshold":90,"unit":"%"}"#
private let memory = #"{"id":"memory.available","severity":"ok","title":"62 % of the memory is available"}"#
private let network = #"{"id":"network.errors:eth0","severity":"ok","title":"eth0 has no errors"}"#

private func ask(_ question: String, _ parts: LLM.Part...) -> LLM.CompletionRequest {
    LLM.CompletionRequest(
        model: "notes",
        messages: [
            LLM.Message(role: "system", text: "You are an expert."),
            LLM.Message(role: "user", parts: [.text(question)] + parts),
        ])
}

private func text(_ request: LLM.CompletionRequest) throws -> String {
    try OfflineProvider.answer(request).map { if case .text(let text, _, _) = $0 { text } else { "" } }.joined()
}

struct OfflineTests {
    @Test func wordsFindingsWorstFirst() throws {
        let answer = try text(
            ask(
                "Is this machine healthy?",
                document(
                    [busy, memory, diskFull, network].joined(separator: ","), more: #","host":"box","window_ms":1500"#))
        )
        #expect(
            answer.hasPrefix(
                "On box there is 1 critical finding and 1 warning, measured over 1.5 s: something needs attention now. "
                    + "Critical: / is 97 % full (the threshold is 95 %, read from statvfs). "
                    + "Warning: The processors are 91 % busy (the threshold is 90 %). "
                    + "2 more measurements (memory, network) are in order. No language model was asked: "))
        #expect(answer.contains("llm/openai"))
    }

    @Test func putsTheAreaOfTheQuestionFirst() throws {
        let answer = try text(ask("Why are the processors slow?", document([diskFull, busy].joined(separator: ","))))
        let cpu = try #require(answer.firstRange(of: "91 % busy"))
        let disk = try #require(answer.firstRange(of: "97 % full"))
        #expect(cpu.lowerBound < disk.lowerBound)
    }

    @Test func givesTheFiguresOfTheAreaThatWasAskedAboutAlsoWhenTheyAreGood() throws {
        let answer = try text(ask("How is the RAM?", document([memory, network].joined(separator: ","))))
        #expect(
            answer.hasPrefix(
                "Nothing is out of order. All 2 measurements are within the thresholds. 62 % of the memory is available. "
            ))
        #expect(answer.contains("One more measurement (network) is in order."))
    }

    @Test func takesOnlyTheLastUserMessage() throws {
        var request = ask("Old", document(diskFull))
        request.messages.append(LLM.Message(role: "user", text: "And now?"))
        #expect(try text(request).hasPrefix("This is not the answer of a language model"))
    }

    @Test func addsUpSeveralDocuments() throws {
        let answer = try text(ask("All?", document(diskFull), document(busy)))
        #expect(answer.hasPrefix("There is 1 critical finding and 1 warning: "))
    }

    @Test(arguments: ["", "not json", "[]", #"{"findings":7}"#, #"{"findings":[{"severity":"critical"}]}"#])
    func doesNotInventFindings(_ json: String) throws {
        let answer = try text(ask("Hm?", .data(json, mediaType: FindingsDocument.mediaType)))
        #expect(answer.hasPrefix("This is not the answer of a language model"))
        #expect(answer.contains("jackfield ask"))
    }

    @Test func readsAFindingThatHasNothingButAnId() throws {
        let answer = try text(
            ask("?", document(#"{"id":"swap.used","severity":"odd","value":1610612736,"unit":"By"}"#)))
        #expect(answer.contains("Warning: swap.used is 1.5 GiB."))
    }

    @Test func streamsSentenceBySentenceAndOtherwiseAnswersInOnePiece() throws {
        var request = ask("Hm?", document([diskFull, busy].joined(separator: ",")))
        let whole = try OfflineProvider.answer(request)
        #expect(whole.count == 3)
        request.stream = true
        let streamed = try OfflineProvider.answer(request)
        #expect(streamed.count == 6)
        #expect(try text(request) == text(ask("Hm?", document([diskFull, busy].joined(separator: ",")))))
        #expect(streamed.suffix(2) == [.stop("stop"), .usage(LLM.Usage())])
    }

    @Test func countsNoTokensBecauseNoneWereUsed() throws {
        let usage = try OfflineProvider.answer(ask("x")).last
        #expect(usage == .usage(LLM.Usage(promptTokens: 0, completionTokens: 0, isEstimated: false)))
    }

    @Test func saysThatToolsWereIgnored() throws {
        var request = ask("x")
        request.tools = [LLM.Tool(name: "f")]
        #expect(
            try text(request).hasSuffix(
                "The tool of your request was ignored: without a language model nothing decides to call it."))
        request.tools.append(LLM.Tool(name: "g"))
        #expect(try text(request).contains("The 2 tools of your request were ignored"))
    }

    @Test(arguments: [#"{"type":"json_object"}"#, #"{"type":"json_schema","json_schema":{}}"#, "rubbish"])
    func refusesToAnswerInJSON(_ format: String) {
        var request = ask("x")
        request.responseFormat = format
        let error = #expect(throws: CallError.self) { try OfflineProvider.answer(request) }
        #expect(error?.code == .unsupported)
        #expect(error?.message.contains("response format") == true)
    }

    @Test func answersInPlainTextWhereThatIsAskedFor() throws {
        var request = ask("x")
        request.responseFormat = #"{"type":"text"}"#
        #expect(try !text(request).isEmpty)
    }

    @Test func knowsOneModelOnly() {
        var request = ask("x")
        request.model = "gpt"
        #expect(throws: CallError(.notFound, "the offline provider has no model \"gpt\"; its only name is \"notes\"")) {
            try OfflineProvider.answer(request)
        }
    }
}

struct QuantityTests {
    @Test(arguments: [
        (97.0, "%", "97 %"), (0.126, "1", "0.13"), (1536, "By", "1.5 KiB"), (5_368_709_120, "By/s", "5 GiB/s"),
        (12.34, "s", "12.3 s"),
        (7200, "s", "2 h"), (172_800, "s", "2 days"), (3, "{process}", "3 process"), (1234.6, "ms", "1235 ms"),
        (-2048, "By", "-2 KiB"),
        (.infinity, "%", "unknown %"),
    ])
    func readsLikeAPersonWouldSayIt(_ value: Double, _ unit: String, _ words: String) {
        #expect(Quantity.words(value, unit: unit) == words)
    }
}
