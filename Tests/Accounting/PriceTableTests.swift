import Accounting
import Testing

@Suite struct PriceTableTests {
    private let one = Price(input: Money(dollars: 1), output: .zero)
    private let two = Price(input: Money(dollars: 2), output: .zero)
    private let three = Price(input: Money(dollars: 3), output: .zero)

    @Test func `prefers the instance, then the exact model, then the longest pattern`() {
        let table = PriceTable(custom: [
            PricePattern("gpt-*", one), PricePattern("gpt-4o-*", two), PricePattern("gpt-4o-mini", three),
            PricePattern("local/gpt-4o-mini", .free),
        ])
        #expect(table.price(instance: "local", model: "gpt-4o-mini") == .free)
        #expect(table.price(instance: "openai", model: "gpt-4o-mini") == three)
        #expect(table.price(instance: "openai", model: "gpt-4o-2024-08-06") == two)
        #expect(table.price(instance: "openai", model: "gpt-99") == one)
    }

    @Test func `takes a pattern for all models of an instance`() {
        let table = PriceTable(custom: [PricePattern("vllm/*", .free)])
        #expect(table.price(instance: "vllm", model: "gpt-4o") == .free)
        #expect(table.price(instance: "openai", model: "gpt-4o")?.input == Money(dollars: 2.5))
    }

    @Test func `lets the operator's later word hold`() {
        let table = PriceTable(custom: [PricePattern("x*", one), PricePattern("x*", two)])
        #expect(table.price(instance: "a", model: "xy") == two)
        #expect(
            PriceTable(custom: [PricePattern("x", one), PricePattern("x", two)]).price(instance: "a", model: "x") == two
        )
    }

    @Test func `says nothing of a model that it does not know`() {
        let table = PriceTable()
        for model in ["gpt-99", "gpt-4o-audio-preview", "claude-opus-9", "llama3:8b", "", "-", "*"] {
            #expect(table.price(instance: "x", model: model) == nil, "\(model)")
        }
    }

    @Test(arguments: [
        ("gpt-4o-2024-08-06", 2.5), ("gpt-4o-2024-05-13", 5), ("gpt-4o-mini-2024-07-18", 0.15),
        ("openai/gpt-4.1-nano", 0.1), ("o3-mini-2025-01-31", 1.1), ("text-embedding-3-large", 0.13),
        ("gpt-5-2025-08-07", 1.25), ("claude-sonnet-4-20250514", 3), ("claude-3-5-haiku-latest", 0.8),
        ("claude-sonnet-4-5@20250929", 3), ("claude-opus-4-5-20251101", 5), ("claude-opus-4-20250514", 15),
        ("anthropic.claude-3-haiku-20240307-v1:0", 0.25), ("us.anthropic.claude-sonnet-4-20250514-v1:0", 3),
        ("global.anthropic.claude-sonnet-4-5-20250929-v1:0", 3),
        ("us.anthropic.claude-sonnet-4-5-20250929-v1:0", 3.3), ("eu.anthropic.claude-opus-4-6-v1", 5.5),
        ("arn:aws:bedrock:eu-west-1:1:inference-profile/global.anthropic.claude-haiku-4-5-20251001-v1:0", 1),
        ("amazon.nova-micro-v1:0", 0.035), ("us.amazon.nova-pro-v1:0", 0.8), ("amazon.nova-lite-v1:0:300k", 0.06),
        ("amazon.titan-embed-text-v2:0", 0.02), ("amazon.titan-embed-text-v1", 0.1),
    ])
    func `knows versions of well-known models`(model: String, input: Double) {
        #expect(PriceTable().price(instance: "x", model: model)?.input == Money(dollars: input))
    }

    @Test func `takes nothing for plugins that ask nobody who takes money`() {
        let table = PriceTable()
        #expect(table.price(instance: "home", model: "llama3:8b", plugin: "llm/ollama") == .free)
        #expect(table.price(instance: "home", model: "echo", plugin: "llm/offline") == .free)
        #expect(table.price(instance: "x", model: "own", plugin: "llm/openai") == nil)
        #expect(
            PriceTable(custom: [PricePattern("home/*", one)]).price(instance: "home", model: "l", plugin: "llm/ollama")
                == one)
    }

    @Test func `can do without the known prices`() {
        #expect(PriceTable(knowsModels: false).price(instance: "x", model: "gpt-4o") == nil)
    }
}
