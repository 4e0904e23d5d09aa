import JackfieldVocabulary
import Testing

@testable import OpenAI

private func error(
    _ status: Int, _ body: String = "", headers: [(name: String, value: String)] = [], now: Int64 = 0
) -> UpstreamError {
    UpstreamError(head: HTTPHead(status: status, headers: headers), body: Array(body.utf8), now: now)
}

struct UpstreamErrorTests {
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

    @Test func tellsAnEmptyAccountFromAHighRate() {
        let body =
            #"{"error":{"message":"You exceeded your current quota","type":"insufficient_quota","param":null,"code":"insufficient_quota"}}"#
        let exhausted = error(429, body, headers: [("retry-after", "5"), ("x-should-retry", "true")])
        #expect(exhausted.code == .exhausted)
        #expect(!exhausted.retry)
        #expect(exhausted.retryAfter == nil)
        #expect(exhausted.detail == "You exceeded your current quota")
    }

    @Test func knowsTheContentFilter() {
        #expect(error(400, #"{"error":{"code":"content_filter","message":"filtered"}}"#).code == .refused)
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
        #expect(error(500, headers: [("x-request-id", "req_1")]).explanation.hasSuffix(", its request id req_1"))
    }

    @Test func obeysTheUpstreamsWordOnRetries() {
        #expect(!error(500, headers: [("x-should-retry", "false")]).retry)
        #expect(error(400, headers: [("x-should-retry", "true")]).retry)
    }
}

struct RetryAfterTests {
    private func wait(_ headers: (name: String, value: String)..., now: Int64 = 0) -> Int64? {
        RetryAfter.nanoseconds(HTTPHead(status: 429, headers: headers), now: now)
    }

    @Test func readsSecondsMillisecondsAndDates() {
        #expect(wait(("retry-after", "2")) == 2_000_000_000)
        #expect(wait(("retry-after", "0.5")) == 500_000_000)
        #expect(wait(("retry-after", "9"), ("retry-after-ms", "20")) == 20_000_000)
        #expect(wait(("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT"), now: 784_111_770) == 7_000_000_000)
        #expect(wait(("retry-after", "Sun, 06 Nov 1994 08:49:37 GMT"), now: 784_111_800) == 0)
    }

    @Test(arguments: [
        "-1", "soon", "", "nan", "Sun, 06 Nov 1994", "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 06 Nov 1994 25:49:37 GMT",
    ])
    func leavesOutWhatIsNoTime(_ text: String) { #expect(wait(("retry-after", text)) == nil) }

    @Test func believesNoWaitLongerThanADay() {
        #expect(wait(("retry-after", "1e300")) == 86_400_000_000_000)
        #expect(wait(("retry-after", "inf")) == 86_400_000_000_000)
    }

    @Test(arguments: [
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0 as Int64), ("Thu, 29 Feb 2024 12:00:00 GMT", 1_709_208_000),
        ("Wed, 31 Dec 2025 23:59:59 GMT", 1_767_225_599), ("Tue, 01 Mar 2000 00:00:00 GMT", 951_868_800),
    ])
    func countsDaysAsTheCalendarDoes(_ date: String, _ seconds: Int64) {
        #expect(RetryAfter.seconds(ofDate: date) == seconds)
    }
}
