import Accounting
import JackfieldJSON
import JackfieldVocabulary

/// What the turns of one tool loop used and cost so far.
struct ToolLoopSpending: Sendable {
    private(set) var usage = LLM.Usage()
    private(set) var cost = Money.zero
    /// Upstreams that answered and have no price: what they cost counts nothing.
    private(set) var hasUnpriced = false

    /// - Parameter price: of the upstream that answered; nil if it has none.
    mutating func add(_ used: LLM.Usage, price: Price?, isKept: Bool) {
        usage.promptTokens &+= used.promptTokens
        usage.completionTokens &+= used.completionTokens
        usage.totalTokens &+= used.totalTokens
        usage.cachedTokens &+= used.cachedTokens
        usage.cacheWriteTokens &+= used.cacheWriteTokens
        usage.reasoningTokens &+= used.reasoningTokens
        usage.isEstimated = usage.isEstimated || used.isEstimated
        // Nobody was asked for an answer out of the cache.
        if isKept { return }
        if let price { cost += price.cost(of: used) } else { hasUnpriced = true }
    }
}

/// Why the model was not asked again though it wanted to call tools.
enum ToolLoopLimit: String, Sendable {
    case rounds, time, cost
}
