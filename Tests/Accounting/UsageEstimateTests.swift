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
        for _ in 0..<400 { pieces.add(LLM.Event.text("a")) }
        pieces.add(.toolCall(index: 0, id: "call", name: "find", arguments: "{\"q\""))
        #expect(pieces.tokens == 102)
    }

    @Test func `of a request counts its text, tools and images, and the answers it allows`() {
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
        let messageOnly = UsageEstimate.usage(of: request)
        #expect(messageOnly.promptTokens == 4 + 100 + UsageEstimate.smallImageTokens + UsageEstimate.imageTokens)
        #expect(messageOnly.completionTokens == 1024)
        #expect(messageOnly.isEstimated)
        request.tools = [LLM.Tool(name: "find", parameters: String(repeating: "x", count: 36))]
        request.maxTokens = 50
        request.choices = 3
        let all = UsageEstimate.usage(of: request)
        #expect(all.promptTokens == messageOnly.promptTokens + 4 + 10)
        #expect(all.completionTokens == 150)
    }
}
