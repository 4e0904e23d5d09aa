import CJackfield
package import JackfieldVocabulary

/// Writes down what a provider answers while it goes to the client, and says at the end whether that may be kept.
///
/// Kept are whole answers only: every choice has stopped, for a reason that belongs to the model, and something was
/// said. A call that failed or was cancelled has no result, so nobody can finish its recorder. Above the bound nothing
/// is held.
package struct Recorder: Sendable {
    private let method: CachedMethod
    private let model: String
    private let tenant: String?
    private let tags: [String]
    /// Choices that were asked for, or inputs to be embedded.
    private let expected: Int
    private let limit: Int
    private let keepsSubstitutes: Bool

    private var events: [CallMailbox.Event] = []
    private var bytes = 0
    private var stopped: Set<UInt32> = []
    private var seen: Set<UInt32> = []
    private var saysSomething = false
    /// What came already rules out that the answer is kept: it is too large, or a choice ended for another reason.
    package private(set) var hasGivenUp = false

    /// - Parameters:
    ///   - limit: What the answer may cost, in bytes: `CacheSettings.maxEntryBytes`.
    ///   - keepsSubstitutes: Also keeps what no language model has said (`isNotAModel`). Mostly such an answer stands
    ///     in for a model that is away, and would hide that it came back.
    package init(
        _ request: LLM.CompletionRequest, tenant: String?, tags: [String] = [], limit: Int,
        keepsSubstitutes: Bool = false
    ) {
        method = .complete
        model = request.model
        expected = Int(max(1, request.choices ?? 1))
        (self.tenant, self.tags, self.limit, self.keepsSubstitutes) = (tenant, tags, limit, keepsSubstitutes)
    }

    package init(_ request: LLM.EmbeddingRequest, tenant: String?, tags: [String] = [], limit: Int) {
        method = .embed
        model = request.model
        expected = request.input.count
        (self.tenant, self.tags, self.limit, keepsSubstitutes) = (tenant, tags, limit, false)
    }

    /// - Parameter payload: Checked against the event's layout, as everything that comes out of a `CallMailbox`.
    package mutating func append(_ event: UInt32, _ payload: [UInt8]) {
        if hasGivenUp { return }
        bytes += CachedResponse.cost(ofEvent: payload.count)
        if bytes > limit { return giveUp() }
        payload.withUnsafeBytes { notice(event, PayloadReader(checked: $0)) }
        if hasGivenUp { return }
        events.append((event: event, payload: payload))
    }

    private mutating func giveUp() {
        hasGivenUp = true
        events = []
    }

    private mutating func notice(_ event: UInt32, _ reader: PayloadReader) {
        switch event {
        case JACKFIELD_LLM_EVENT_TEXT:
            let head = reader.head(jackfield_llm_text())
            seen.insert(head.choice)
            if head.text.length > 0 { saysSomething = true }
        case JACKFIELD_LLM_EVENT_TOOL_CALL:
            seen.insert(reader.head(jackfield_llm_tool_call()).choice)
            saysSomething = true
        case JACKFIELD_LLM_EVENT_STOP:
            let head = reader.head(jackfield_llm_stop())
            // A filter's decision is not the model's answer, and a reason that nobody knows may be a fault.
            guard ["stop", "length", "tool_calls"].contains(reader.text(head.reason)) else { return giveUp() }
            stopped.insert(head.choice)
        default: break
        }
    }

    /// The answer to be kept, or nil: then a flight is `abandoned(.notShareable)`.
    /// - Parameters:
    ///   - result: The payload of the result, checked.
    ///   - now: Nanoseconds since 1970.
    package consuming func finish(result: [UInt8], upstream: String?, now: Int64) -> CachedResponse? {
        guard !hasGivenUp, result.withUnsafeBytes({ isWhole(PayloadReader(checked: $0)) }) else { return nil }
        let response = CachedResponse(
            method: method, events: events, result: result, upstream: upstream, model: model, tenant: tenant,
            tags: tags, storedAt: now)
        return response.bytes <= limit ? response : nil
    }

    private func isWhole(_ result: PayloadReader) -> Bool {
        switch method {
        case .complete:
            let flags = result.head(jackfield_llm_complete_result()).flags
            if !keepsSubstitutes, flags & UInt32(JACKFIELD_LLM_NOT_A_MODEL) != 0 { return false }
            return saysSomething && stopped.count >= expected && seen.isSubset(of: stopped)
        case .embed:
            return expected > 0 && Int(result.head(jackfield_llm_embed_result()).vectors.count) == expected
        }
    }
}
