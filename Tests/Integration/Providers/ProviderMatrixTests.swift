import TestSupport
import Testing

// Every provider in every cell: what it must do, or refuse clearly. The host is the real one, the plugin the real
// shared library, the upstream speaks the provider's dialect over real sockets. A suite for each provider, so that its
// two hosts start once for all its cells: one has the plugin in its own process, the other in a process apart.

@Suite("llm/openai", .serialized, .provider(OpenAIProviderDialect()))
struct OpenAIProviderTests {
    @Test("in every cell of the matrix", arguments: ProviderCell.allCases)
    func cell(_ cell: ProviderCell) throws { try cell.runBothWays() }
}

/// The Messages API answers once, and knows no embeddings.
@Suite(
    "llm/anthropic", .serialized, .provider(AnthropicDialect(), ProviderLimits(refuses: [.choices, .embeddings])))
struct AnthropicProviderTests {
    @Test("in every cell of the matrix", arguments: ProviderCell.allCases)
    func cell(_ cell: ProviderCell) throws { try cell.runBothWays() }
}

/// Converse answers once, takes images as bytes alone, and knows no JSON without a schema.
@Suite(
    "llm/bedrock", .serialized,
    .provider(
        BedrockDialect(),
        ProviderLimits(refuses: [.choices, .imageURL, .jsonObject], embeddingModel: "amazon.titan-embed-text-v2:0")))
struct BedrockProviderTests {
    @Test("in every cell of the matrix", arguments: ProviderCell.allCases)
    func cell(_ cell: ProviderCell) throws { try cell.runBothWays() }
}

/// Ollama answers once, takes images as bytes alone, forces no tool, and counts no cached tokens.
@Suite(
    "llm/ollama", .serialized,
    .provider(
        OllamaDialect(), ProviderLimits(refuses: [.choices, .imageURL, .anyTool, .namedTool], countsCached: false)))
struct OllamaProviderTests {
    @Test("in every cell of the matrix", arguments: ProviderCell.allCases)
    func cell(_ cell: ProviderCell) throws { try cell.runBothWays() }
}
