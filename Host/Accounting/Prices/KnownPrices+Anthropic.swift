extension KnownPrices {
    /// By the names of Anthropic's own API; Bedrock's end in the same. Cache writes are those that live for five
    /// minutes.
    static let anthropic: [KnownPriceRow] = [
        KnownPriceRow(
            "claude-fable-5-1", "claude-mythos-5-1", input: 10, output: 50, cached: 0.25, write: 12.50,
            isDearerInRegions: true),
        KnownPriceRow(
            "claude-fable-5", "claude-mythos-5", input: 10, output: 50, cached: 1, write: 12.50,
            isDearerInRegions: true),
        KnownPriceRow("claude-opus-5-5", input: 4, output: 20, cached: 0.20, write: 5, isDearerInRegions: true),
        KnownPriceRow(
            "claude-opus-5", "claude-opus-4-8", "claude-opus-4-7", "claude-opus-4-6", "claude-opus-4-5", input: 5,
            output: 25, cached: 0.50, write: 6.25, isDearerInRegions: true),
        KnownPriceRow(
            "claude-opus-4-1", "claude-opus-4-0", "claude-opus-4", "claude-3-opus", input: 15, output: 75, cached: 1.50,
            write: 18.75),

        KnownPriceRow("claude-sonnet-5-5", input: 2, output: 10, cached: 0.10, write: 2.50, isDearerInRegions: true),
        KnownPriceRow("claude-sonnet-5", input: 2, output: 10, cached: 0.20, write: 2.50, isDearerInRegions: true),
        KnownPriceRow("claude-sonnet-4-6", input: 3, output: 15, cached: 0.30, write: 3.75, isDearerInRegions: true),
        KnownPriceRow(
            "claude-sonnet-4-5", input: 3, output: 15, cached: 0.30, write: 3.75, long: overContext,
            isDearerInRegions: true),
        KnownPriceRow(
            "claude-sonnet-4-0", "claude-sonnet-4", input: 3, output: 15, cached: 0.30, write: 3.75, long: overContext),
        KnownPriceRow(
            "claude-3-7-sonnet", "claude-3-5-sonnet", "claude-3-sonnet", input: 3, output: 15, cached: 0.30, write: 3.75
        ),

        KnownPriceRow(
            "claude-haiku-5-5", input: 0.10, output: 0.50, cached: 0.01, write: 0.125,
            long: Price.LongPrompt(above: 100_000, inputPercent: 500, outputPercent: 500), isDearerInRegions: true),
        KnownPriceRow("claude-haiku-4-5", input: 1, output: 5, cached: 0.10, write: 1.25, isDearerInRegions: true),
        KnownPriceRow("claude-3-5-haiku", input: 0.80, output: 4, cached: 0.08, write: 1),
        KnownPriceRow("claude-3-haiku", input: 0.25, output: 1.25, cached: 0.03, write: 0.30),
    ]

    /// Of the models whose window of a million tokens was an extra.
    private static let overContext = Price.LongPrompt(above: 200_000, inputPercent: 200, outputPercent: 150)
}
