import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary

/// Reads the stream of a completion: pieces of the network, cut anywhere, become events.
struct ChatStream: CompletionStreamDecoder, ServerSentEventReader {
    private var parser = ServerSentEventParser()
    private var events: [LLM.Event] = []
    private var hasUsage = false
    /// Every choice that was seen, and whether its end was given out: each has one, and nothing comes after it.
    private var hasStopped: [UInt32: Bool] = [:]
    private var answerBytes = 0

    private(set) var failure: UpstreamError?
    /// The server said `[DONE]`.
    private(set) var isDone = false
    private(set) var result = LLM.CompletionResult()

    var isComplete: Bool { isDone || !hasStopped.isEmpty && hasStopped.values.allSatisfy { $0 } }
    var broken: UpstreamError { .rubbish("the server's stream ended before the answer was complete") }

    mutating func decode(_ piece: [UInt8]) -> [LLM.Event] {
        piece.withUnsafeBufferPointer { bytes in
            var parser = self.parser
            parser.parse(bytes, into: &self)
            self.parser = parser
        }
        return take()
    }

    mutating func finish(promptBytes: @autoclosure () -> Int) -> [LLM.Event] {
        var parser = self.parser
        parser.finish(into: &self)
        self.parser = parser
        if failure == nil, !isComplete { failure = broken }
        if failure == nil {
            for choice in hasStopped.keys.sorted() where hasStopped[choice] == false {
                events.append(.stop("stop", choice: choice))
            }
        }
        if failure == nil, !hasUsage {
            let usage = TokenEstimate.usage(promptBytes: max(promptBytes(), 1), completionBytes: max(answerBytes, 1))
            events.append(.usage(usage))
        }
        return take()
    }

    mutating func receive(_ event: ServerSentEvent) {
        guard !isDone, failure == nil else { return }
        let text = String(decoding: event.data, as: UTF8.self).withoutSpaceAround
        if text == "[DONE]" {
            isDone = true
        } else if let chunk = try? JSON(parsing: text) {
            read(chunk)
        } else {
            failure = .rubbish("the server's stream holds something that is not JSON")
        }
    }

    private mutating func read(_ chunk: JSON) {
        if let error = chunk["error"], !error.isNull {
            failure = UpstreamError(
                .unavailable, "the server gave up", detail: ErrorEnvelope(json: chunk).message, retry: true)
            return
        }
        if result.id == nil { result.id = chunk["id"]?.string }
        if result.model == nil { result.model = chunk["model"]?.string }
        for choice in chunk["choices"]?.array ?? [] { read(choice: choice) }
        if let usage = chunk["usage"], usage.object != nil {
            hasUsage = true
            events.append(.usage(Self.usage(usage)))
        }
    }

    private mutating func read(choice: JSON) {
        let index = UInt32(clamping: choice["index"]?.int ?? 0)
        guard hasStopped[index] != true else { return }
        hasStopped[index] = false
        let delta = choice["delta"] ?? .null
        for (key, kind) in [
            ("reasoning_content", LLM.TextKind.reasoning), ("content", .content), ("refusal", .refusal),
        ] {
            guard let text = delta[key]?.string, !text.isEmpty else { continue }
            answerBytes += text.utf8.count
            events.append(.text(text, kind: kind, choice: index))
        }
        for call in delta["tool_calls"]?.array ?? [] {
            let arguments = call["function"]?["arguments"]?.string ?? ""
            answerBytes += arguments.utf8.count
            events.append(
                .toolCall(
                    index: UInt32(clamping: call["index"]?.int ?? 0), id: call["id"]?.string,
                    name: call["function"]?["name"]?.string, arguments: arguments, choice: index))
        }
        if let logprobs = choice["logprobs"], !logprobs.isNull {
            events.append(.logprobs(logprobs.text, choice: index))
        }
        if let reason = choice["finish_reason"]?.string {
            hasStopped[index] = true
            events.append(.stop(reason, choice: index))
        }
    }

    private static func usage(_ usage: JSON) -> LLM.Usage {
        func tokens(_ value: JSON?) -> UInt64 { UInt64(clamping: value?.int ?? 0) }
        return LLM.Usage(
            promptTokens: tokens(usage["prompt_tokens"]), completionTokens: tokens(usage["completion_tokens"]),
            totalTokens: usage["total_tokens"].map { tokens($0) },
            cachedTokens: tokens(usage["prompt_tokens_details"]?["cached_tokens"]),
            reasoningTokens: tokens(usage["completion_tokens_details"]?["reasoning_tokens"]))
    }

    private mutating func take() -> [LLM.Event] {
        defer { events = [] }
        return events
    }
}
