import JackfieldPlugin
import JackfieldVocabulary
import Testing

@testable import Bedrock

struct ServiceErrorTests {
    private func error(
        _ status: Int, _ type: String?, _ body: String, _ more: [(name: String, value: String)] = []
    ) -> CallError {
        let headers = (type.map { [(name: "x-amzn-errortype", value: $0)] } ?? []) + more
        return UpstreamError(
            aws: HTTPHead(status: status, headers: headers), body: Array(body.utf8), now: 1_440_938_160
        )
        .callError(hiding: [])
    }

    @Test(arguments: [
        (403, "AccessDeniedException", "You don't have access to the model", CallError.Code.forbidden, false),
        (
            403, "AccessDeniedException", "Authentication failed: Please make sure your API Key is valid.",
            .unauthenticated, false
        ),
        (403, "UnrecognizedClientException", "The security token is invalid", .unauthenticated, false),
        (403, "InvalidSignatureException", "The request signature does not match", .unauthenticated, false),
        (403, "ExpiredTokenException", "The security token is expired", .unauthenticated, true),
        (404, "ResourceNotFoundException", "no model", .notFound, false),
        (400, "ValidationException", "bad", .invalidArgument, false),
        (400, "ValidationException", "Output blocked by content filtering policy", .refused, false),
        (429, "ThrottlingException", "Too many requests", .rateLimited, true),
        (429, "ThrottlingException", "Too many tokens per day, please wait", .exhausted, false),
        (400, "ServiceQuotaExceededException", "quota", .exhausted, false),
        (429, "ModelNotReadyException", "wait", .unavailable, true),
        (408, "ModelTimeoutException", "slow", .unavailable, true),
        (424, "ModelErrorException", "broke", .unavailable, true),
        (500, "InternalServerException", "oops", .unavailable, true),
        (503, "ServiceUnavailableException", "busy", .unavailable, true),
        (409, "ConflictException", "busy", .conflict, true),
    ])
    func knowsTheExceptionsOfTheService(
        _ status: Int, _ type: String, _ words: String, _ code: CallError.Code, _ retry: Bool
    ) {
        let error = error(status, type + ":http://internal.amazon.com/coral/", #"{"message":"\#(words)"}"#)
        #expect(error.code == code)
        #expect(error.retry == retry)
        #expect(error.message.contains(type))
        #expect(error.message.contains("HTTP \(status)"))
        #expect(error.message.hasSuffix(": " + words))
    }

    @Test func findsTheExceptionInTheBodyToo() {
        let error = error(400, nil, #"{"__type":"com.amazon.coral.service#ThrottlingException","Message":"slow down"}"#)
        #expect(error.code == .rateLimited)
        #expect(error.message.hasSuffix(": slow down"))
    }

    @Test(arguments: [
        (401, CallError.Code.unauthenticated), (403, .forbidden), (404, .notFound), (418, .invalidArgument),
        (424, .unavailable), (429, .rateLimited), (500, .unavailable), (302, .unavailable), (413, .invalidArgument),
    ])
    func goesByTheStatusWhereThereIsNoException(_ status: Int, _ code: CallError.Code) {
        #expect(error(status, nil, "<html>oops</html>").code == code)
        #expect(error(status, "NewException", "").code == code)
    }

    @Test(arguments: [
        ("Sun, 30 Aug 2015 12:46:00 GMT", "is 600 seconds behind AWS's"),
        ("Sun, 30 Aug 2015 12:26:00 GMT", "is 600 seconds ahead of AWS's"), ("", "differs too much from AWS's"),
        ("Sun, 30 Aug 2015 12:36:01 GMT", "differs too much from AWS's"),
    ])
    func saysHowWrongTheClockIs(_ date: String, _ words: String) {
        for (type, message) in [
            ("InvalidSignatureException", "Signature expired: 20150830T123600Z is now earlier than 20150830T124100Z"),
            ("InvalidSignatureException", "Signature not yet current: 20150830T123600Z"),
            ("RequestTimeTooSkewed", "skew"),
        ] {
            let error = error(403, type, #"{"message":"\#(message)"}"#, [("date", date)])
            #expect(error.code == .unauthenticated)
            #expect(!error.retry)
            #expect(
                error.message.hasPrefix("AWS refused the signature's time: the clock of this machine \(words); set it"))
        }
    }

    @Test func tellsTheIdOfTheRequestAndWhenToTryAgain() {
        let error = error(
            429, "ThrottlingException", "{}", [("x-amzn-requestid", "abc-1"), ("retry-after", "2")])
        #expect(error.message.contains("its request id abc-1"))
        #expect(error.retryAfter == 2_000_000_000)
    }

    @Test func doesNotRepeatATypeThatIsNoName() {
        let error = error(400, "bad <b>\u{7}", "{}")
        #expect(!error.message.contains("<b>"))
    }
}
