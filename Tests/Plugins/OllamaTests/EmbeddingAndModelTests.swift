import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary
import Testing

@testable import Ollama

private let request = LLM.EmbeddingRequest(model: "all-minilm", input: ["one", "two"])

private func decode(_ json: String) throws -> LLM.EmbeddingResult {
    try EmbeddingDecoder.decode(Array(json.utf8), for: request)
}

struct EmbeddingTests {
    @Test func writesARequest() throws {
        var request = request
        let encoder = EmbeddingRequestEncoder(try OllamaConfig(["keep_alive": "5m", "options": ["num_ctx": 512]]))
        #expect(
            String(decoding: try encoder.encode(request), as: UTF8.self)
                == #"{"model":"all-minilm","input":["one","two"],"keep_alive":"5m","options":{"num_ctx":512}}"#)
        request.dimensions = 4
        request.user = "nobody"
        request.extra = #"{"truncate":false,"input":"no","dimensions":9,"keep_alive":0,"options":{"num_gpu":1}}"#
        #expect(
            String(decoding: try encoder.encode(request), as: UTF8.self)
                == #"{"model":"all-minilm","input":["one","two"],"dimensions":4,"keep_alive":0,"options":{"num_ctx":512,"num_gpu":1},"truncate":false}"#
        )
    }

    @Test func readsVectors() throws {
        let result = try decode(
            #"{"model":"all-minilm","embeddings":[[0.25,-1e-2,3],[1,2,3]],"total_duration":14143917,"prompt_eval_count":8}"#
        )
        #expect(result.vectors == [[0.25, -0.01, 3], [1, 2, 3]])
        #expect(result.promptTokens == 8)
        #expect(result.model == "all-minilm")
        #expect(try decode(#"{"embeddings":[[1],[2]]}"#).promptTokens == 2)
    }

    @Test(arguments: [
        "", "<html>", "[]", "{}", #"{"embeddings":[[1]]}"#, #"{"embeddings":[[1],[2],[3]]}"#,
        #"{"embeddings":[[1],[]]}"#,
        #"{"embeddings":[[1],["x"]]}"#, #"{"embeddings":7}"#, #"{"embedding":[1,2]}"#, #"{"embeddings":null}"#,
    ])
    func refusesRubbishWithASentence(_ body: String) {
        let error = #expect(throws: UpstreamError.self) { try decode(body) }
        #expect(error?.code == .unavailable)
        #expect(error?.explanation.hasPrefix("the upstream") == true)
    }

    @Test func findsAnErrorInAnAnswer() {
        let error = #expect(throws: UpstreamError.self) { try decode(#"{"error":"model 'all-minilm' not found"}"#) }
        #expect(error?.code == .notFound)
        #expect(error?.explanation.contains("ollama pull all-minilm") == true)
    }
}

struct ModelListTests {
    @Test func readsTheModelsThatWerePulled() throws {
        let models = try ModelListDecoder.decode(
            Array(
                """
                {"models":[
                  {"name":"llama3.2:latest","model":"llama3.2:latest","modified_at":"2025-05-04T17:37:44.706015396-07:00","size":3825819519},
                  {"model":"example/coder:7b","modified_at":"soon"}, {"size":1}, {"name":"hf.co/org/repo:Q4"}
                ]}
                """.utf8))
        #expect(
            models == [
                LLM.Model(id: "llama3.2:latest", owner: "library", created: 1_746_405_464),
                LLM.Model(id: "example/coder:7b", owner: "example"), LLM.Model(id: "hf.co/org/repo:Q4", owner: "org"),
            ])
    }

    @Test func knowsAServerWithoutModels() throws {
        #expect(try ModelListDecoder.decode(Array(#"{"models":[]}"#.utf8)).isEmpty)
    }

    @Test(arguments: ["", "<html>", "{}", "[]", #"{"models":null}"#, #"{"data":[]}"#, #"{"error":"no"}"#])
    func refusesRubbishWithASentence(_ body: String) {
        let error = #expect(throws: UpstreamError.self) { try ModelListDecoder.decode(Array(body.utf8)) }
        #expect(error?.code == .unavailable)
    }

    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0 as Int64?), ("2024-02-29T12:00:00Z", 1_709_208_000),
        ("2000-03-01T01:30:00.999+01:30", 951_868_800), ("2025-12-31T23:59:59-00:00", 1_767_225_599),
        ("2025-12-31 23:59:59Z", nil), ("2025-13-01T00:00:00Z", nil), ("2025-01-01T00:00:00", nil),
        ("2025-01-01T24:00:00Z", nil), ("2025-01-01T00:00:00.5+1", nil), ("", nil), ("2025", nil),
    ])
    func readsDates(_ text: String, _ seconds: Int64?) { #expect(Timestamp.seconds(text) == seconds) }
}
