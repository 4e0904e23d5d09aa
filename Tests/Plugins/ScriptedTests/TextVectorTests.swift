import JackfieldJSON
import JackfieldVocabulary
import Testing

@testable import Scripted

struct TextVectorTests {
    private static func state() throws -> ScriptState {
        ScriptState(
            try ScriptedConfig(["script": ["rules": [], "models": ["m"], "embeddings": ["dimensions": 8]]]).script)
    }

    @Test(arguments: ["", "a", "b", "Grüße", "a longer text, with a comma"], [1, 3, 64, 4096])
    func makesVectorsOfLengthOne(_ text: String, _ dimensions: Int) {
        let vector = TextVector.vector(of: text, dimensions: dimensions)
        #expect(vector.count == dimensions)
        #expect(abs(vector.reduce(0) { $0 + Double($1) * Double($1) } - 1) < 1e-5)
    }

    @Test func isTheSameForTheSameTextAndOtherwiseFarAway() {
        let a = TextVector.vector(of: "text", dimensions: 256)
        #expect(a == TextVector.vector(of: "text", dimensions: 256))
        let b = TextVector.vector(of: "texu", dimensions: 256)
        #expect(abs(zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }) < 0.5)
    }

    @Test func keepsItsNumbersFromVersionToVersion() {
        // Whoever stored vectors can go on with them.
        let vector = TextVector.vector(of: "text", dimensions: 3)
        #expect(vector.map { Int(($0 * 1000).rounded()) } == [637, -692, 341])
    }

    @Test func answersEachTextInItsPlace() throws {
        let request = LLM.EmbeddingRequest(model: "m", input: ["one", "two", "one"])
        let result = try ScriptedProvider.embed(request, Self.state())
        #expect(result.vectors.count == 3)
        #expect(result.vectors.map(\.count) == [8, 8, 8])
        #expect(result.vectors[0] == result.vectors[2])
        #expect(result.vectors[0] != result.vectors[1])
        #expect(result.promptTokens == 3)
        #expect(result.model == "m")
    }

    @Test func obeysTheDimensionsOfTheRequestWithinBounds() throws {
        var request = LLM.EmbeddingRequest(model: "m", input: ["x"], dimensions: 5)
        #expect(try ScriptedProvider.embed(request, Self.state()).vectors[0].count == 5)
        request.dimensions = 5000
        let error = #expect(throws: CallError.self) { try ScriptedProvider.embed(request, Self.state()) }
        #expect(error?.code == .invalidArgument)
        request = LLM.EmbeddingRequest(model: "other", input: ["x"])
        #expect(throws: CallError(.notFound, "the script has no model \"other\"; it has m")) {
            try ScriptedProvider.embed(request, Self.state())
        }
    }
}
