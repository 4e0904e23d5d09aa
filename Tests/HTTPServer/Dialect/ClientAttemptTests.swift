import JackfieldJSON
import JackfieldVocabulary
import Testing

@testable import HTTPServer

@Suite("What a client is told of the attempts")
struct ClientAttemptTests {
    private func attempts(_ attempts: [CallError.Attempt]) throws -> [JSON] {
        var error = CallError(.unavailable, "every upstream failed: 10.0.0.1 refused the connection", retry: true)
        error.attempts = attempts
        let envelope = DialectError(error, origin: .host, requestID: "r-1")
        return try JSON(parsing: envelope.body)["error"]?["attempts"]?.array ?? []
    }

    @Test("tells how long each took, however short, and nothing of one that was passed over")
    func durations() throws {
        let told = try attempts([
            CallError.Attempt(upstream: "a/m", code: .unavailable, message: "10.0.0.1 broke", duration: 300_000),
            CallError.Attempt(upstream: "b/m", code: .unavailable, message: "10.0.0.1 rests", duration: 0),
        ])
        #expect(told.map { $0["upstream"]?.string } == ["a/m", "b/m"])
        #expect(told.map { $0["duration_ms"]?.int } == [0, nil])
        #expect(
            told.map { $0["message"]?.string } == [
                "a/m could not be reached, or failed", "b/m is left alone for a while",
            ])
    }
}
