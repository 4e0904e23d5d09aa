import JackfieldPlugin
import JackfieldVocabulary
import Testing

@testable import OpenAI

private func decode(_ json: String, _ count: Int = 2) throws(UpstreamError) -> LLM.EmbeddingResult {
    let request = LLM.EmbeddingRequest(model: "e", input: Array(repeating: "12345678", count: count))
    return try EmbeddingDecoder.decode(Array(json.utf8), for: request)
}

struct EmbeddingTests {
    @Test func readsNumbersAndBase64InTheOrderOfTheInput() throws {
        // [1, -2] as little-endian binary32.
        let result = try decode(
            #"{"object":"list","data":[{"index":1,"embedding":[0.5,-1e-1]},{"index":0,"embedding":"AACAPwAAAMA="}],"#
                + #""model":"m","usage":{"prompt_tokens":7,"total_tokens":7}}"#)
        #expect(result == LLM.EmbeddingResult(vectors: [[1, -2], [0.5, -0.1]], promptTokens: 7, model: "m"))
    }

    @Test func estimatesTheTokensAndTheOrderThatAreNotSaid() throws {
        let result = try decode(#"{"data":[{"embedding":[1]},{"embedding":[2]}]}"#)
        #expect(result.vectors == [[1], [2]])
        #expect(result.promptTokens == 4)
    }

    @Test(arguments: [
        "", "<html>", "{}", #"{"data":[{"embedding":[1]}]}"#, #"{"data":[{"embedding":[1]},{"embedding":["a"]}]}"#,
        #"{"data":[{"embedding":"AAA"},{"embedding":[1]}]}"#,
        #"{"data":[{"index":0,"embedding":[1]},{"index":0,"embedding":[1]}]}"#,
        #"{"data":[{"embedding":[1]},{"embedding":[2]},{"embedding":[3]}]}"#,
        #"{"data":[{"embedding":[1]},{"embedding":[]}]}"#,
        #"{"data":[{"embedding":[1]}"#,
    ])
    func refusesAnythingButOneVectorForEachText(_ json: String) {
        let error = #expect(throws: UpstreamError.self) { try decode(json) }
        #expect(error?.code == .unavailable)
    }

    @Test func writesTheRequest() throws {
        var config = OpenAIConfig(baseURL: try BaseURL("http://localhost/v1"))
        var request = LLM.EmbeddingRequest(model: "e", input: ["a", "b"], extra: #"{"model":"x","truncate":true}"#)
        func text() throws -> String {
            String(decoding: try EmbeddingRequestEncoder(config).encode(request), as: UTF8.self)
        }
        #expect(try text() == #"{"model":"e","input":["a","b"],"encoding_format":"base64","truncate":true}"#)
        config.embeddingEncoding = .none
        request.dimensions = 3
        request.user = "u"
        request.extra = nil
        #expect(try text() == #"{"model":"e","input":["a","b"],"dimensions":3,"user":"u"}"#)
    }
}

struct ModelListTests {
    private func decode(_ json: String) throws(UpstreamError) -> [LLM.Model] {
        try ModelListDecoder.decode(Array(json.utf8))
    }

    @Test(arguments: [
        #"{"object":"list","data":[{"id":"a","object":"model","created":5,"owned_by":"o"},{"id":"b"},{"object":"model"}]}"#,
        #"[{"id":"a","created":5,"owned_by":"o"},{"id":"b"}]"#,
    ])
    func readsTheListInItsShapes(_ json: String) throws {
        #expect(try decode(json) == [LLM.Model(id: "a", owner: "o", created: 5), LLM.Model(id: "b", owner: "")])
    }

    @Test(arguments: ["", "<html>", "{}", "7", #"{"data":7}"#])
    func refusesWhatIsNoList(_ json: String) {
        #expect(throws: UpstreamError.self) { try decode(json) }
    }
}
