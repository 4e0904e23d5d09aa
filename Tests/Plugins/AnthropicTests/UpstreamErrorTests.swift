import JackfieldPlugin
import JackfieldVocabulary
import Testing

@testable import Anthropic

private func error(
    _ status: Int, _ type: String = "api_error", _ message: String = "Words",
    headers: [(name: String, value: String)] = [], now: Int64 = 0
) -> UpstreamError {
    let body = #"{"type":"error","error":{"type":"\#(type)","message":"\#(message)"},"request_id":"req_1"}"#
    return UpstreamError(head: HTTPHead(status: status, headers: headers), body: Array(body.utf8), now: now)
}

struct UpstreamErrorTests {
    @Test(arguments: [
        (400, "invalid_request_error", CallError.Code.invalidArgument, false),
        (401, "authentication_error", .unauthenticated, false), (402, "billing_error", .exhausted, false),
        (403, "permission_error", .forbidden, false), (404, "not_found_error", .notFound, false),
        (413, "request_too_large", .invalidArgument, false), (429, "rate_limit_error", .rateLimited, true),
        (500, "api_error", .unavailable, true), (504, "timeout_error", .unavailable, true),
        (529, "overloaded_error", .unavailable, true),
    ])
    func mapsEveryDocumentedError(_ status: Int, _ type: String, _ code: CallError.Code, _ retry: Bool) {
        let found = error(status, type)
        #expect(found.code == code)
        #expect(found.retry == retry)
        #expect(found.detail == "Words")
        #expect(found.explanation.contains("(HTTP \(status))"))
    }

    @Test(arguments: [
        ("Your credit balance is too low to access the Anthropic API.", CallError.Code.exhausted),
        ("You have reached your specified API usage limits.", .exhausted),
        ("Output blocked by content filtering policy", .refused),
        ("prompt is too long: 210000 tokens > 200000 maximum", .invalidArgument),
    ])
    func readsTheWordsWhereTheTypeSaysTooLittle(_ words: String, _ code: CallError.Code) {
        let found = error(400, "invalid_request_error", words)
        #expect(found.code == code)
        #expect(!found.explanation.contains("rejected"))
    }

    @Test func waitsAsLongAsItIsTold() {
        let headers = [
            (name: "retry-after", value: "7"), ("request-id", "req_9"),
            ("anthropic-ratelimit-requests-remaining", "0"),
            ("anthropic-ratelimit-requests-reset", "1970-01-01T00:01:00Z"),
        ]
        let found = error(429, "rate_limit_error", headers: headers)
        #expect(found.retryAfter == 7_000_000_000)
        #expect(found.explanation.contains("req_9"))
    }

    @Test func waitsForTheLimitsThatAreUsedUp() {
        let headers = [
            (name: "anthropic-ratelimit-requests-remaining", value: "3"),
            ("anthropic-ratelimit-requests-reset", "1970-01-01T01:00:00Z"),
            ("anthropic-ratelimit-input-tokens-remaining", "0"),
            ("anthropic-ratelimit-input-tokens-reset", "1970-01-01T00:01:00Z"),
            ("anthropic-ratelimit-output-tokens-remaining", "0"),
            ("anthropic-ratelimit-output-tokens-reset", "1970-01-01T00:00:30.5Z"),
        ]
        #expect(error(429, "rate_limit_error", headers: headers, now: 20).retryAfter == 40_000_000_000)
        #expect(error(429, "rate_limit_error", headers: headers, now: 90).retryAfter == 0)
        #expect(error(529, "overloaded_error", headers: headers, now: 20).retryAfter == nil)
        #expect(error(429, "rate_limit_error", headers: Array(headers.prefix(2))).retryAfter == nil)
    }

    @Test func neverTellsTheKey() {
        let key = "sk-ant-api03-0123456789"
        let found = error(401, "authentication_error", "invalid x-api-key \(key)")
        #expect(!found.callError(hiding: [Secret(key)]).message.contains("0123"))
    }
}
