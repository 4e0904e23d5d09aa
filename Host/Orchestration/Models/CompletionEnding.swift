import Accounting
import CJackfield
import Caching
import JackfieldVocabulary

/// What is noted of a completion while it comes, and done when it ends: what it used is charged, what it said is kept.
struct CompletionEnding {
    private let charge: ModelAccounts.Charge
    private let request: LLM.CompletionRequest
    private let cache: ModelCache?
    private var lead: ModelCache.Lead?
    /// What the upstream counted last.
    private var usage: LLM.Usage?
    /// How much was said, for where the upstream does not come to count.
    private var said = TokenEstimate()

    init(
        _ request: LLM.CompletionRequest, charge: ModelAccounts.Charge, cache: ModelCache?, lead: ModelCache.Lead?
    ) {
        self.request = request
        self.charge = charge
        self.cache = cache
        self.lead = lead
    }

    mutating func see(_ event: CallMailbox.Event) {
        lead?.recorder.append(event.event, event.payload)
        switch event.event {
        // The texts of a payload stand behind its head.
        case JACKFIELD_LLM_EVENT_TEXT:
            said.add(utf8: event.payload.dropFirst(MemoryLayout<jackfield_llm_text>.size))
        case JACKFIELD_LLM_EVENT_TOOL_CALL:
            said.add(utf8: event.payload.dropFirst(MemoryLayout<jackfield_llm_tool_call>.size))
        case JACKFIELD_LLM_EVENT_USAGE:
            if case .usage(let counted) = LLM.Event(event) { usage = counted }
        default: break
        }
    }

    mutating func completed(_ attempt: BegunAttempt, result: [UInt8]) {
        charge.settle(usage ?? estimate, upstream: attempt.upstream.name)
        if let lead { cache?.keep(lead, result: result, upstream: attempt.upstream.name) }
        lead = nil
    }

    /// Half an answer has its price too: upstreams charge for what they made.
    mutating func failed(_ attempt: BegunAttempt) {
        charge.settle(cutOff, upstream: attempt.upstream.name)
        if let lead { cache?.abandon(lead) }
        lead = nil
    }

    private var estimate: LLM.Usage {
        LLM.Usage(
            promptTokens: UsageEstimate.promptTokens(of: request), completionTokens: said.tokens,
            isEstimated: true)
    }

    /// What the upstream counted before it was cut off may be the prompt alone.
    private var cutOff: LLM.Usage {
        guard var usage else { return estimate }
        let completion = said.tokens
        guard usage.completionTokens < completion else { return usage }
        usage.completionTokens = completion
        usage.totalTokens = usage.promptTokens &+ completion
        usage.isEstimated = true
        return usage
    }
}
