package import JackfieldVocabulary

/// Sums over requests. They saturate.
package struct UsageTotals: Sendable, Hashable {
    package var requests: Int64 = 0
    /// Cached and written ones included.
    package var promptTokens: Int64 = 0
    package var completionTokens: Int64 = 0
    /// Of the prompts: read from an upstream's cache.
    package var cachedTokens: Int64 = 0
    /// Of the prompts: written to it.
    package var cacheWriteTokens: Int64 = 0
    /// Of the completions.
    package var reasoningTokens: Int64 = 0
    /// Of the requests whose cost is known.
    package var cost = Money.zero
    /// Requests to models without a price. Where there are some, `cost` is not all of it.
    package var requestsOfUnknownCost: Int64 = 0
    /// Requests whose tokens were counted here, since no upstream said.
    package var estimatedRequests: Int64 = 0

    package init() {}

    /// One request.
    package init(_ usage: LLM.Usage, cost: Money?) {
        requests = 1
        promptTokens = Int64(clamping: usage.promptTokens)
        completionTokens = Int64(clamping: usage.completionTokens)
        cachedTokens = Int64(clamping: usage.cachedTokens)
        cacheWriteTokens = Int64(clamping: usage.cacheWriteTokens)
        reasoningTokens = Int64(clamping: usage.reasoningTokens)
        self.cost = cost ?? .zero
        requestsOfUnknownCost = cost == nil ? 1 : 0
        estimatedRequests = usage.isEstimated ? 1 : 0
    }

    package static func += (left: inout UsageTotals, right: UsageTotals) {
        left.requests = left.requests.saturatingAdd(right.requests)
        left.promptTokens = left.promptTokens.saturatingAdd(right.promptTokens)
        left.completionTokens = left.completionTokens.saturatingAdd(right.completionTokens)
        left.cachedTokens = left.cachedTokens.saturatingAdd(right.cachedTokens)
        left.cacheWriteTokens = left.cacheWriteTokens.saturatingAdd(right.cacheWriteTokens)
        left.reasoningTokens = left.reasoningTokens.saturatingAdd(right.reasoningTokens)
        left.cost += right.cost
        left.requestsOfUnknownCost = left.requestsOfUnknownCost.saturatingAdd(right.requestsOfUnknownCost)
        left.estimatedRequests = left.estimatedRequests.saturatingAdd(right.estimatedRequests)
    }
}

extension UsageTotals {
    /// As the store keeps it: a version, and the numbers in the order of their declaration, in decimal, with spaces.
    var record: [UInt8] {
        let numbers = [
            requests, promptTokens, completionTokens, cachedTokens, cacheWriteTokens, reasoningTokens, cost.nanoDollars,
            requestsOfUnknownCost, estimatedRequests,
        ]
        return Array("1 \(numbers.map(String.init).joined(separator: " "))".utf8)
    }

    /// Nil for what no version of this wrote. Numbers behind the known ones are left out: a later release added them.
    init?(record: [UInt8]) {
        let numbers = record.split(separator: UInt8(ascii: " ")).map { Int64(String(decoding: $0, as: UTF8.self)) }
        guard numbers.count >= 10, numbers[0] == 1, !numbers.contains(nil) else { return nil }
        let known = numbers.compactMap(\.self)
        (requests, promptTokens, completionTokens) = (known[1], known[2], known[3])
        (cachedTokens, cacheWriteTokens, reasoningTokens) = (known[4], known[5], known[6])
        (cost, requestsOfUnknownCost, estimatedRequests) = (Money(nanoDollars: known[7]), known[8], known[9])
    }
}
