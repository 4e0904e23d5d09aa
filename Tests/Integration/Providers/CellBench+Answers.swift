import JackfieldJSON
import TestSupport
import Testing

// Text, images and what is counted.

extension CellBench {
    func text() throws {
        provider.upstream.answer(dialect.answer(DialectAnswer("All is ", "\"well\".\n", "Žluťoučký 🐎")))
        let answer = try ask()
        #expect(message(answer)?["content"]?.string == "All is \"well\".\nŽluťoučký 🐎")
        #expect(message(answer)?["role"]?.string == "assistant")
        #expect(reason(answer) == "stop")
        let read = try request()
        #expect(!read.isStream)
        #expect(read.messages == [.init(role: "user", text: "Hello")])
        #expect(read.system.isEmpty && read.tools.isEmpty && read.images.isEmpty)
    }

    func stream() throws {
        provider.upstream.answer(dialect.answer(DialectAnswer("All is ", "\"well\".\n", "Žluťoučký 🐎")))
        let stream = try askStream()
        #expect(stream.text == "All is \"well\".\nŽluťoučký 🐎")
        #expect(stream.reasons == ["stop"])
        #expect(stream.isDone && stream.error == nil)
        #expect(try request().isStream)
    }

    func reasoning() throws {
        var answer = DialectAnswer("42.")
        answer.reasoning = "Six times seven."
        provider.upstream.answer(dialect.answer(answer))
        let whole = try ask()
        #expect(message(whole)?["content"]?.string == "42.")
        #expect(message(whole)?["reasoning_content"]?.string == "Six times seven.")
        let stream = try askStream()
        #expect(stream.text == "42.")
        #expect(stream.reasoning == "Six times seven.")
    }

    func system() throws {
        provider.upstream.answer(dialect.answer(DialectAnswer("Yes.")))
        _ = try ask([
            ["role": "system", "content": "Be brief."], ["role": "developer", "content": "Be kind."],
            Self.user("Hello"), ["role": "assistant", "content": "Hi."], Self.user("Well?"),
        ])
        let read = try request()
        #expect(read.system == "Be brief.\n\nBe kind.")
        #expect(
            read.messages == [
                .init(role: "user", text: "Hello"), .init(role: "assistant", text: "Hi."),
                .init(role: "user", text: "Well?"),
            ])
    }

    func parameters() throws {
        provider.upstream.answer(dialect.answer(DialectAnswer("Yes.")))
        _ = try ask(
            [Self.user("Hello")], ["max_tokens": 17, "temperature": JSON(0.5), "stop": ["END"], "top_p": JSON(0.25)])
        let read = try request()
        #expect(read.maxTokens == 17)
        #expect(read.temperature == 0.5)
    }

    func unknownFields() throws {
        var answer = DialectAnswer("a", "b")
        answer.hasUnknownFields = true
        answer.calls = [.init(id: "call_1", name: "weather", arguments: #"{"place":"Brno"}"#)]
        answer.stop = .toolCalls
        provider.upstream.answer(dialect.answer(answer))
        let whole = try ask([Self.user("Hello")], Self.offering(["weather"]))
        #expect(message(whole)?["content"]?.string == "ab")
        #expect(message(whole)?["tool_calls"]?.array?.count == 1)
        let stream = try askStream([Self.user("Hello")], Self.offering(["weather"]))
        #expect(stream.text == "ab")
        #expect(stream.calls.map(\.name) == ["weather"])
        #expect(stream.reasons == ["tool_calls"] && stream.error == nil)
    }

    // MARK: Images

    static let imageURL = "https://images.example/cat.png"
    private static let pixel: [UInt8] =
        [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] + (0..<40).map { UInt8($0 * 5) }

    static func look(at url: String) -> [JSON] {
        let parts: JSON = [
            ["type": "text", "text": "What is this?"], ["type": "image_url", "image_url": ["url": .string(url)]],
        ]
        return [["role": "user", "content": parts]]
    }

    func image() throws {
        provider.upstream.answer(dialect.answer(DialectAnswer("A cat.")))
        let answer = try ask(Self.look(at: "data:image/png;base64," + PlainBase64.encode(Self.pixel)))
        #expect(message(answer)?["content"]?.string == "A cat.")
        let read = try request()
        #expect(read.images == [Self.pixel])
        #expect(read.messages == [.init(role: "user", text: "What is this?")])
    }

    func imageURL() throws {
        provider.upstream.answer(dialect.answer(DialectAnswer("A cat.")))
        let answer = try ask(Self.look(at: Self.imageURL))
        #expect(message(answer)?["content"]?.string == "A cat.")
        #expect(try request().images.isEmpty)
        #expect(provider.upstream.requests.last?.json?.text.contains(Self.imageURL) == true)
    }

    func choices() throws {
        provider.upstream.answer(dialect.answer(DialectAnswer("One.")))
        let answer = try ask([Self.user("Hello")], ["n": 2])
        #expect(answer["choices"]?[0]?["index"]?.int == 0)
        #expect(provider.upstream.requests.last?.json?["n"]?.int == 2)
    }

    func embeddings() throws {
        provider.upstream.answer(dialect.answer(DialectAnswer()))
        let response = try client.post("/v1/embeddings", embeddingBody)
        guard response.status == 200 else { throw TestFailure("status \(response.status): \(response.text)") }
        let data = try response.json()["data"]?.array
        #expect(data?.map { $0["index"]?.int } == [0, 1])
        #expect(data?.map { $0["embedding"]?[1]?.double } == [3, 5])
    }

    var embeddingBody: JSON { ["model": .string(cell.model), "input": ["one", "three"]] }

    // MARK: Usage

    private func check(_ usage: JSON?) {
        #expect(usage?["prompt_tokens"]?.int == 111)
        #expect(usage?["completion_tokens"]?.int == 7)
        #expect(usage?["total_tokens"]?.int == 118)
        if provider.limits.countsCached { #expect(usage?["prompt_tokens_details"]?["cached_tokens"]?.int == 40) }
    }

    private var counted: UpstreamScript {
        var answer = DialectAnswer("All is well.")
        answer.usage = .init(prompt: 111, completion: 7, cached: provider.limits.countsCached ? 40 : 0)
        return dialect.answer(answer)
    }

    func usage() throws {
        provider.upstream.answer(counted)
        check(try ask()["usage"])
    }

    func streamedUsage() throws {
        provider.upstream.answer(counted)
        check(try askStream([Self.user("Hello")], ["stream_options": ["include_usage": true]]).usage)
        #expect(try askStream().usage == nil, "nobody asked for it")
    }

    /// Counted by the host where the upstream does not count.
    func usageAbsent() throws {
        var answer = DialectAnswer("All is well.")
        answer.usage = nil
        provider.upstream.answer(dialect.answer(answer))
        for usage in [
            try ask()["usage"],
            try askStream([Self.user("Hello")], ["stream_options": ["include_usage": true]]).usage,
        ] {
            #expect((1...100).contains(usage?["prompt_tokens"]?.int ?? 0), "\(usage?.text ?? "-")")
            #expect((1...100).contains(usage?["completion_tokens"]?.int ?? 0), "\(usage?.text ?? "-")")
        }
    }

    func stop(_ reason: DialectAnswer.Stop) throws {
        var answer = DialectAnswer("So far ")
        answer.stop = reason
        if reason == .toolCalls { answer.calls = [.init(id: "call_1", name: "weather", arguments: "{}")] }
        provider.upstream.answer(dialect.answer(answer))
        let wanted = reason.rawValue
        #expect(self.reason(try ask([Self.user("Hello")], Self.offering(["weather"]))) == wanted)
        #expect(try askStream([Self.user("Hello")], Self.offering(["weather"])).reasons == [wanted])
    }
}
