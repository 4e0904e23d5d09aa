import JackfieldJSON
import JackfieldTesting
import JackfieldVocabulary
import Testing

@testable import @TYPE@Plugin

@Suite("@ID@")
struct @TYPE@Tests {
    private let alert = Notifier.Alert(
        id: "a1", rule: "disk.full", severity: .critical, title: "The disk is full.", source: "here", started: 17,
        labels: [Exporter.Label("mount", "/")])

    private func host(_ reply: NetworkReply, config: JSON = [:]) throws -> TestHost {
        try TestHost(@TYPE@.definition, config: config, services: TestServices(network: { _ in reply }))
    }

    @Test("posts an alert, and keeps the webhook's own name for it")
    func notify() async throws {
        let host = try host(.answer([#"{"id":"m-7"}"#], status: 201))
        #expect(try await host.notify(alert).result() == Notifier.Receipt(reference: "m-7"))
        let sent = try #require(host.record.requests.first)
        #expect(sent.method == "POST")
        #expect(sent.url == "http://127.0.0.1:9000/hook")
        #expect(
            String(decoding: sent.body ?? [], as: UTF8.self)
                == #"{"event":"notify","id":"a1","rule":"disk.full","severity":"critical","title":"The disk is full.","#
                + #""detail":null,"source":"here","started":17,"ended":null,"reference":null,"labels":{"mount":"/"}}"#)
    }

    @Test("says when it is over")
    func resolve() async throws {
        let host = try host(.answer(status: 204))
        var over = alert
        over.ended = 18
        over.reference = "m-7"
        #expect(try await host.resolve(over).result() == Notifier.Receipt())
        let body = try JSON(parsing: host.record.requests[0].body ?? [])
        #expect(body["event"] == "resolve")
        #expect(body["ended"] == 18)
        #expect(body["reference"] == "m-7")
    }

    @Test("names the secret, and does not have it")
    func token() async throws {
        let host = try host(.answer(status: 204), config: ["token_secret": "MY_TOKEN"])
        _ = try await host.notify(alert).result()
        #expect(
            host.record.requests[0].headers.contains {
                $0.name == "authorization" && $0.value == "Bearer ${secret:MY_TOKEN}"
            })
    }

    @Test("says whether sending again may help")
    func refusal() async throws {
        let call = try host(.answer(["no"], status: 503, headers: [("retry-after", "2")])).notify(alert)
        let error = await #expect(throws: CallError.self) { try await call.result() }
        #expect(error == CallError(.unavailable, "the server answered 503: no", retry: true, retryAfter: 2_000_000_000))
    }
}
