import JackfieldJSON
import JackfieldVocabulary
import Testing

@testable import Anthropic

@Suite("What a request costs an encoder of Anthropic's dialect")
struct MessagesRequestCostTests {
    private func cost(size: Int, _ request: (Int) -> LLM.CompletionRequest) throws -> Double {
        let encoder = MessagesRequestEncoder(try AnthropicConfig([:]))
        return try costOfWhole(size: size) { size in
            let request = request(size)
            return { _ = try encoder.encode(request) }
        }
    }

    private static func members(_ count: Int) -> [(String, JSON)] {
        (0..<count).map { ("member_\($0)", JSON($0)) }
    }

    @Test("grows with the number of fields that are passed on")
    func fields() throws {
        let ratio = try cost(size: 20_000) { count in
            var request = LLM.CompletionRequest(model: "m", messages: [LLM.Message(role: "user", parts: [.text("x")])])
            request.extra = JSON.object(JSONObject(Self.members(count))).text
            return request
        }
        #expect(ratio < 3, "\(ratio)")
    }

    @Test("grows with the number of members of a file")
    func file() throws {
        let ratio = try cost(size: 20_000) { count in
            let own: [(String, JSON)] = [("type", "file"), ("file", ["file_id": "f"])]
            let part = JSON.object(JSONObject(own + Self.members(count)))
            return LLM.CompletionRequest(
                model: "m", messages: [LLM.Message(role: "user", parts: [.other(part.text)])])
        }
        #expect(ratio < 3, "\(ratio)")
    }

    @Test("grows with the number of messages, calls and results")
    func conversation() throws {
        let ratio = try cost(size: 4000) { count in
            let messages = (0..<count).flatMap { number -> [LLM.Message] in
                let call = LLM.ToolCall(id: "c\(number)", name: "tool_\(number)", arguments: "{}")
                return [
                    LLM.Message(role: "assistant", parts: [.text("a")], calls: [call]),
                    LLM.Message(role: "tool", parts: [.text("r")], toolCallID: call.id),
                ]
            }
            return LLM.CompletionRequest(model: "m", messages: messages)
        }
        #expect(ratio < 3, "\(ratio)")
    }
}
