import JackfieldJSON
import JackfieldVocabulary
import Testing

@testable import Ollama

@Suite("What a request costs an encoder of Ollama's dialect")
struct ChatRequestCostTests {
    private func cost(size: Int, _ request: (Int) -> LLM.CompletionRequest) throws -> Double {
        let encoder = ChatRequestEncoder(try OllamaConfig([:]))
        return try costOfWhole(size: size) { size in
            let request = request(size)
            return { _ = try encoder.encode(request) }
        }
    }

    @Test("grows with the number of results, also of calls that nobody made")
    func results() throws {
        let ratio = try cost(size: 4000) { count in
            let result = LLM.Message(role: "tool", parts: [.text("")], toolCallID: "x")
            return LLM.CompletionRequest(model: "m", messages: Array(repeating: result, count: count))
        }
        #expect(ratio < 3, "\(ratio)")
    }

    @Test("grows with the number of options")
    func options() throws {
        let ratio = try cost(size: 20_000) { count in
            let options = JSONObject((0..<count).map { ("option_\($0)", JSON($0)) })
            var request = LLM.CompletionRequest(model: "m", messages: [LLM.Message(role: "user", parts: [.text("x")])])
            request.extra = JSON.object(["options": .object(options)]).text
            return request
        }
        #expect(ratio < 3, "\(ratio)")
    }

    @Test("buys the name of the tool that the latest call with an id was of")
    func latestCall() throws {
        func call(_ name: String) -> LLM.Message {
            LLM.Message(role: "assistant", parts: [], calls: [LLM.ToolCall(id: "c", name: name, arguments: "{}")])
        }
        let result = LLM.Message(role: "tool", parts: [.text("r")], toolCallID: "c")
        let request = LLM.CompletionRequest(
            model: "m", messages: [result, call("first"), result, call("second"), result])
        let body = try JSON(parsing: ChatRequestEncoder(OllamaConfig([:])).encode(request))
        let names = (body["messages"]?.array ?? []).filter { $0["role"] == "tool" }.map { $0["tool_name"]?.string }
        #expect(names == [nil, "first", "second"])
    }
}
