import JackfieldJSON
import TestSupport
import Testing

/// Answers that are larger than every buffer on their way, sent as fast as the sender can.
@Suite("A large answer")
struct LargeAnswerTests {
    @Test("of 8 MB, sent in one go, arrives whole")
    func completion() throws {
        let size = 8_000_000
        let upstream = try ProgrammableUpstream(.completion(String(repeating: "y", count: size)))
        let manifest = Manifests.gateway([upstream.baseURL], timeout: "50s", requestTimeout: "60s")
        try HostProcess.serving(manifest, environment: Manifests.environment) { host in
            let response = try host.client.post(
                "/v1/chat/completions", Asking.completion("say much"), within: .seconds(60))
            #expect(response.status == 200, "\(response.text.prefix(500))")
            let text = try Asking.content(response)
            #expect(text?.utf8.count == size && text?.utf8.allSatisfy { $0 == UInt8(ascii: "y") } == true)
        }
    }

    @Test("of embeddings does so too")
    func embeddings() throws {
        let count = 300_000
        let upstream = try ProgrammableUpstream(
            UpstreamScript { exchange in
                let numbers = Array(repeating: "0.123456789012", count: count).joined(separator: ",")
                let body =
                    #"{"object": "list", "model": "m", "data": [{"object": "embedding", "index": 0, "embedding": ["#
                    + numbers + #"]}], "usage": {"prompt_tokens": 1, "total_tokens": 1}}"#
                try exchange.send(200, headers: [("content-type", "application/json")], Array(body.utf8))
            })
        let manifest = Manifests.gateway([upstream.baseURL], timeout: "50s", requestTimeout: "60s")
        try HostProcess.serving(manifest, environment: Manifests.environment) { host in
            let response = try host.client.post(
                "/v1/embeddings", ["model": "default", "input": "hello"], within: .seconds(60))
            #expect(response.status == 200, "\(response.text.prefix(500))")
            let vector = try response.json()["data"]?[0]?["embedding"]?.array ?? []
            #expect(vector.count == count)
            #expect(vector.last?.double.map { abs($0 - 0.123456789012) < 1e-6 } == true)
        }
    }

    @Test("of a provider that waits where it is told to arrives whole, streamed or not")
    func backPressure() throws {
        let manifest = Manifests.plugins(
            ["llm/burst"], rest: "models: { default: { route: [\"burst/any\"], timeout: 25s, retries: 0 } }")
        try HostProcess.serving(manifest, plugins: FixturePath(["llm/burst"])) { host in
            let whole = try host.client.complete("go")
            #expect(try Asking.content(whole)?.utf8.count == 1_000_000)
            let events = try host.client.streamCompletion("go").events()
            #expect(try Asking.content(events).utf8.count == 1_000_000)
            #expect(events.last?.data == "[DONE]")
            // A client that leaves in the middle lets the provider end, so that nothing is left of the call.
            let stream = try host.client.streamCompletion("go")
            _ = try stream.event()
            stream.leave()
            _ = try host.eventually("the provider to have ended") {
                let live = try host.client.get("/api/v1/plugins/burst").json()["live_calls"]
                return live?["incoming"]?.int == 0 && live?["abandoned"]?.int == 0 ? true : nil
            }
        }
    }
}
