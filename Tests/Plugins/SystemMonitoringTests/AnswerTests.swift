import JackfieldJSON
import JackfieldVocabulary
import Testing

@testable import SystemMonitoring

/// How findings become an answer, with and without a model.
struct AnswerTests {
    private let findings = [
        Agent.Finding(
            id: "cpu.busy", severity: .ok, title: "The CPU is 12% busy.", value: 12, threshold: 85, unit: "%"),
        Agent.Finding(
            id: "memory.used", severity: .warning, title: "Memory is 90% used.", value: 90, threshold: 85, unit: "%"),
        Agent.Finding(
            id: "disk.space:/", severity: .critical, title: "The filesystem at / is 97% full.", value: 97,
            threshold: 95,
            unit: "%", source: "statvfs /"),
        Agent.Finding(id: "disk.rate:vda", severity: .info, title: "The disk vda neither reads nor writes."),
        Agent.Finding(id: "measurement.missing", severity: .info, title: "Not everything could be measured: x."),
    ]

    @Test func theWorstComesFirstAndTheWholeLast() {
        #expect(
            WordedAnswer(findings: findings, areas: [], host: "web-1").text == """
                Critical: The filesystem at / is 97% full. (From 95% it is critical.)
                Warning: Memory is 90% used. (From 85% it is a warning.)

                The CPU is 12% busy.

                Not everything could be measured: x.

                Overall, web-1 is in trouble: 1 critical finding and 1 warning among 5.
                """)
    }

    @Test func whatWasAskedForComesFirst() {
        #expect(
            WordedAnswer(findings: findings, areas: [.cpu, .memory], host: nil).text == """
                Warning: Memory is 90% used. (From 85% it is a warning.)
                The CPU is 12% busy.

                Elsewhere:
                Critical: The filesystem at / is 97% full. (From 95% it is critical.)

                Not everything could be measured: x.

                Overall, the machine is in trouble: 1 critical finding and 1 warning among 5.
                """)
    }

    @Test func aMachineThatIsWellIsSaidToBeHealthy() {
        #expect(
            WordedAnswer(findings: [findings[0]], areas: [], host: nil).text
                == "The CPU is 12% busy.\n\nOverall, the machine is healthy: 1 measurement is within the thresholds, none beyond."
        )
        #expect(
            WordedAnswer(findings: [], areas: [], host: nil).text
                == "Overall, the machine could not be judged: nothing that has a threshold could be measured.")
    }

    @Test(arguments: [
        ("Is any disk nearly full?", [Area.disk]), ("Is this machine healthy?", []),
        ("How much RAM is free, and is it swapping?", [.memory, .swap]),
        ("Which processes use most CPU?", [.processes, .cpu]),
        ("Why is the I/O so slow?", [.disk]), ("What is the system's uptime?", [.machine]),
        ("A full check of this busy server", []),
    ])
    func aQuestionNamesItsAreas(_ question: String, _ areas: [Area]) {
        #expect(Area.named(in: question) == areas)
    }

    @Test func theDocumentHoldsTheFindingsWorstFirst() throws {
        let document = FindingsDocument(findings: [findings[3], findings[2]], window: 500, host: "a\"b")
        #expect(
            document.json
                == #"{"findings":[{"id":"disk.space:/","severity":"critical","title":"The filesystem at / is 97% full.","#
                + #""value":97,"threshold":95,"unit":"%","source":"statvfs /"},"#
                + #"{"id":"disk.rate:vda","severity":"info","title":"The disk vda neither reads nor writes."}],"#
                + #""window_ms":500,"host":"a\"b"}"#)
    }

    @Test func theModelGetsTheHistoryTheQuestionAndTheFindings() {
        let document = FindingsDocument(findings: [], window: 500, host: nil)
        let invocation = Agent.Invocation(
            input: "And now?", model: nil, history: [Agent.Turn(role: "user", text: "How is it?")])
        let request = ModelAnswer.request(invocation, document)
        #expect(request.model == "default")
        #expect(request.stream)
        #expect(request.messages.map(\.role) == ["system", "user", "user"])
        #expect(
            request.messages.last?.parts == [
                .text("And now?"),
                .data(#"{"findings":[],"window_ms":500}"#, mediaType: "application/vnd.jackfield.findings+json"),
            ])
        #expect(ModelAnswer.request(Agent.Invocation(input: "?", model: "fast"), document).model == "fast")
    }

    @Test func onlyWordsOfTheFirstChoiceArePassedOn() {
        var answer = ModelAnswer()
        #expect(answer.take(.text("hm", kind: .reasoning)) == nil)
        #expect(answer.take(.text("other", choice: 1)) == nil)
        #expect(answer.take(.text(" ")) == " ")
        #expect(!answer.hasText)
        #expect(answer.take(.text("All is well.")) == "All is well.")
        #expect(answer.hasText)
        #expect(answer.take(.usage(LLM.Usage(promptTokens: 7, completionTokens: 3))) == nil)
        #expect(
            answer.result(LLM.CompletionResult(upstream: "openai/gpt"))
                == Agent.Result(consulted: true, promptTokens: 7, completionTokens: 3, upstream: "openai/gpt"))
        #expect(answer.take(.stop("length")) == nil)
        #expect(
            answer.result(LLM.CompletionResult()).note
                == "the answer was cut off: it reached the model's limit of tokens")
    }

    @Test func theResultSaysWhetherAModelWasAsked() {
        var answer = ModelAnswer()
        _ = answer.take(.text("x"))
        let offline = answer.result(LLM.CompletionResult(upstream: "offline/notes", isNotAModel: true))
        #expect(!offline.consulted)
        #expect(offline.note == "no language model was asked: offline/notes worded the findings")
        let cut = answer.cutOff(by: CallError(.unavailable, "the upstream hung up"))
        #expect(cut.consulted)
        #expect(cut.note == "the answer was cut off: the upstream hung up")
        let refused = answer.wordedHere(because: CallError(.forbidden, "the model is not granted"))
        #expect(!refused.consulted)
        #expect(refused.note == "no language model was asked: the model is not granted")
        #expect(
            answer.wordedHere(because: CallError(.deadline, "too late")).note
                == "the language model could not be reached: too late")
        #expect(answer.wordedHere(because: nil).note?.hasPrefix("the language model gave no text") == true)
    }

    @Test(arguments: [(0.0, "0%"), (0.01, "under 0.1%"), (4.25, "4.3%"), (9.96, "10%"), (99.6, "100%")])
    func percentagesAreTold(_ value: Double, _ text: String) {
        #expect(Amount.percent(value) == text)
    }

    @Test(arguments: [
        (0.0, "0 bytes"), (1023, "1023 bytes"), (1024, "1 KiB"), (1536, "1.5 KiB"), (1_048_500, "1 MiB"),
        (17_179_869_184, "16 GiB"),
    ])
    func bytesAreTold(_ value: Double, _ text: String) {
        #expect(Amount.bytes(value) == text)
    }

    @Test(arguments: [
        (0.4, "0 seconds"), (1, "1 second"), (61, "1 minute"), (3600, "1 hour"), (90_061, "1 day and 1 hour"),
        (86_460, "1 day"),
    ])
    func durationsAreTold(_ value: Double, _ text: String) {
        #expect(Amount.duration(value) == text)
    }
}
