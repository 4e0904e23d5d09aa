import JackfieldPlugin
import JackfieldVocabulary
import Testing

@testable import OpenAI

private func error(
    _ status: Int, _ body: String = "", headers: [(name: String, value: String)] = [], now: Int64 = 0
) -> UpstreamError {
    UpstreamError(head: HTTPHead(status: status, headers: headers), body: Array(body.utf8), now: now)
}

struct UpstreamErrorTests {
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
}
