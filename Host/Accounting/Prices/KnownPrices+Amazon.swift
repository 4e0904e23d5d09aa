extension KnownPrices {
    /// Amazon's own models on Bedrock, and the open ones of OpenAI. Cache writes of Nova cost nothing above the input.
    static let amazon: [KnownPriceRow] = [
        KnownPriceRow("amazon.nova-2-lite", input: 0.30, output: 2.50, cached: 0.075, isDearerInRegions: true),
        KnownPriceRow("amazon.nova-premier", input: 2.50, output: 12.50, cached: 0.625),
        KnownPriceRow("amazon.nova-pro", input: 0.80, output: 3.20, cached: 0.20),
        KnownPriceRow("amazon.nova-lite", input: 0.06, output: 0.24, cached: 0.015),
        KnownPriceRow("amazon.nova-micro", input: 0.035, output: 0.14, cached: 0.00875),
        KnownPriceRow("amazon.titan-embed-text-v2", input: 0.02),
        KnownPriceRow("amazon.titan-embed-text-v1", input: 0.10),
        KnownPriceRow("openai.gpt-oss-120b", input: 0.15, output: 0.60),
        KnownPriceRow("openai.gpt-oss-20b", input: 0.07, output: 0.30),
    ]
}
