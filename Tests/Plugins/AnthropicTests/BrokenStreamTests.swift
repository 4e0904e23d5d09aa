import JackfieldPlugin
import JackfieldVocabulary
import Testing

@testable import Anthropic

struct BrokenStreamTests {
    @Test func doesNotTakeHalfAnAnswerForAWholeOne() {
        let whole = start() + block(0, emptyText, text("Half an answer"), text(" is none"))
        for length in stride(from: 0, through: whole.utf8.count, by: 3) {
            let outcome = decode(String(decoding: Array(whole.utf8).prefix(length), as: UTF8.self))
            #expect(outcome.failure?.code == .unavailable)
            #expect(outcome.failure?.retry == true)
            #expect(outcome.stops.isEmpty)
        }
    }

    @Test(arguments: [
        ("overloaded_error", CallError.Code.unavailable, true), ("api_error", .unavailable, true),
        ("rate_limit_error", .rateLimited, true), ("timeout_error", .unavailable, true),
        ("invalid_request_error", .invalidArgument, false), ("authentication_error", .unauthenticated, false),
        ("billing_error", .exhausted, false), ("permission_error", .forbidden, false),
        ("not_found_error", .notFound, false), ("request_too_large", .invalidArgument, false),
        ("next_new_error", .unavailable, true),
    ])
    func passesOnAnErrorInTheStream(_ type: String, _ code: CallError.Code, _ retry: Bool) {
        let stream =
            start() + block(0, emptyText, text("a"))
            + event(#"{"type":"error","error":{"type":"\#(type)","message":"Words"},"request_id":"req_1"}"#) + end()
        let outcome = decode(stream)
        #expect(outcome.text() == "a")
        #expect(outcome.failure?.code == code)
        #expect(outcome.failure?.retry == retry)
        #expect(outcome.failure?.detail == "Words")
        #expect(outcome.stops.isEmpty)
    }

    @Test func takesAnErrorEventByItsNameAlone() {
        let outcome = decode("event: error\ndata: {\"message\":\"Words\"}\n\n")
        #expect(outcome.failure?.detail == "Words")
        #expect(outcome.failure?.code == .unavailable)
    }

    @Test(arguments: [
        "data: nonsense\n\n", "data: {\"type\":\n\n", "data: [1]\n\n",
        "data: {\"type\":\"content_block_start\",\"content_block\":[]}\n\n",
        "data: {\"type\":\"message_delta\",\"delta\":7}\n\n", "<html>It works!</html>", "",
        "data: {\"choices\":[]}\n\n",
    ])
    func callsRubbishRubbish(_ stream: String) {
        let outcome = decode(stream)
        #expect(outcome.failure?.code == .unavailable)
        #expect(outcome.failure?.retry == true)
        #expect(outcome.events.isEmpty)
    }

    @Test func givesUpOnAnAnswerWithoutEnd() {
        let long = start() + block(0, emptyText, text(String(repeating: "a", count: 2000)))
        let outcome = decode(long, pieces: 100, limit: 1500)
        #expect(outcome.failure?.code == .exhausted)
        #expect(outcome.failure?.explanation.contains("max_answer_bytes") == true)
    }

    @Test func boundsTheBlocksOfAnAnswer() {
        let blocks = (0..<MessageAnswer.blockBound + 1).map { block($0, emptyText) }.joined()
        #expect(decode(start() + blocks + end(), limit: 1 << 24).failure?.code == .unavailable)
    }
}
