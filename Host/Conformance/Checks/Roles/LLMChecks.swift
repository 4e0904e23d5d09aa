import CJackfield
import JackfieldJSON
import JackfieldVocabulary

private let role = ["jackfield.llm"]

extension CheckCatalogue {
    static let llmChecks: [Check] = [
        Check(
            id: "role-llm-stop", group: .role,
            sentence: "A completion that ends well has exactly one stop for each choice, with a reason.",
            why: "Clients wait for `finish_reason`: without it an answer looks cut off, with two the second is lost.",
            mend: "Emit one stop event for each choice, after its last text or tool call, and only once.",
            roles: role
        ) { bench in
            for call in try bench.answered("complete") {
                var stops: [UInt32: Int] = [:]
                for case .stop(let reason, let choice) in call.heard(LLM.Event.init(event:_:)) {
                    try expect(!reason.isEmpty, "the stop of choice \(choice) has no reason")
                    stops[choice, default: 0] += 1
                }
                for choice in 0..<(call.asked(LLM.CompletionRequest.self).choices ?? 1) {
                    let count = stops[choice] ?? 0
                    try expect(count == 1, "choice \(choice) has \(count) stops", [call.summary])
                }
            }
        },
        Check(
            id: "role-llm-order", group: .role,
            sentence: "Nothing belongs to a choice any more after its stop.",
            why: "A client closes the choice at its stop; text that comes after it never reaches the user.",
            mend: "Hold the stop back until the upstream has sent the last piece of the choice.",
            roles: role
        ) { bench in
            for call in try bench.answered("complete") {
                var stopped: Set<UInt32> = []
                for event in call.heard(LLM.Event.init(event:_:)) {
                    switch event {
                    case .text(_, _, let choice), .toolCall(_, _, _, _, let choice), .logprobs(_, let choice),
                        .extra(_, let choice):
                        try expect(!stopped.contains(choice), "an event of choice \(choice) came after its stop")
                    case .stop(_, let choice): stopped.insert(choice)
                    case .usage, .toolRun: break
                    }
                }
            }
        },
        Check(
            id: "role-llm-choices", group: .role,
            sentence: "Events name only choices that were asked for.",
            why: "The host has room for the choices of the request; an answer to another one has no reader.",
            mend: "Number choices from 0, and pass `choices` on to the upstream.",
            roles: role
        ) { bench in
            for call in try bench.answered("complete") {
                let count = call.asked(LLM.CompletionRequest.self).choices ?? 1
                for event in call.heard(LLM.Event.init(event:_:)) {
                    switch event {
                    case .text(_, _, let choice), .toolCall(_, _, _, _, let choice), .logprobs(_, let choice),
                        .extra(_, let choice), .stop(_, let choice):
                        try expect(choice < count, "an event names choice \(choice) of \(count)")
                    case .usage, .toolRun: break
                    }
                }
            }
        },
        Check(
            id: "role-llm-usage", group: .role,
            sentence: "A completion that ends well reports its tokens, and the last report adds up.",
            why: """
                Budgets and costs are made of these numbers: what is part of something may not be more than it, and the \
                total is never below its parts.
                """,
            mend: """
                Emit usage from what the upstream says. Where it says nothing, count, and set JACKFIELD_LLM_ESTIMATED. \
                Cached and written tokens are part of the prompt's, reasoning tokens of the completion's.
                """,
            roles: role
        ) { bench in
            for call in try bench.answered("complete") {
                var last: LLM.Usage?
                for case .usage(let usage) in call.heard(LLM.Event.init(event:_:)) { last = usage }
                guard let usage = last else { throw Finding.failed("no usage was emitted", [call.summary]) }
                let seen = ["\(usage)"]
                try expect(
                    usage.totalTokens >= usage.promptTokens &+ usage.completionTokens,
                    "the total is below the prompt's and the completion's tokens", seen)
                try expect(
                    usage.cachedTokens &+ usage.cacheWriteTokens <= usage.promptTokens,
                    "more tokens came from or went to the cache than the prompt has", seen)
                try expect(
                    usage.reasoningTokens <= usage.completionTokens,
                    "more tokens went into reasoning than into the completion", seen)
            }
        },
        Check(
            id: "role-llm-text-kinds", group: .role,
            sentence: "Text is content, reasoning or a refusal, and nothing else.",
            why: "A kind that nobody knows is shown as content: what was meant for nobody is read by the user.",
            mend: "Use JACKFIELD_LLM_CONTENT, JACKFIELD_LLM_REASONING and JACKFIELD_LLM_REFUSAL.",
            roles: role
        ) { bench in
            for call in try bench.answered("complete") {
                for event in call.events where event.number == JACKFIELD_LLM_EVENT_TEXT {
                    let kind = event.payload.withUnsafeBytes {
                        PayloadReader(checked: $0).head(jackfield_llm_text()).kind
                    }
                    try expect(kind <= JACKFIELD_LLM_REFUSAL, "a text has the kind \(kind)")
                }
            }
        },
        Check(
            id: "role-llm-tool-calls", group: .role,
            sentence: "A tool call's first piece has its id and name, and the calls of a choice count from 0.",
            why: """
                Pieces are joined by their index. A call without id cannot be answered, one without name cannot be made, \
                and a gap is an empty call in the client's list.
                """,
            mend:
                "Count the calls of a choice yourself where the upstream does not, and give an id where it gives none.",
            roles: role
        ) { bench in
            for call in try bench.answered("complete") {
                var known: [UInt32: UInt32] = [:]
                for case .toolCall(let index, let id, let name, _, let choice) in call.heard(LLM.Event.init(event:_:)) {
                    let next = known[choice] ?? 0
                    try expect(index <= next, "tool call \(index) of choice \(choice) came before number \(next)")
                    guard index == next else { continue }
                    try expect(
                        !(id ?? "").isEmpty && !(name ?? "").isEmpty,
                        "the first piece of tool call \(index) has \(id == nil ? "no id" : "no name")")
                    known[choice] = next + 1
                }
            }
        },
        Check(
            id: "role-llm-json", group: .role,
            sentence: "Where the vocabulary says JSON, there is JSON: log probabilities, extras, the result's extra.",
            why: "The host puts these into JSON that it writes itself, and has to drop what is none.",
            mend: "Pass on objects, not texts; leave the field absent where the upstream sends nothing.",
            roles: role
        ) { bench in
            for call in try bench.answered("complete") {
                for event in call.heard(LLM.Event.init(event:_:)) {
                    switch event {
                    case .extra(let json, _): try expect(isJSONObject(json), "an extra is no JSON object", [json])
                    case .logprobs(let json, _):
                        try expect((try? JSON(parsing: json)) != nil, "log probabilities are no JSON", [json])
                    default: break
                    }
                }
                let extra = try call.answer(LLM.CompletionResult.self).extra
                try expect(extra.map(isJSONObject) ?? true, "the result's extra is no JSON object", [extra ?? ""])
            }
        },
        Check(
            id: "role-llm-tool-run", group: .role,
            sentence: "A provider does not say that a tool was run.",
            why: "Only the host runs tools. A provider's word for it would be taken for the host's.",
            mend: "Emit tool calls; JACKFIELD_LLM_EVENT_TOOL_RUN belongs to the service.",
            roles: role
        ) { bench in
            for call in try bench.answered("complete") {
                try expect(
                    !call.events.contains { $0.number == JACKFIELD_LLM_EVENT_TOOL_RUN }, "a tool run was emitted")
            }
        },
        Check(
            id: "role-llm-models", group: .role,
            sentence: "Models have ids, and no two have the same.",
            why: "Operators write these ids into routes; one that is empty or twice there cannot be chosen.",
            mend: "List each model once, as the upstream wants to be asked for it.",
            roles: role
        ) { bench in
            var seen: Set<String> = []
            for model in try bench.answered("models")[0].answer(LLM.ModelList.self).models {
                try expect(!model.id.isEmpty, "a model has no id")
                try expect(seen.insert(model.id).inserted, "the model \(model.id) is listed twice")
            }
        },
        Check(
            id: "role-llm-embeddings", group: .role,
            sentence: "Embeddings are one vector for each input, in its order, all of one length and finite.",
            why:
                "A client matches vectors to texts by position. One that is missing gives every later text a wrong one.",
            mend: "Sort by the upstream's index, and refuse what is incomplete.",
            roles: role
        ) { bench in
            guard
                let request = try CallRequest(
                    role: bench.subject.contract, "embed", ["model": "default", "input": ["one", "two", "drei 世界"]])
            else { throw Finding.skipped("there is no method `embed`") }
            let written = try bench.requests().first { $0.method.name == "embed" }
            let call = try bench.open().ask(written ?? request)
            guard call.end?.isOK == true else { throw Finding.skipped("no embeddings: \(call.summary)") }
            let count = call.asked(LLM.EmbeddingRequest.self).input.count
            let vectors = try call.answer(LLM.EmbeddingResult.self).vectors
            try expect(vectors.count == count, "\(vectors.count) vectors came for \(count) inputs")
            try expect(Set(vectors.map(\.count)).count == 1, "the vectors have different lengths")
            try expect(vectors.allSatisfy { $0.allSatisfy(\.isFinite) }, "a vector has an element that is not finite")
            for list in [PayloadJSON.decode(call.end!.result, as: call.request.method.result)["vectors"]?.array ?? []] {
                try expect(!list.isEmpty, "there are no vectors")
            }
        },
        Check(
            id: "role-llm-upstream-down", group: .role,
            sentence: "A provider whose upstream answers 503 ends its call with an error that says so.",
            why: """
                The host goes on to the next upstream of the route only if this one fails. A provider that turns a fault \
                into an answer ends the search, and the user reads an empty page.
                """,
            mend: "Look at the status before the body; map 5xx to JACKFIELD_UNAVAILABLE with `retry` set.",
            roles: role
        ) { bench in
            let call = try refused(bench, status: 503)
            try expect(call.end?.isOK == false, "the upstream answered 503, and the call ended well", [call.summary])
            try expect(
                call.end?.code == JACKFIELD_UNAVAILABLE && call.end?.retry == 1,
                "the upstream answered 503, and the call ended as \(call.end?.label ?? "nothing"), retry \(call.end?.retry ?? 0)",
                ["expected: unavailable, retry 1"])
        },
        Check(
            id: "role-llm-upstream-limit", group: .role,
            sentence:
                "A provider whose upstream answers 429 ends its call as rate limited, and says when to come again.",
            why: "The host lets this upstream rest for as long as it is told, and asks another one meanwhile.",
            mend:
                "Map 429 to JACKFIELD_RATE_LIMITED with `retry` set, and `retry-after` to `retry_after` in nanoseconds.",
            roles: role
        ) { bench in
            let call = try refused(bench, status: 429)
            try expect(
                call.end?.code == JACKFIELD_RATE_LIMITED && call.end?.retry == 1,
                "the upstream answered 429, and the call ended as \(call.end?.label ?? "nothing"), retry \(call.end?.retry ?? 0)",
                ["expected: rate_limited, retry 1"])
            let seconds = Double(call.end?.retryAfter ?? 0) / 1e9
            try expect(
                seconds >= 6 && seconds <= 7,
                "the upstream said `retry-after: 7`, and the call says \(seconds) seconds")
        },
    ]

    /// A completion whose upstream answers every request with a status.
    private static func refused(_ bench: Bench, status: Int) throws -> CallRecord {
        var options = SpecimenOptions()
        let asked = Flag()
        let rehearsal = bench.subject.rehearsal
        options.services = { record in
            guard record.service == "jackfield.http" else { return ServiceScript.answer(record, rehearsal) }
            asked.raise()
            func payload(_ json: JSON, _ layout: UnsafePointer<jackfield_layout>?) -> [UInt8] {
                layout.flatMap { try? PayloadJSON.encode(json, as: $0) } ?? []
            }
            let head = UInt32(JACKFIELD_HTTP_EVENT_HEAD)
            let body = UInt32(JACKFIELD_HTTP_EVENT_BODY)
            let headers: JSON = [
                ["name": "content-type", "value": "application/json"], ["name": "retry-after", "value": "7"],
            ]
            return .answer(
                [
                    CallRecord.Event(
                        number: head,
                        payload: payload(
                            ["status": JSON(status), "headers": headers], record.method.events[head]?.payload)),
                    CallRecord.Event(
                        number: body,
                        payload: payload(
                            [
                                "data":
                                    "{\"error\":{\"message\":\"not now\",\"type\":\"server_error\"},\"message\":\"not now\"}"
                            ],
                            record.method.events[body]?.payload)),
                ], .ok(payload(.object([:]), record.method.result)))
        }
        let call = try bench.open(options).ask(try bench.requests("complete")[0])
        guard asked.isRaised else { throw Finding.skipped("the provider asks nobody over http") }
        return call
    }
}

/// Something that happened, on whatever thread.
final class Flag: @unchecked Sendable {
    private let lock = BenchLock()
    private var value = false
    func raise() { lock.change { value = true } }
    var isRaised: Bool { lock.read { value } }
}
