import Caching
import JackfieldVocabulary
import Testing

struct RecorderTests {
    private func record(
        _ list: [LLM.Event], choices: UInt32? = nil, limit: Int = 1 << 20, result: LLM.CompletionResult = .init(),
        keepsSubstitutes: Bool = false
    ) -> CachedResponse? {
        var request = request("hi")
        request.choices = choices
        var recorder = Recorder(
            request, tenant: "t", tags: ["a", "a", "b"], limit: limit, keepsSubstitutes: keepsSubstitutes)
        for event in list {
            let (number, payload) = event.encoded()
            recorder.append(number, payload)
        }
        return recorder.finish(result: result.payload(), upstream: "openai/m", now: start)
    }

    @Test func aWholeAnswerIsKeptPieceByPiece() throws {
        let list: [LLM.Event] = [.text("a"), .text("b"), .stop("stop"), .usage(LLM.Usage(completionTokens: 2))]
        let kept = try #require(record(list))
        #expect(kept.events.map { LLM.Event(decoding: $0) } == list)
        #expect(kept.model == "fast" && kept.tenant == "t" && kept.tags == ["a", "b"] && kept.upstream == "openai/m")
        #expect(kept.age(now: start + 5 * second) == 5)
        #expect(kept.age(now: start - 5 * second) == 0)
    }

    @Test func whatIsNotWholeIsNotKept() {
        #expect(record([]) == nil)
        #expect(record([.text("a")]) == nil, "no stop")
        #expect(record([.stop("stop")]) == nil, "nothing said")
        #expect(record([.text(""), .stop("stop")]) == nil, "nothing said")
        #expect(record([.text("a"), .stop("content_filter")]) == nil)
        #expect(record([.text("a"), .stop("error")]) == nil)
        #expect(record([.text("a"), .stop("")]) == nil)
        #expect(record([.text("a"), .text("b", choice: 1), .stop("stop")]) == nil, "one choice has no stop")
        #expect(record([.text("a"), .stop("stop")], choices: 2) == nil, "one choice is missing")
        #expect(record([.text("a"), .stop("stop"), .stop("content_filter", choice: 1)], choices: 2) == nil)
    }

    @Test func everyReasonOfTheModelWillDo() {
        for reason in ["stop", "length"] { #expect(record([.text("a"), .stop(reason)]) != nil) }
        #expect(record([.toolCall(index: 0, id: "1", name: "f", arguments: "{}"), .stop("tool_calls")]) != nil)
        #expect(
            record([.text("a"), .text("b", choice: 1), .stop("stop", choice: 1), .stop("length")], choices: 2) != nil)
    }

    @Test func substitutesAreKeptOnlyOnDemand() {
        let result = LLM.CompletionResult(isNotAModel: true)
        let list: [LLM.Event] = [.text("a"), .stop("stop")]
        #expect(record(list, result: result) == nil)
        #expect(record(list, result: result, keepsSubstitutes: true) != nil)
    }

    @Test func aLargeAnswerIsDroppedAtTheBound() {
        let list: [LLM.Event] = [.text(String(repeating: "x", count: 500)), .stop("stop")]
        let bytes = record(list)?.bytes ?? 0
        #expect(record(list, limit: bytes) != nil)
        #expect(record(list, limit: bytes - 1) == nil)
        var recorder = Recorder(request("hi"), tenant: nil, limit: 400)
        for _ in 0..<10 {
            let (number, payload) = list[0].encoded()
            recorder.append(number, payload)
        }
        #expect(recorder.hasGivenUp)
    }

    @Test func anEmbeddingIsKeptWithAVectorForEachInput() {
        func record(_ vectors: [[Float]]) -> CachedResponse? {
            let request = LLM.EmbeddingRequest(model: "e", input: ["a", "b"])
            return Recorder(request, tenant: nil, limit: 4096).finish(
                result: LLM.EmbeddingResult(vectors: vectors, promptTokens: 2).payload(), upstream: "x/y", now: start)
        }
        #expect(record([[1], [2]])?.method == .embed)
        #expect(record([[1]]) == nil)
        #expect(record([]) == nil)
    }
}

extension LLM.Event {
    init?(decoding event: CallMailbox.Event) {
        let decoded = event.payload.withUnsafeBytes { LLM.Event(event: event.event, PayloadReader(checked: $0)) }
        guard let decoded else { return nil }
        self = decoded
    }
}
