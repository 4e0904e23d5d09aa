import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary
import Testing

@testable import Ollama

private func error(
    _ status: Int, _ said: String, model: String? = "llama9", headers: [(name: String, value: String)] = []
) -> CallError {
    UpstreamError(
        head: HTTPHead(status: status, headers: headers), body: Array((["error": .string(said)] as JSON).bytes),
        model: model, now: 0
    ).callError(hiding: [Secret("Bearer 0123456789")])
}

private func inStream(_ json: JSON) -> UpstreamError { UpstreamError(inAnswer: json, model: "llama9") }

struct OllamaErrorTests {
    @Test func saysHowToGetAModelThatIsNotThere() {
        let missing = error(404, "model \"llama9\" not found, try pulling it first")
        #expect(missing.code == .notFound)
        #expect(!missing.retry)
        #expect(
            missing.message
                == "Ollama does not have the model \"llama9\"; pull it with: ollama pull llama9 (HTTP 404): "
                + "model \"llama9\" not found, try pulling it first")
    }

    @Test func tellsAMissingPathFromAMissingModel() {
        let path = UpstreamError(
            head: HTTPHead(status: 404, headers: []), body: Array("404 page not found".utf8), model: "m", now: 0)
        #expect(path.code == .notFound)
        #expect(path.explanation.contains("base_url"))
        #expect(path.detail == "404 page not found")
    }

    @Test(arguments: [
        (400, "invalid options", CallError.Code.invalidArgument, false),
        (400, "registry.ollama.ai/library/x does not support tools", .unsupported, false),
        (401, "unauthorized", .unauthenticated, false), (402, "payment required", .exhausted, false),
        (403, "forbidden", .forbidden, false), (413, "too large", .invalidArgument, false),
        (429, "too many requests", .rateLimited, true),
        (500, "llama runner process has terminated", .unavailable, true),
        (500, "model requires more system memory (9.2 GiB) than is available (3.1 GiB)", .unavailable, false),
        (502, "bad gateway", .unavailable, true), (503, "server busy, please try again", .unavailable, true),
        (400, "blocked by content policy", .refused, false),
    ])
    func understandsEveryStatus(_ status: Int, _ said: String, _ code: CallError.Code, _ retry: Bool) {
        let error = error(status, said)
        #expect(error.code == code)
        #expect(error.retry == retry)
        #expect(error.message.contains("(HTTP \(status))"))
        #expect(error.message.hasSuffix(": " + said))
    }

    @Test func obeysRetryAfter() {
        #expect(error(429, "slow down", headers: [("retry-after", "3")]).retryAfter == 3_000_000_000)
        #expect(error(400, "no", headers: [("retry-after", "3")]).retryAfter == nil)
    }

    @Test func neverTellsASecret() {
        let message = error(401, "the header Bearer 0123456789 is not valid").message
        #expect(!message.contains("0123456789"))
        #expect(message.contains("«redacted»"))
    }

    @Test(arguments: [
        ("an error was encountered while running the model", CallError.Code.unavailable, true),
        ("model 'llama9' not found", .notFound, false), ("rate limit exceeded", .rateLimited, true),
        ("server busy, please try again.  maximum pending requests exceeded", .unavailable, true),
        ("unauthorized", .unauthenticated, false),
        ("the input length exceeds the context length", .invalidArgument, false),
    ])
    func understandsAnErrorInAStreamByItsWords(_ said: String, _ code: CallError.Code, _ retry: Bool) {
        let error = inStream(["error": .string(said)])
        #expect(error.code == code)
        #expect(error.retry == retry)
        #expect(error.explanation.hasSuffix(", said in the answer itself"))
        #expect(error.detail == said)
    }

    @Test func prefersTheStatusOfAnErrorInAStream() {
        #expect(inStream(["error": "x", "status_code": 429]).code == .rateLimited)
        #expect(inStream(["error": "x", "status_code": 7]).code == .unavailable)
        #expect(inStream(["error": ["message": "x"]]).detail == "x")
    }
}
