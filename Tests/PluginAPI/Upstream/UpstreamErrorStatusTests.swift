import JackfieldPlugin
import JackfieldVocabulary
import Testing

/// An error as a provider makes it that has nothing of its own to say about its status.
private func error(
    _ status: Int, _ body: String = "", headers: [(name: String, value: String)] = [], now: Int64 = 0
) -> UpstreamError {
    var error = UpstreamError.meaning(ofStatus: status)
    error.detail = ErrorEnvelope(body: Array(body.utf8)).message
    error.add(HTTPHead(status: status, headers: headers), now: now)
    return error
}

struct UpstreamErrorStatusTests {
    @Test(arguments: [
        (302, CallError.Code.unavailable, false), (400, .invalidArgument, false), (401, .unauthenticated, false),
        (402, .exhausted, false), (403, .forbidden, false), (404, .notFound, false), (408, .unavailable, true),
        (409, .conflict, true), (413, .invalidArgument, false), (418, .invalidArgument, false),
        (422, .invalidArgument, false),
        (429, .rateLimited, true), (500, .unavailable, true), (501, .unsupported, false), (503, .unavailable, true),
        (504, .unavailable, true), (529, .unavailable, true),
    ])
    func mapsEveryStatus(_ status: Int, _ code: CallError.Code, _ retry: Bool) {
        #expect(error(status).code == code)
        #expect(error(status).retry == retry)
        #expect(error(status).explanation.contains("(HTTP \(status))"))
    }

    @Test(arguments: [
        (#"{"error":{"message":"m","type":"t"}}"#, "m"), (#"{"error":"m"}"#, "m"),
        (#"{"object":"error","message":"m","code":404}"#, "m"),
        (#"{"detail":"m"}"#, "m"), (#"{"detail":[{"loc":["body"]}]}"#, #"[{"loc":["body"]}]"#),
        (#"[{"error":{"message":"m","status":"NOT_FOUND","code":404}}]"#, "m"), ("plain words", "plain words"),
        ("<html><body>Bad gateway</body></html>", "the answer is a page of HTML, not JSON"),
    ])
    func findsTheUpstreamsOwnWords(_ body: String, _ words: String) { #expect(error(400, body).detail == words) }

    @Test func saysNothingWhereTheUpstreamSaidNothing() {
        #expect(error(500).callError(hiding: []).message == "the upstream failed (HTTP 500)")
    }

    @Test(arguments: [
        (
            #"{"type":"error","error":{"type":"overloaded_error","message":"m"},"request_id":"r"}"#, "overloaded_error",
            ""
        ),
        (#"{"message":"m","code":7}"#, "", "7"), (#"{"error":null,"message":"m"}"#, "", ""),
        (#"{"__type":"x","Message":"m"}"#, "", ""),
    ])
    func readsTheKindsOfErrorsThatAreAbout(_ body: String, _ type: String, _ code: String) {
        let envelope = ErrorEnvelope(body: Array(body.utf8))
        #expect(envelope.message == "m")
        #expect(envelope.type == type)
        #expect(envelope.code == code)
    }

    @Test func neverTellsASecretAlsoWhereItWouldBeCut() {
        let key = "sk-proj-0123456789abcdef"
        for length in [0, 470, 490, 499] {
            let words = String(repeating: "x", count: length) + key + " is not a key"
            let message = error(401, "{\"error\":{\"message\":\"\(words)\"}}").callError(hiding: [Secret(key)]).message
            #expect(!message.contains("sk-proj"))
            #expect(!message.contains("0123"))
            #expect(message.hasPrefix("the upstream refused the provider's key; see api_key (HTTP 401): "))
        }
    }

    @Test func boundsTheUpstreamsWordsAndKeepsThemOnOneLine() {
        let long = error(400, String(repeating: "é\n", count: 5000)).callError(hiding: []).message
        #expect(long.count < 600)
        #expect(!long.contains { $0.isNewline })
    }

    @Test func pointsToWhereARedirectLeadsWithoutItsQuery() {
        let moved = error(308, headers: [("location", "https://a.example/v1?token=t")])
        #expect(moved.callError(hiding: []).message.hasSuffix(": it points to https://a.example/v1"))
    }

    @Test func namesTheUpstreamsRequest() {
        #expect(error(500, headers: [("request-id", "req_2")]).explanation.hasSuffix(", its request id req_2"))
        #expect(error(500, headers: [("x-amzn-requestid", "a-3")]).explanation.hasSuffix(", its request id a-3"))
        #expect(!error(500, headers: [("x-request-id", "a\u{1}b")]).explanation.contains("request id"))
        #expect(error(500, headers: [("x-request-id", "req_1")]).explanation.hasSuffix(", its request id req_1"))
    }

    @Test func obeysTheUpstreamsWordOnRetries() {
        #expect(!error(500, headers: [("x-should-retry", "false")]).retry)
        #expect(error(400, headers: [("x-should-retry", "true")]).retry)
    }
}
