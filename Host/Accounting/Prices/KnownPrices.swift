/// List prices of well-known models, in US dollars for a million tokens, of November 2026. The sources are the vendors'
/// pages, or what others reported of them: developers.openai.com/api/docs/pricing,
/// platform.claude.com/docs/en/about-claude/pricing and aws.amazon.com/bedrock/pricing (US East). Prices change and
/// contracts differ: operators write their own over these. What is not here: discounts for batches, surcharges for fast
/// modes and data residency, promotions, and prices of sound and of cache writes that live longer than the shortest.
enum KnownPrices {
    /// Those that answer on hardware of one's own, or without a model.
    static let freePlugins: Set<String> = ["llm/ollama", "llm/offline", "llm/scripted"]

    /// - Parameter model: As the vendor, Amazon Bedrock or a gateway in OpenAI's manner names it.
    /// - Returns: Nil for a model that is not in the table. A sibling's price is never taken for it.
    static func price(of model: String) -> Price? {
        let name = VendorModelName(model)
        for candidate in name.candidates {
            guard let entry = models[candidate] else { continue }
            return name.isRegional && entry.isDearerInRegions ? entry.price.scaled(percent: 110) : entry.price
        }
        return nil
    }

    struct Entry {
        let price: Price
        /// On Amazon Bedrock, a tenth more than through the `global.` endpoint.
        let isDearerInRegions: Bool
    }

    static let models: [String: Entry] = {
        var table: [String: Entry] = [:]
        for row in openAI + anthropic + amazon {
            let price = Price(
                input: Money(dollars: row.input), output: Money(dollars: row.output),
                cachedInput: row.cached.map(Money.init(dollars:)), cacheWrite: row.write.map(Money.init(dollars:)),
                longPrompt: row.long)
            for name in row.names { table[name] = Entry(price: price, isDearerInRegions: row.isDearerInRegions) }
        }
        return table
    }()
}
