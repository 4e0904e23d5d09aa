import HTTPServer
import JackfieldJSON
import JackfieldVocabulary
import NIOCore
import Testing

@Suite("Embeddings and models")
struct EmbeddingsTests {
    private func decode(_ text: String) throws(DialectError) -> EmbeddingsRequest {
        try EmbeddingsRequest.decode(ByteBuffer(string: text))
    }

    @Test("a request is read with one text or many")
    func request() throws {
        let least = try decode(#"{"model":"m","input":"a","encoding_format":null,"user":null}"#)
        #expect(least.encoding == .float && least.request == LLM.EmbeddingRequest(model: "m", input: ["a"]))
        let full = try decode(
            #"{"input":["a","b"],"model":"m","encoding_format":"base64","dimensions":3,"user":"u","truncate":true}"#)
        #expect(full.encoding == .base64)
        #expect(
            full.request
                == LLM.EmbeddingRequest(
                    model: "m", input: ["a", "b"], dimensions: 3, user: "u", extra: #"{"truncate":true}"#))
    }

    @Test("a wrong request is refused with its field")
    func refused() {
        let wrong: [(String, String, String)] = [
            (#"{"input":"a"}"#, "model", "missing_required_parameter"),
            (#"{"model":"m"}"#, "input", "missing_required_parameter"),
            (#"{"model":"m","input":""}"#, "input", "empty_string"),
            (#"{"model":"m","input":[]}"#, "input", "empty_array"),
            (#"{"model":"m","input":7}"#, "input", "invalid_type"),
            (#"{"model":"m","input":["a",""]}"#, "input[1]", "empty_string"),
            (#"{"model":"m","input":[1,2]}"#, "input", "invalid_type"),
            (#"{"model":"m","input":[[1]]}"#, "input", "invalid_type"),
            (#"{"model":"m","input":"a","encoding_format":"int8"}"#, "encoding_format", "invalid_value"),
            (#"{"model":"m","input":"a","dimensions":0}"#, "dimensions", "integer_below_min_value"),
            (
                #"{"model":"m","input":[\#((0..<2049).map { _ in "\"a\"" }.joined(separator: ","))]}"#, "input",
                "array_above_max_length"
            ),
        ]
        for (body, param, code) in wrong {
            let error = refusal { () throws(DialectError) in try decode(body) }
            #expect(error?.param == param && error?.code == code, "\(body.prefix(80)): \(error?.description ?? "read")")
        }
        #expect(
            refusal { () throws(DialectError) in try decode(#"{"model":"m","input":[1]}"#) }?.message.contains("tokens")
                == true)
    }

    @Test("vectors are written as numbers or as Base64 of the same numbers")
    func answer() {
        let result = LLM.EmbeddingResult(vectors: [[0.1, -1, 3e-5], [.nan, 2, 0]], promptTokens: 5)
        #expect(
            text(EmbeddingsEncoder.encode(result, model: "m", encoding: .float))
                == #"{"object":"list","data":[{"object":"embedding","index":0,"embedding":[0.1,-1.0,3e-05]},"#
                + #"{"object":"embedding","index":1,"embedding":[null,2.0,0.0]}],"model":"m","usage":{"prompt_tokens":5,"total_tokens":5}}"#
        )
        let one = LLM.EmbeddingResult(vectors: [[1, -2]], promptTokens: 1)
        #expect(
            text(EmbeddingsEncoder.encode(one, model: "m", encoding: .base64))
                == #"{"object":"list","data":[{"object":"embedding","index":0,"embedding":"AACAPwAAAMA="}],"model":"m","usage":{"prompt_tokens":1,"total_tokens":1}}"#
        )
    }

    @Test("models are listed and told one by one")
    func models() {
        let models = [LLM.Model(id: "default", owner: "jackfield", created: 7), LLM.Model(id: "x/\"y\"", owner: "up")]
        #expect(
            text(ModelsEncoder.list(models))
                == #"{"object":"list","data":[{"id":"default","object":"model","created":7,"owned_by":"jackfield"},"#
                + #"{"id":"x/\"y\"","object":"model","created":0,"owned_by":"up"}]}"#)
        #expect(
            text(ModelsEncoder.model(models[0]))
                == #"{"id":"default","object":"model","created":7,"owned_by":"jackfield"}"#)
    }
}
