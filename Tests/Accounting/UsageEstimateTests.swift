import Accounting
import JackfieldVocabulary
import Testing

@Suite struct UsageEstimateTests {
    @Test func `counts four ASCII characters as a token, and other scripts by what they say`() {
        #expect(TokenEstimate("").tokens == 0)
        #expect(TokenEstimate("a").tokens == 1)
        #expect(TokenEstimate(String(repeating: "word", count: 100)).tokens == 100)
        #expect(TokenEstimate("привет").tokens == 3)
        #expect(TokenEstimate("你好世界").tokens == 4)
        #expect(TokenEstimate("🙂").tokens == 2)
    }

    @Test func `does not round up each piece of a stream`() {
        var pieces = TokenEstimate()
        for _ in 0..<400 { pieces.add("a") }
        pieces.add("{\"q\"")
        #expect(pieces.tokens == 101)
    }

    @Test(arguments: ["", "a", "word", "привет", "你好世界", "🙂 é 1"])
    func `counts bytes as the text that they are`(text: String) {
        var bytes = TokenEstimate()
        bytes.add(utf8: ([0xFF, 0xC3] + Array(text.utf8)).dropFirst(2))
        #expect(bytes == TokenEstimate(text))
    }

    @Test func `of a request counts its text, tools and images`() {
        var request = LLM.CompletionRequest(
            model: "m",
            messages: [
                LLM.Message(
                    role: "user",
                    parts: [
                        .text(String(repeating: "a", count: 400)), .image([1], mediaType: "image/png", detail: "low"),
                        .imageURL("https://example.com/a-very-long-address", detail: nil),
                    ])
            ])
        let messageOnly = UsageEstimate.promptTokens(of: request)
        #expect(messageOnly == 4 + 100 + UsageEstimate.smallImageTokens + UsageEstimate.imageTokens)
        request.tools = [LLM.Tool(name: "find", parameters: String(repeating: "x", count: 36))]
        #expect(UsageEstimate.promptTokens(of: request) == messageOnly + 4 + 10)
    }

    private static let text = String(repeating: "x", count: 400)

    @Test(arguments: [
        LLM.Message(role: "user", parts: [.text("", extra: text)]),
        LLM.Message(role: "user", parts: [.other(text)]),
        LLM.Message(role: "user", parts: [.text("")], extra: text),
        LLM.Message(role: "assistant", parts: [], calls: [LLM.ToolCall(id: "", name: "", arguments: "", extra: text)]),
    ])
    func `of a request counts what the host does not know`(message: LLM.Message) {
        let tokens = UsageEstimate.promptTokens(of: LLM.CompletionRequest(model: "m", messages: [message]))
        #expect(tokens == 4 + 100 + UInt64(message.calls.count) * 4)
    }

    @Test func `of a request counts fields of its own, of tools and of files by their size`() {
        var request = LLM.CompletionRequest(model: "m", messages: [])
        request.extra = Self.text
        request.tools = [LLM.Tool(name: "", parameters: nil, extra: Self.text)]
        #expect(UsageEstimate.promptTokens(of: request) == 4 + 200)
        let file = String(repeating: "A", count: 4_000_000)
        request = LLM.CompletionRequest(model: "m", messages: [LLM.Message(role: "user", parts: [.other(file)])])
        #expect(UsageEstimate.promptTokens(of: request) == 4 + 1_000_000)
        let embedding = LLM.EmbeddingRequest(model: "m", input: [Self.text], extra: Self.text)
        #expect(UsageEstimate.usage(of: embedding).promptTokens == 200)
    }
}
