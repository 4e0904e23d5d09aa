import JackfieldJSON
import TestSupport
import Testing

/// What the cells ask with, and how they read what comes back. The upstream's answer is set first, then one request is
/// made of the cell's own model.
struct CellBench {
    let cell: ProviderCell
    let provider: ProviderUnderTest

    var dialect: any ProviderDialect { provider.dialect }
    var client: HTTPTestClient { provider.host.client }

    static func user(_ text: String) -> JSON { ["role": "user", "content": .string(text)] }

    func body(_ messages: [JSON] = [user("Hello")], _ more: JSON = [:], stream: Bool = false) -> JSON {
        var body = JSONObject([("model", .string(cell.model)), ("messages", .array(messages))])
        if stream { body["stream"] = true }
        for member in more.object?.members ?? [] { body[member.key] = member.value }
        return .object(body)
    }

    /// Ask for a whole answer, which must be one.
    func ask(_ messages: [JSON] = [user("Hello")], _ more: JSON = [:]) throws -> JSON {
        let response = try client.post("/v1/chat/completions", body(messages, more))
        guard response.status == 200 else { throw TestFailure("status \(response.status): \(response.text)") }
        return try response.json()
    }

    func message(_ answer: JSON) -> JSON? { answer["choices"]?[0]?["message"] }
    func reason(_ answer: JSON) -> String? { answer["choices"]?[0]?["finish_reason"]?.string }

    /// Ask for a stream, and join what it says.
    func askStream(_ messages: [JSON] = [user("Hello")], _ more: JSON = [:]) throws -> JoinedStream {
        let stream = try client.stream("/v1/chat/completions", body(messages, more, stream: true))
        guard stream.status == 200 else {
            throw TestFailure("status \(stream.status): \(String(decoding: try stream.rest(), as: UTF8.self))")
        }
        return try JoinedStream(stream.events())
    }

    /// The last request that the upstream got for this cell's model, as its dialect understands it.
    func request() throws -> DialectRequest {
        let requests = provider.upstream.requests
        guard let last = requests.last else { throw TestFailure("the upstream was never asked") }
        let read = try dialect.read(last)
        #expect(read.model == cell.model)
        return read
    }

    /// An error in OpenAI's envelope, with nothing in it that is not for the client.
    func expect(_ wanted: ClientError, _ response: HTTPTestResponse) throws {
        #expect(response.status == wanted.status, "\(response.text)")
        let error = try #require(try response.json()["error"], "\(response.text)")
        #expect(error["message"]?.string?.isEmpty == false)
        #expect(error["type"]?.string?.isEmpty == false)
        #expect(error["code"]?.string == wanted.code, "\(response.text)")
    }

    /// A cell that the dialect has no words for: told to be so, and the upstream is not asked.
    func refused() throws {
        let before = provider.upstream.requests.count
        let response =
            switch cell {
            case .imageURL: try client.post("/v1/chat/completions", body(Self.look(at: Self.imageURL)))
            case .choices: try client.post("/v1/chat/completions", body([Self.user("Hello")], ["n": 2]))
            case .anyTool, .namedTool: try client.post("/v1/chat/completions", body([Self.user("Hello")], choiceOfTool))
            case .jsonObject: try client.post("/v1/chat/completions", body([Self.user("Hello")], format))
            case .embeddings: try client.post("/v1/embeddings", embeddingBody)
            default: throw TestFailure("no request was written for what \(dialect.plugin) refuses: \(cell)")
            }
        try expect(ClientError(501, "upstream_unsupported"), response)
        #expect(provider.upstream.requests.count == before)
        try provider.host.logLine("why \(cell) is refused") { line in
            line["model"]?.string == cell.model && line["code"]?.string == "unsupported"
                && line["reason"]?.string?.isEmpty == false
        }
    }
}

/// A stream of /v1, put together as a client does it.
struct JoinedStream {
    var text = ""
    var reasoning = ""
    var calls: [DialectAnswer.Call] = []
    var reasons: [String] = []
    var usage: JSON?
    var error: JSON?
    var isDone = false

    init(_ events: [ServerSentEvent]) throws {
        for event in events {
            if event.data == "[DONE]" {
                isDone = true
                continue
            }
            let chunk = try event.json()
            if let told = chunk["error"] { error = told }
            if let counted = chunk["usage"], !counted.isNull { usage = counted }
            guard let choice = chunk["choices"]?[0] else { continue }
            if let reason = choice["finish_reason"]?.string { reasons.append(reason) }
            text += choice["delta"]?["content"]?.string ?? ""
            reasoning += choice["delta"]?["reasoning_content"]?.string ?? ""
            for call in choice["delta"]?["tool_calls"]?.array ?? [] {
                let index = call["index"]?.int ?? 0
                while calls.count <= index { calls.append(.init(id: "", name: "", arguments: "")) }
                calls[index].id += call["id"]?.string ?? ""
                calls[index].name += call["function"]?["name"]?.string ?? ""
                calls[index].arguments += call["function"]?["arguments"]?.string ?? ""
            }
        }
    }
}
