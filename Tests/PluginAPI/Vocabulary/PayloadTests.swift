import CJackfield
import JackfieldVocabulary
import Testing

@Suite struct PayloadTests {
    private static var completion: LLM.CompletionRequest {
        var request = LLM.CompletionRequest(
            model: "m",
            messages: [
                LLM.Message(role: "system", text: ""),
                LLM.Message(
                    role: "user",
                    parts: [
                        .text("Grüße 😀"), .imageURL("https://example.org/a.png", detail: "low"),
                        .image([0, 1, 255], mediaType: "image/png", detail: nil),
                        .data("{}", mediaType: "application/json"),
                        .other(#"{"type":"x"}"#), .text("c", extra: #"{"cache_control":{}}"#),
                        .imageURL("https://example.org/b.png", detail: nil, extra: #"{"a":1}"#),
                        .image([7], mediaType: "image/png", detail: "high", extra: #"{"b":2}"#),
                    ], name: "anna"),
                LLM.Message(
                    role: "assistant", parts: [],
                    calls: [
                        LLM.ToolCall(id: "1", name: "f", arguments: "{"),
                        LLM.ToolCall(id: "2", name: "g", arguments: "", extra: #"{"c":3}"#),
                    ], reasoning: "hm"),
                LLM.Message(role: "tool", parts: [.text("42")], toolCallID: "1", extra: #"{"k":1}"#),
            ])
        request.stream = true
        request.tools = [
            LLM.Tool(name: "f", description: "d", parameters: "{}", strict: false),
            LLM.Tool(name: "g", extra: #"{"d":4}"#),
        ]
        request.toolChoice = #""auto""#
        request.parallelToolCalls = false
        request.maxTokens = 7
        request.choices = 2
        request.temperature = 0
        request.topP = 0.5
        request.frequencyPenalty = -1
        request.presencePenalty = 1
        request.seed = -5
        request.stop = ["a", ""]
        request.logprobs = true
        request.topLogprobs = 3
        request.user = "u"
        request.extra = "{}"
        request.responseFormat = #"{"type":"text"}"#
        return request
    }

    private func roundTrip<Value: Payload & Equatable>(
        _ value: Value, _ contract: String, _ method: Int32, result: Bool = false
    ) throws {
        let method = try #require(MethodContract(contract, revision: 1, method: UInt32(method)))
        value.payload().withUnsafeBytes { bytes in
            let fault =
                result ? method.fault(result: jackfield_view(bytes)) : method.fault(request: jackfield_view(bytes))
            #expect(fault == nil)
            #expect(Value(PayloadReader(checked: bytes)) == value)
        }
    }

    @Test func everyFieldOfEveryPayloadSurvivesTheTrip() throws {
        try roundTrip(Self.completion, "jackfield.llm", JACKFIELD_LLM_COMPLETE)
        try roundTrip(LLM.CompletionRequest(model: "", messages: []), "jackfield.llm", JACKFIELD_LLM_COMPLETE)
        try roundTrip(
            LLM.CompletionResult(id: "i", model: nil, upstream: "a/b", extra: "{}", isNotAModel: true), "jackfield.llm",
            JACKFIELD_LLM_COMPLETE, result: true)
        try roundTrip(
            LLM.EmbeddingResult(vectors: [[1.5, -2], []], promptTokens: 9, model: "m"), "jackfield.llm",
            JACKFIELD_LLM_EMBED,
            result: true)
        try roundTrip(
            LLM.ModelList([LLM.Model(id: "a", owner: "b", created: 5, isNotAModel: true)]), "jackfield.llm",
            JACKFIELD_LLM_MODELS, result: true)
        let list = Tool.Entry(
            name: "n", description: "d", parameters: "{}", result: "{}", traits: [.readOnly, .openWorld])
        try roundTrip(Tool.List([list]), "jackfield.tool", JACKFIELD_TOOL_LIST, result: true)
        try roundTrip(Tool.Invocation(name: "n", arguments: "{}", id: "c"), "jackfield.tool", JACKFIELD_TOOL_CALL)
        try roundTrip(
            Tool.Result(content: "[]", mediaType: "text/plain", isFailure: true), "jackfield.tool", JACKFIELD_TOOL_CALL,
            result: true)
        try roundTrip(
            Tool.ServiceList([Tool.ServiceEntry(name: "i/n", alias: "i__n", list)]), "jackfield.tools",
            JACKFIELD_TOOLS_LIST, result: true)
        try roundTrip(
            Tool.ServiceInvocation(name: "i/n", arguments: "{}", id: "c"), "jackfield.tools", JACKFIELD_TOOLS_CALL)
        try roundTrip(
            Notifier.Alert(
                id: "a", rule: "r", severity: .warning, title: "t", detail: "d", source: "s", started: 5, ended: 6,
                reference: "f", labels: [Exporter.Label("k", "v")]), "jackfield.notifier", JACKFIELD_NOTIFIER_RESOLVE)
        try roundTrip(
            Notifier.Receipt(reference: "f"), "jackfield.notifier", JACKFIELD_NOTIFIER_NOTIFY, result: true)
        try roundTrip(
            Agent.Description(
                summary: "s",
                capabilities: [Agent.Capability(id: "c", description: "d", keywords: ["k", "l"], examples: ["e"])]),
            "jackfield.agent", JACKFIELD_AGENT_DESCRIBE, result: true)
        try roundTrip(
            Agent.Invocation(input: "i", model: nil, context: "{}", history: [Agent.Turn(role: "user", text: "t")]),
            "jackfield.agent", JACKFIELD_AGENT_INVOKE)
        try roundTrip(
            Validator.Verdict(
                action: .redact,
                findings: [
                    Validator.Finding(
                        rule: "r", action: .redact, severity: .warning, segment: 0, range: 3..<9, message: "m")
                ], rewrites: [0: "x", 2: ""], settled: [4, 5, 6]), "jackfield.validator", JACKFIELD_VALIDATOR_CHECK,
            result: true)
        try roundTrip(
            Exporter.Snapshot(
                time: 5, start: 4, accept: nil,
                families: [
                    Exporter.Family(
                        name: "n", kind: .histogram, unit: "s", help: "h",
                        samples: [
                            Exporter.Sample(
                                labels: [Exporter.Label("a", "b")], value: 1, count: 2,
                                buckets: [Exporter.Bucket(upper: .infinity, count: 2)])
                        ])
                ],
                spans: [
                    Exporter.Span(
                        name: "s", start: 1, end: 2, traceID: "t", spanID: "p", attributes: [Exporter.Label("k", "v")])
                ]),
            "jackfield.exporter", JACKFIELD_EXPORTER_RENDER)
    }

    @Test(arguments: [
        LLM.Event.text("hé", kind: .reasoning, choice: 3),
        .toolCall(index: 1, id: "i", name: nil, arguments: "{", choice: 0),
        .toolRun(
            LLM.ToolRun(
                id: "i", name: "a/b", arguments: "{}", content: "c", error: .deadline, isFailure: true, round: 2,
                duration: 7)),
        .stop("stop", choice: 1), .logprobs("{}", choice: 0), .extra(#"{"thinking_blocks":[]}"#, choice: 2),
        .usage(
            LLM.Usage(
                promptTokens: 1, completionTokens: 2, totalTokens: 4, cachedTokens: 1, cacheWriteTokens: 5,
                reasoningTokens: 1, isEstimated: true)),
    ])
    func everyEventSurvivesTheTrip(event: LLM.Event) throws {
        let (number, payload) = event.encoded()
        let method = try #require(MethodContract("jackfield.llm", revision: 1, method: UInt32(JACKFIELD_LLM_COMPLETE)))
        payload.withUnsafeBytes { bytes in
            #expect(method.fault(event: number, jackfield_view(bytes)) == nil)
            #expect(LLM.Event(event: number, PayloadReader(checked: bytes)) == event)
        }
    }

    @Test func aShorterStructReadsAsZeroAndALongerOneIsAcceptedIfItsTailIsZero() throws {
        let method = try #require(MethodContract("jackfield.timer", revision: 1, method: UInt32(JACKFIELD_TIMER_AFTER)))
        func fault(_ bytes: [UInt8]) -> PayloadFault? {
            bytes.withUnsafeBytes { method.fault(request: jackfield_view($0)) }
        }
        var bytes = TimerRequest(delay: 9).payload()
        #expect(fault(bytes) == nil)
        bytes += [UInt8](repeating: 0, count: 8)
        bytes[0] = 24
        #expect(fault(bytes) == nil)
        #expect(bytes.withUnsafeBytes { TimerRequest(PayloadReader(checked: $0)) }.delay == 9)
        bytes[20] = 1
        #expect(fault(bytes)?.description.contains("unknown part is not zero") == true)
        bytes[0] = 8
        #expect(fault(bytes)?.description.contains("shorter") == true)
    }

    /// Whatever bytes come: either the checker refuses them, or reading them stays inside the buffer (the sanitizer, and
    /// the bounds checks of the reader, would say otherwise).
    @Test func mutatedPayloadsAreRefusedOrCanBeRead() throws {
        let method = try #require(MethodContract("jackfield.llm", revision: 1, method: UInt32(JACKFIELD_LLM_COMPLETE)))
        let original = Self.completion.payload()
        var random = SplitMix(state: 42)
        var refused = 0
        for _ in 0..<20_000 {
            var bytes = original
            for _ in 0...random.below(4) { bytes[random.below(bytes.count)] = UInt8(truncatingIfNeeded: random.next()) }
            if random.below(4) == 0 { bytes.removeLast(random.below(bytes.count)) }
            bytes.withUnsafeBytes { bytes in
                if method.fault(request: jackfield_view(bytes)) == nil {
                    _ = LLM.CompletionRequest(PayloadReader(checked: bytes))
                } else {
                    refused += 1
                }
            }
        }
        #expect(refused > 2_000)
        #expect(refused < 20_000)
    }

    /// Many lists that share their bytes would make a small payload cost without bound.
    @Test func referencesMayNotShareBytes() throws {
        var writer = PayloadWriter(jackfield_agent_description.self)
        var head = jackfield_agent_description()
        let items = writer.items(Array(repeating: "k", count: 1000))
        head.capabilities = writer.list(Array(repeating: 0, count: 1000)) { _, _ in
            jackfield_agent_capability(
                id: jackfield_text(), description: jackfield_text(), keywords: items, examples: items)
        }
        let bytes = writer.finish(head)
        let method = try #require(
            MethodContract("jackfield.agent", revision: 1, method: UInt32(JACKFIELD_AGENT_DESCRIBE)))
        let fault = bytes.withUnsafeBytes { method.fault(result: jackfield_view($0)) }
        #expect(fault?.description.contains("more bytes than the payload has") == true)
    }
}

/// Vigna's splitmix64: small, seeded, the same on every machine.
struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}
