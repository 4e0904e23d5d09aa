import JackfieldJSON
import JackfieldVocabulary
import Testing

@testable import Bedrock

@Suite("What requests and answers cost in Converse's dialect")
struct ConverseCostTests {
    private func cost(size: Int, _ request: (Int) -> LLM.CompletionRequest) throws -> Double {
        let encoder = ConverseRequestEncoder(try BedrockConfig([:]))
        return try costOfWhole(size: size) { size in
            let request = request(size)
            return { _ = try encoder.encode(request) }
        }
    }

    @Test("grows with the number of tools that a conversation has called")
    func calls() throws {
        let ratio = try cost(size: 6000) { count in
            let calls = (0..<count).map { LLM.ToolCall(id: "c\($0)", name: "tool_\($0)", arguments: "{}") }
            return LLM.CompletionRequest(
                model: "m", messages: [LLM.Message(role: "assistant", parts: [], calls: calls)])
        }
        #expect(ratio < 3, "\(ratio)")
    }

    @Test("grows with the number of fields that are for the model")
    func fields() throws {
        let ratio = try cost(size: 20_000) { count in
            let fields = JSONObject((0..<count).map { ("field_\($0)", JSON($0)) })
            var request = LLM.CompletionRequest(model: "m", messages: [LLM.Message(role: "user", parts: [.text("x")])])
            request.extra = JSON.object(fields).text
            return request
        }
        #expect(ratio < 3, "\(ratio)")
    }

    @Test("grows with the pieces of an answer's text, and of the signature of a thought")
    func pieces() throws {
        let piece = String(repeating: "x", count: 500)
        for delta: JSON in [["text": .string(piece)], ["reasoningContent": ["signature": .string(piece)]]] {
            let ratio = try costOfWhole(size: 20_000) { count in
                {
                    var answer = ConverseAnswer()
                    for _ in 0..<count { try answer.delta(0, delta) }
                    try answer.end("end_turn")
                    #expect(answer.takeEvents().count == 2)
                }
            }
            #expect(ratio < 3, "\(delta.text.prefix(30)): \(ratio)")
        }
    }
}
