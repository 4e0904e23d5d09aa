import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary
import Testing

@testable import Bedrock

/// The provider against a host that a test plays.
struct BedrockProviderTests {
    private static let keys: JSON = [
        "access_key_id": "AKIDEXAMPLE", "secret_access_key": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
        "region": "us-east-1",
    ]
    private static let ids: [(name: String, value: String)] = [("x-amzn-requestid", "req-1")]
    private static let streamHead =
        ids + [(name: "content-type", value: "application/vnd.amazon.eventstream")]
    private static let whole =
        Array(
            #"{"output":{"message":{"role":"assistant","content":[{"text":"hi"}]}},"stopReason":"end_turn","#.utf8)
        + Array(#""usage":{"inputTokens":3,"outputTokens":2}}"#.utf8)

    private func provider(_ config: JSON = keys) throws -> BedrockProvider {
        BedrockProvider(try BedrockConfig(config)) { 1_440_938_160 }
    }

    private func ask(stream: Bool = false) -> LLM.CompletionRequest {
        var request = LLM.CompletionRequest(
            model: "amazon.nova-v1:0", messages: [LLM.Message(role: "user", text: "hello")])
        request.stream = stream
        return request
    }

    private func header(_ name: String, _ request: HTTPRequest?) -> String? {
        request?.headers.first { $0.name == name }?.value
    }

    @Test func asksConverseAndSignsTheRequest() async throws {
        let host = FakeHost { _ in .reply(200, BedrockProviderTests.ids, [BedrockProviderTests.whole]) }
        let result = try await provider().complete(ask(), host.call())
        #expect(result.id == "req-1")
        #expect(
            host.events == [
                .text("hi"), .stop("stop"), .usage(LLM.Usage(promptTokens: 3, completionTokens: 2)),
            ])
        let request = try #require(host.requests.first)
        #expect(request.method == "POST")
        #expect(request.url == "https://bedrock-runtime.us-east-1.amazonaws.com/model/amazon.nova-v1%3A0/converse")
        #expect(header("x-amz-date", request) == "20150830T123600Z")
        #expect(
            header("authorization", request)?.hasPrefix(
                "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/bedrock/aws4_request, "
                    + "SignedHeaders=accept;content-type;host;x-amz-date, Signature=") == true)
        // Everything that was needed stood in the configuration.
        #expect(host.asked.isEmpty)
    }

    @Test(arguments: [1, 50, 100_000])
    func streams(_ size: Int) async throws {
        let bytes = [Frames.start, Frames.text("he"), Frames.text("y"), Frames.stop(), Frames.metadata].flatMap { $0 }
        let pieces = stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<min($0 + size, bytes.count)]) }
        let host = FakeHost { _ in .reply(200, BedrockProviderTests.streamHead, pieces) }
        let result = try await provider().complete(ask(stream: true), host.call())
        #expect(host.requests.first?.url.hasSuffix("/converse-stream") == true)
        #expect(header("accept", host.requests.first) == "application/vnd.amazon.eventstream")
        #expect(result.id == "req-1")
        let text = host.events.reduce("") { if case .text(let more, _, _) = $1 { $0 + more } else { $0 } }
        #expect(text == "hey")
        #expect(host.events.last == .usage(LLM.Usage(promptTokens: 3, completionTokens: 2)))
        #expect(host.events.dropLast().last == .stop("stop"))
    }

    @Test func takesAWholeAnswerForAStream() async throws {
        let host = FakeHost { _ in .reply(200, [("content-type", "application/json")], [BedrockProviderTests.whole]) }
        _ = try await provider().complete(ask(stream: true), host.call())
        #expect(host.events.first == .text("hi"))
    }

    @Test func sendsAnAPIKeyAsItIs() async throws {
        let host = FakeHost { _ in .reply(200, [], [BedrockProviderTests.whole]) }
        _ = try await provider(["bearer_token": "the-api-key", "base_url": "https://gateway.example/x"])
            .complete(ask(), host.call())
        #expect(header("authorization", host.requests.first) == "Bearer the-api-key")
        #expect(header("x-amz-date", host.requests.first) == nil)
        #expect(host.requests.first?.url == "https://gateway.example/x/model/amazon.nova-v1%3A0/converse")
    }

    @Test func findsKeysAndRegionAmongTheHostsSecretsAndKeepsThemForAWhile() async throws {
        let host = FakeHost(
            secrets: [
                "AWS_ACCESS_KEY_ID": "AKIAENV", "AWS_SECRET_ACCESS_KEY": "s", "AWS_SESSION_TOKEN": "tok",
                "AWS_REGION": "eu-west-1",
            ]
        ) { _ in .reply(200, [], [BedrockProviderTests.whole]) }
        let provider = try provider(["credentials_file": "/nowhere/a", "config_file": "/nowhere/b"])
        _ = try await provider.complete(ask(), host.call())
        let asked = host.asked.count
        _ = try await provider.complete(ask(), host.call())
        #expect(host.asked.count == asked)
        #expect(host.requests.last?.url.hasPrefix("https://bedrock-runtime.eu-west-1.amazonaws.com/") == true)
        #expect(header("x-amz-security-token", host.requests.last) == "tok")
        #expect(header("authorization", host.requests.last)?.contains("Credential=AKIAENV/20150830/eu-west-1") == true)
    }

    @Test func saysWhereItLookedWhereTheHostGivesNoSecrets() async throws {
        let host = FakeHost()
        let provider = try provider(["credentials_file": "/nowhere/a", "config_file": "/nowhere/b"])
        let error = await #expect(throws: CallError.self) { try await provider.complete(ask(), host.call()) }
        #expect(error?.code == .unauthenticated)
        #expect(error?.message.contains("AWS_ACCESS_KEY_ID is not granted (grants.secrets)") == true)
        #expect(error?.message.contains("the file /nowhere/a: No such file or directory") == true)
        #expect(host.requests.isEmpty)
    }

    @Test func saysThatTheRegionIsMissing() async throws {
        let host = FakeHost()
        let provider = try provider(["bearer_token": "k", "credentials_file": "/nowhere", "config_file": "/nowhere"])
        let error = await #expect(throws: CallError.self) { try await provider.complete(ask(), host.call()) }
        #expect(error?.code == .invalidArgument)
        #expect(error?.message.hasPrefix("no AWS region is known") == true)
    }

    private static let expired = Array(
        #"{"message":"The security token included in the request is expired"}"#.utf8)

    @Test func asksTheContainerAgainWhenItsCredentialsWereRefused() async throws {
        let host = FakeHost { request in
            if request.url == "http://169.254.170.2/v2/x" {
                let body =
                    #"{"AccessKeyId":"ASIA","SecretAccessKey":"s","Token":"t","Expiration":"2015-08-30T18:36:00Z"}"#
                return .reply(200, [], [Array(body.utf8)])
            }
            return .reply(403, [("x-amzn-errortype", "ExpiredTokenException")], [BedrockProviderTests.expired])
        }
        let provider = try provider([
            "container_credentials_uri": "http://169.254.170.2/v2/x", "region": "us-east-1",
            "credentials_file": "/nowhere", "config_file": "/nowhere",
        ])
        for _ in 0..<2 {
            let error = await #expect(throws: CallError.self) { try await provider.complete(ask(), host.call()) }
            #expect(error?.code == .unauthenticated)
            #expect(error?.retry == true)
            #expect(error?.message.contains("temporary AWS credentials have ended") == true)
        }
        #expect(host.requests.filter { $0.url.hasPrefix("http://169") }.count == 2)
    }

    @Test func doesNotTryAgainWithKeysThatCannotChange() async throws {
        let host = FakeHost { _ in
            .reply(403, [("x-amzn-errortype", "ExpiredTokenException")], [BedrockProviderTests.expired])
        }
        let provider = try provider()
        let error = await #expect(throws: CallError.self) { try await provider.complete(ask(), host.call()) }
        #expect(error?.retry == false)
    }

    @Test func tellsNoSecretThatTheUpstreamRepeats() async throws {
        let secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
        let host = FakeHost { _ in
            .reply(403, [("x-amzn-errortype", "SignatureDoesNotMatch")], [Array(#"{"message":"not \#(secret)"}"#.utf8)])
        }
        let provider = try provider()
        let error = await #expect(throws: CallError.self) { try await provider.complete(ask(), host.call()) }
        #expect(error?.message.contains(secret) == false)
        #expect(error?.message.contains("not «redacted»") == true)
    }

    @Test(arguments: [true, false])
    func mayBeAskedAgainOnlyIfNothingWasGiven(_ hasText: Bool) async throws {
        let reset = CallError(.unavailable, "the connection was reset", retry: true)
        let pieces = hasText ? [Frames.start, Frames.text("half")] : [Frames.start]
        let host = FakeHost { _ in .breaks(BedrockProviderTests.streamHead, pieces, reset) }
        let provider = try provider()
        let error = await #expect(throws: CallError.self) {
            try await provider.complete(ask(stream: true), host.call())
        }
        #expect(error?.code == .unavailable)
        #expect(error?.retry == !hasText)
        #expect(error?.message.contains("broke off") == true)
        #expect(error?.message.contains("the connection was reset") == true)
    }

    @Test(arguments: [true, false])
    func passesOnThatAnExceptionCameInTheMiddle(_ hasText: Bool) async throws {
        let pieces =
            (hasText ? [Frames.text("half")] : []) + [Frames.exception("throttlingException", #"{"message":"slow"}"#)]
        let host = FakeHost { _ in .reply(200, BedrockProviderTests.streamHead, pieces) }
        let provider = try provider()
        let error = await #expect(throws: CallError.self) {
            try await provider.complete(ask(stream: true), host.call())
        }
        #expect(error?.code == .rateLimited)
        #expect(error?.retry == !hasText)
        #expect(host.events == (hasText ? [.text("half")] : []))
    }

    @Test func forgivesABreakAfterTheModelHasStopped() async throws {
        let reset = CallError(.unavailable, "the connection was reset", retry: true)
        let host = FakeHost { _ in
            .breaks(BedrockProviderTests.streamHead, [Frames.text("all"), Frames.stop()], reset)
        }
        _ = try await provider().complete(ask(stream: true), host.call())
        #expect(host.events.contains(.stop("stop")))
    }

    @Test func cancelsTheExchangeWhenAStreamIsRubbish() async throws {
        let host = FakeHost { _ in
            .reply(200, BedrockProviderTests.streamHead, [Array("<html>not a stream</html>".utf8)])
        }
        let provider = try provider()
        let error = await #expect(throws: CallError.self) {
            try await provider.complete(ask(stream: true), host.call())
        }
        #expect(error?.code == .unavailable)
        #expect(error?.message.contains("wrong checksum") == true)
        #expect(host.cancelledCalls == 1)
    }

    @Test func cancelsTheExchangeWhenItIsCancelledItself() async throws {
        let host = FakeHost { _ in .held }
        let provider = try provider()
        let request = ask()
        let task = Task { try await provider.complete(request, host.call()) }
        await host.waitForHeldRequest()
        task.cancel()
        let error = await #expect(throws: CallError.self) { try await task.value }
        #expect(error?.code == .cancelled)
        #expect(host.cancelledCalls == 1)
    }

    @Test func fetchesCredentialsOnceForCallsThatComeTogether() async throws {
        let keys =
            #"{"AccessKeyId":"ASIA","SecretAccessKey":"s","Token":"t","Expiration":"2015-08-30T18:36:00Z"}"#
        let host = FakeHost { request in
            request.method == "GET" ? .held : .reply(200, [], [BedrockProviderTests.whole])
        }
        let provider = try provider([
            "container_credentials_uri": "http://169.254.170.2/v2/x", "region": "us-east-1",
            "credentials_file": "/nowhere", "config_file": "/nowhere",
        ])
        let request = ask()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { _ = try await provider.complete(request, host.call()) }
            await host.waitForHeldRequest()
            for _ in 0..<5 { group.addTask { _ = try await provider.complete(request, host.call()) } }
            try #require(await provider.cache.waits(for: 5))
            host.release(.reply(200, [], [Array(keys.utf8)]))
            try await group.waitForAll()
        }
        #expect(host.requests.filter { $0.method == "GET" }.count == 1)
        #expect(host.requests.filter { $0.method == "POST" }.count == 6)
    }

    @Test func boundsAWholeAnswer() async throws {
        let host = FakeHost { _ in .reply(200, [], [[UInt8](repeating: 0x20, count: 5000)]) }
        let provider = try provider([
            "bearer_token": "k", "region": "us-east-1", "max_answer_bytes": 1024,
        ])
        let error = await #expect(throws: CallError.self) { try await provider.complete(ask(), host.call()) }
        #expect(error?.code == .exhausted)
    }

    @Test func listsModelsWhereTheyAreListed() async throws {
        let body = #"{"modelSummaries":[{"modelId":"a","providerName":"P","outputModalities":["TEXT"]}]}"#
        let host = FakeHost { _ in .reply(200, [], [Array(body.utf8)]) }
        #expect(try await provider().models(host.call()) == [LLM.Model(id: "a", owner: "P")])
        #expect(host.requests.first?.url == "https://bedrock.us-east-1.amazonaws.com/foundation-models")
        #expect(host.requests.first?.method == "GET")
    }

    @Test func embedsOneTextAtATimeWithTitan() async throws {
        let host = FakeHost { request in
            let text = (try? JSON(parsing: request.body ?? []))?["inputText"]?.string ?? ""
            return .reply(200, [], [Array(#"{"embedding":[\#(text.utf8.count)],"inputTextTokenCount":2}"#.utf8)])
        }
        var request = LLM.EmbeddingRequest(model: "amazon.titan-embed-text-v2:0", input: ["a", "bb", "ccc"])
        request.dimensions = 256
        request.extra = #"{"normalize":true,"encoding_format":"float"}"#
        let result = try await provider().embed(request, host.call())
        #expect(result.vectors == [[1], [2], [3]])
        #expect(result.promptTokens == 6)
        #expect(host.requests.count == 3)
        #expect(host.requests[0].url.hasSuffix("/model/amazon.titan-embed-text-v2%3A0/invoke"))
        #expect(
            String(decoding: host.requests[0].body ?? [], as: UTF8.self)
                == #"{"inputText":"a","dimensions":256,"normalize":true}"#)
    }

    @Test func embedsManyTextsAtOnceWithCohere() async throws {
        let host = FakeHost { request in
            let texts = (try? JSON(parsing: request.body ?? []))?["texts"]?.array ?? []
            let vectors = texts.map { "[\($0.string ?? "")]" }.joined(separator: ",")
            return .reply(
                200, [("x-amzn-bedrock-input-token-count", "7")], [Array(#"{"embeddings":[\#(vectors)]}"#.utf8)])
        }
        let request = LLM.EmbeddingRequest(model: "eu.cohere.embed-v4:0", input: (0..<100).map(String.init))
        let result = try await provider().embed(request, host.call())
        #expect(result.vectors == (0..<100).map { [Float($0)] })
        #expect(result.promptTokens == 14)
        #expect(host.requests.count == 2)
        #expect(
            String(decoding: host.requests[1].body ?? [], as: UTF8.self)
                == #"{"texts":["96","97","98","99"],"input_type":"search_document"}"#)
    }

    @Test func saysWhichModelsItCannotEmbedWith() async throws {
        let provider = try provider()
        let host = FakeHost()
        for request in [
            LLM.EmbeddingRequest(model: "anthropic.claude", input: ["x"]),
            LLM.EmbeddingRequest(model: "amazon.titan-embed-text-v1", input: ["x"], dimensions: 5),
        ] {
            let error = await #expect(throws: CallError.self) { try await provider.embed(request, host.call()) }
            #expect(error?.code == .unsupported)
        }
        #expect(host.requests.isEmpty)
    }
}
