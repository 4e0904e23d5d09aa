extension KnownPrices {
    static let openAI: [KnownPriceRow] = [
        KnownPriceRow("gpt-6.2-astra", input: 8, output: 40, cached: 0.40, write: 10, long: overContext),
        KnownPriceRow("gpt-6.2-sol", "gpt-6.1-sol", input: 2, output: 10, cached: 0.10, write: 2.50, long: overContext),
        KnownPriceRow("gpt-6.1-terra", input: 1, output: 5, cached: 0.05, write: 1.25, long: overContext),
        KnownPriceRow("gpt-6-astra", input: 10, output: 50, cached: 1, write: 12.50, long: overContext),
        KnownPriceRow("gpt-6-sol", input: 2, output: 10, cached: 0.20, write: 2.50, long: overContext),
        KnownPriceRow("gpt-6-luna", input: 0.10, output: 0.50, cached: 0.01, write: 0.125, long: overContext),
        KnownPriceRow("gpt-5.6", "gpt-5.6-sol", input: 5, output: 30, cached: 0.50, write: 6.25, long: overContext),
        KnownPriceRow("gpt-5.6-terra", input: 2, output: 12, cached: 0.20, write: 2.50, long: overContext),
        KnownPriceRow("gpt-5.6-luna", input: 0.20, output: 1.20, cached: 0.02, write: 0.25, long: overContext),
        KnownPriceRow("gpt-5.5", input: 5, output: 30, cached: 0.50, long: overContext),
        KnownPriceRow("gpt-5.5-pro", "gpt-5.4-pro", input: 30, output: 180, long: overContext),
        KnownPriceRow("gpt-5.4", input: 2.50, output: 15, cached: 0.25, long: overContext),
        KnownPriceRow("gpt-5.4-mini", input: 0.75, output: 4.50, cached: 0.075),
        KnownPriceRow("gpt-5.4-nano", input: 0.20, output: 1.25, cached: 0.02),
        KnownPriceRow(
            "gpt-5.3-codex", "gpt-5.2", "gpt-5.2-codex", "gpt-5.2-chat-latest", input: 1.75, output: 14, cached: 0.175),
        KnownPriceRow("gpt-5.2-pro", input: 21, output: 168),
        KnownPriceRow(
            "gpt-5.1", "gpt-5.1-codex", "gpt-5.1-codex-max", "gpt-5.1-chat-latest", "gpt-5", "gpt-5-codex",
            "gpt-5-chat-latest", input: 1.25, output: 10, cached: 0.125),
        KnownPriceRow("gpt-5.1-codex-mini", "gpt-5-mini", input: 0.25, output: 2, cached: 0.025),
        KnownPriceRow("gpt-5-nano", input: 0.05, output: 0.40, cached: 0.005),
        KnownPriceRow("gpt-5-pro", input: 15, output: 120),

        KnownPriceRow("gpt-4.1", input: 2, output: 8, cached: 0.50),
        KnownPriceRow("gpt-4.1-mini", input: 0.40, output: 1.60, cached: 0.10),
        KnownPriceRow("gpt-4.1-nano", input: 0.10, output: 0.40, cached: 0.025),
        KnownPriceRow("gpt-4o", input: 2.50, output: 10, cached: 1.25),
        // The first version was dearer than what the name without a date means.
        KnownPriceRow("gpt-4o-2024-05-13", input: 5, output: 15),
        KnownPriceRow("gpt-4o-mini", input: 0.15, output: 0.60, cached: 0.075),
        KnownPriceRow("gpt-4-turbo", input: 10, output: 30),
        KnownPriceRow("gpt-4", "gpt-4-0613", input: 30, output: 60),
        KnownPriceRow("gpt-3.5-turbo", "gpt-3.5-turbo-0125", input: 0.50, output: 1.50),

        KnownPriceRow("o1", input: 15, output: 60, cached: 7.50),
        KnownPriceRow("o1-pro", input: 150, output: 600),
        KnownPriceRow("o3", input: 2, output: 8, cached: 0.50),
        KnownPriceRow("o3-pro", input: 20, output: 80),
        KnownPriceRow("o1-mini", "o3-mini", input: 1.10, output: 4.40, cached: 0.55),
        KnownPriceRow("o4-mini", input: 1.10, output: 4.40, cached: 0.275),

        KnownPriceRow("text-embedding-3-small", input: 0.02),
        KnownPriceRow("text-embedding-3-large", input: 0.13),
        KnownPriceRow("text-embedding-ada-002", input: 0.10),
    ]

    /// From GPT-5.4 on, the large models cost more when the prompt is long.
    private static let overContext = Price.LongPrompt(above: 272_000, inputPercent: 200, outputPercent: 150)
}
