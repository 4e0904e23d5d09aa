import JackfieldPlugin
import JackfieldVocabulary
import Testing

@testable import Anthropic

struct ModelPageTests {
    private func page(_ body: String) throws -> ModelPage { try ModelPage(Array(body.utf8)) }

    @Test func readsAPage() throws {
        let found = try page(
            #"{"data":[{"type":"model","id":"claude-a","display_name":"A","created_at":"2026-02-04T00:00:00Z"},"#
                + #"{"type":"model","id":"claude-old","lifecycle":"retired"},{"id":""},7,{"id":"b","created_at":"?"}],"#
                + #""has_more":true,"first_id":"claude-a","last_id":"b"}"#)
        #expect(
            found.models == [
                LLM.Model(id: "claude-a", owner: "anthropic", created: 1_770_163_200),
                LLM.Model(id: "b", owner: "anthropic"),
            ])
        #expect(found.next == "b")
    }

    @Test func knowsTheLastPage() throws {
        #expect(try page(#"{"data":[],"has_more":false,"last_id":"b"}"#).next == nil)
        #expect(try page(#"{"data":[],"has_more":true,"last_id":null}"#).next == nil)
    }

    @Test(arguments: ["", "<html>", "{}", #"{"data":7}"#, #"{"type":"error","error":{"type":"api_error"}}"#])
    func callsRubbishRubbish(_ body: String) {
        #expect {
            try page(body)
        } throws: { ($0 as? UpstreamError)?.code == .unavailable }
    }

    @Test func escapesWhatGoesIntoAQuery() { #expect("a-b_c.d~1 &é\n".inQuery == "a-b_c.d~1%20%26%C3%A9%0A") }
}
