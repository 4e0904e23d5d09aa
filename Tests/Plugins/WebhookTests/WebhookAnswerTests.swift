import JackfieldJSON
import JackfieldVocabulary
import Testing

@testable import Webhook

struct WebhookAnswerTests {
    private func error(_ status: Int, _ headers: [(name: String, value: String)] = []) -> CallError {
        WebhookAnswer.error(HTTPHead(status: status, headers: headers), now: 0)
    }

    @Test(arguments: [
        (400, CallError.Code.invalidArgument, false), (401, .unauthenticated, false), (403, .forbidden, false),
        (404, .notFound, false), (408, .unavailable, true), (410, .notFound, false), (413, .invalidArgument, false),
        (429, .rateLimited, true), (500, .unavailable, true), (501, .unsupported, false), (502, .unavailable, true),
        (503, .unavailable, true), (302, .unavailable, false),
    ])
    func readsTheStatus(_ status: Int, _ code: CallError.Code, _ retry: Bool) {
        let error = error(status)
        #expect(error.code == code)
        #expect(error.retry == retry)
        #expect(error.message.hasSuffix("(HTTP \(status))"), "\(error.message)")
    }

    @Test func readsHowLongToWait() {
        #expect(error(429, [("retry-after", "7")]).retryAfter == 7_000_000_000)
        #expect(error(503, [("retry-after", "Thu, 01 Jan 1970 00:00:05 GMT")]).retryAfter == 5_000_000_000)
        #expect(error(400, [("retry-after", "7")]).retryAfter == nil)
        #expect(error(500).retryAfter == nil)
    }

    @Test(
        arguments: [
            (#"{"reference": "m-1", "id": "x"}"#, "m-1"), (#"{"id": "x"}"#, "x"), (#"{"id": 7}"#, nil), ("ok", nil),
            ("", nil),
            (#"{"reference": ""}"#, nil), (#"["a"]"#, nil),
        ] as [(String, String?)])
    func takesAReference(_ body: String, _ reference: String?) {
        #expect(WebhookAnswer.receipt(Array(body.utf8)).reference == reference)
    }

    @Test func takesNoReferenceThatIsTooLong() {
        let long = String(repeating: "x", count: 1025)
        #expect(WebhookAnswer.receipt(Array("{\"id\": \"\(long)\"}".utf8)).reference == nil)
    }
}
