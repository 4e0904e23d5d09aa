import JackfieldJSON
import JackfieldTesting
import JackfieldVocabulary
import Testing

@testable import @TYPE@Plugin

@Suite("@ID@")
struct @TYPE@Tests {
    private static let stream = [
        #"data: {"id":"c1","model":"small","choices":[{"index":0,"delta":{"content":"Good "}}]}"# + "\n\ndata: ",
        #"{"id":"c1","model":"small","choices":[{"index":0,"delta":{"content":"day."},"finish_reason":"stop"}]}"#
            + "\n\n",
        #"data: {"choices":[],"usage":{"prompt_tokens":9,"completion_tokens":2,"total_tokens":11}}"#
            + "\n\ndata: [DONE]\n\n",
    ]

    private func host(
        _ reply: NetworkReply, config: JSON = [:], reader: TestHost.Reader = .eager
    ) throws -> TestHost {
        try TestHost(
            @TYPE@.definition, config: config, services: TestServices(network: { _ in reply }), reader: reader)
    }

    private let request = LLM.CompletionRequest(
        model: "small", messages: [LLM.Message(role: "user", text: "Hello")])

    @Test("passes the stream on", arguments: [TestHost.Reader.eager, .slow])
    func completion(reader: TestHost.Reader) async throws {
        let host = try host(.answer(Self.stream), reader: reader)
        let call = host.complete(request)
        let result = try await call.result()
        #expect(result == LLM.CompletionResult(id: "c1", model: "small"))
        #expect(
            call.events == [
                .text("Good "), .text("day."), .stop("stop"),
                .usage(LLM.Usage(promptTokens: 9, completionTokens: 2, totalTokens: 11)),
            ])
        #expect(host.record.requests.map(\.url) == ["http://127.0.0.1:8000/v1/chat/completions"])
        let body = try JSON(parsing: host.record.requests[0].body ?? [])
        #expect(body["messages"] == [["role": "user", "content": "Hello"]])
        #expect(body["stream"] == true)
        #expect(!host.record.requests[0].headers.contains { $0.name == "authorization" })
    }

    @Test("names the secret, and does not have it")
    func key() async throws {
        let host = try host(
            .answer([#"{"data":[]}"#]),
            config: ["api_key_secret": "MY_KEY", "base_url": "https://llm.example.org/v1/"])
        #expect(try await host.models().result().models.isEmpty)
        let sent = try #require(host.record.requests.first)
        #expect(sent.url == "https://llm.example.org/v1/models")
        #expect(sent.headers.contains { $0.name == "authorization" && $0.value == "Bearer ${secret:MY_KEY}" })
    }

    @Test("lists the models")
    func models() async throws {
        let host = try host(.answer([#"{"data":[{"id":"small","owned_by":"me","created":17}]}"#]))
        #expect(try await host.models().result().models == [LLM.Model(id: "small", owner: "me", created: 17)])
    }

    @Test("tells what the server says, whether to come back, and when")
    func refusal() async throws {
        let call = try host(
            .answer([#"{"error":{"message":"slow down"}}"#], status: 429, headers: [("retry-after", "7")])
        )
        .complete(request)
        let error = await #expect(throws: CallError.self) { try await call.result() }
        #expect(
            error
                == CallError(.rateLimited, "the server answered 429: slow down", retry: true, retryAfter: 7_000_000_000)
        )
    }

    @Test("counts the tokens where the server does not")
    func estimate() async throws {
        let call = try host(.answer([Self.stream[0] + Self.stream[1], "data: [DONE]\n\n"])).complete(request)
        _ = try await call.result()
        guard case .usage(let usage)? = call.events.last else {
            Issue.record("no usage")
            return
        }
        #expect(usage.isEstimated)
        #expect(usage.completionTokens == 3)
    }

    @Test("does not take a stream that stopped in the middle for an answer")
    func brokenStream() async throws {
        let call = try host(.answer([Self.stream[0] + "null\n\n"])).complete(request)
        let error = await #expect(throws: CallError.self) { try await call.result() }
        #expect(error?.code == .unavailable)
        #expect(error?.retry == false, "its beginning was given out")
    }

    @Test("leaves the server when nobody wants the answer")
    func cancel() async throws {
        let host = try host(.endless(Array(Self.stream.prefix(2))))
        let call = host.complete(request)
        #expect(!call.isFinished)
        call.cancel()
        let error = await #expect(throws: CallError.self) { try await call.result() }
        #expect(error?.code == .cancelled)
        #expect(host.record.cancelled == 1)
    }
}
