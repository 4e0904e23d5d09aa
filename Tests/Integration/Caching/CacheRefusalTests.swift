import JackfieldJSON
import TestSupport
import Testing

@Suite("What is never kept")
struct CacheRefusalTests {
    /// The first answer is this one, each later one is "well".
    private func firstThenWell(
        _ script: UpstreamScript, isStreamed: Bool, _ first: (HTTPTestStream) throws -> Void = { _ in }
    ) throws {
        try Cached.serving(RetryTests.inTurn([script, .completion("well")])) { host, upstream throws in
            let stream = try host.client.stream(
                "/v1/chat/completions", Asking.completion("hello", stream: isStreamed))
            try first(stream)
            _ = try? stream.rest()
            // The upstream rests for the millisecond that it asked for, which may not be over yet.
            var again = try host.client.complete("hello")
            for _ in 0..<2_000 where again.status != 200 { again = try host.client.complete("hello") }
            #expect(try Cached.outcome(again) == "miss: well", "\(again.status) \(again.text)")
            #expect(try Cached.outcome(host.client.complete("hello")) == "hit: well")
            #expect(upstream.requests.count == 2)
        }
    }

    @Test("is an error", arguments: [400, 401, 429, 500, 503])
    func errors(status: Int) throws {
        try firstThenWell(.error(status, "no", headers: [("retry-after-ms", "1")]), isStreamed: false) {
            stream throws in
            #expect(stream.status >= 400)
        }
    }

    @Test("is an answer that the upstream cut off")
    func cutOff() throws {
        try firstThenWell(.cut(after: ["one ", "two "]), isStreamed: true)
    }

    @Test("is an answer whose client left in the middle of it")
    func clientLeft() throws {
        let script = UpstreamScript { exchange in
            try exchange.begin()
            try exchange.event(OpenAIDialect.chunk(["content": "half "]))
            try exchange.waitForClientToLeave()
        }
        try Cached.serving(RetryTests.inTurn([script, .completion("well")])) { host, _ throws in
            let stream = try host.client.streamCompletion("hello")
            #expect(try stream.event() != nil)
            stream.leave()
            #expect(try Cached.outcome(host.client.complete("hello")) == "miss: well")
        }
    }

    @Test("is an answer that a content filter ended", arguments: [false, true])
    func filtered(isStreamed: Bool) throws {
        let script = UpstreamScript { exchange in
            if exchange.request.wantsStream {
                try UpstreamScript.stream(["I would ", "say"], finish: "content_filter").play(exchange)
            } else {
                let message: JSON = ["role": "assistant", "content": "I would say"]
                try exchange.send(200, OpenAIDialect.completion(message, finish: "content_filter"))
            }
        }
        try firstThenWell(script, isStreamed: isStreamed)
    }

    @Test("is an answer longer than max_entry")
    func tooLong() throws {
        try Cached.serving(
            .completion(String(repeating: "x", count: 2000)), rest: "cache: { max_entry: 1KiB }"
        ) { host, upstream throws in
            for _ in 0..<2 {
                #expect(try host.client.complete("hello").headers["x-jackfield-cache"] == "miss")
            }
            #expect(upstream.requests.count == 2)
        }
    }

    @Test("is what stands in for a language model")
    func notAModel() throws {
        let manifest = """
            jackfield: 1
            profile: testing
            logging: { format: json, level: info }
            plugins: { offline: { use: llm/offline } }
            models: { default: { route: [offline/notes], cache: { enabled: true } } }
            """
        try HostProcess.serving(manifest) { host throws in
            for _ in 0..<2 {
                #expect(try host.client.complete("hello").headers["x-jackfield-cache"] == "miss")
            }
        }
    }
}
