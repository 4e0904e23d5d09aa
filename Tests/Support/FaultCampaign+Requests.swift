import JackfieldJSON

/// One request of a campaign, as its client and the upstream see it. All throw a sentence where a request ended in no way in
/// which it may.
extension FaultCampaign {
    static func answer(to exchange: UpstreamExchange) -> String {
        let asked = exchange.request.json?["messages"]?.array?.last?["content"]?.string ?? ""
        return expected(for: asked)
    }

    /// Another text for every request, so that no answer can be taken for another's.
    private static func expected(for text: String) -> String {
        (1...20).map { "\(text) part \($0)" }.joined(separator: ", ")
    }

    private static func request(_ text: String, streamed: Bool) -> JSON {
        [
            "model": "default", "messages": [["role": "user", "content": .string(text)]], "stream": .bool(streamed),
        ]
    }

    static func whole(_ text: String, _ client: HTTPTestClient) throws -> FaultOutcome {
        let response = try client.post("/v1/chat/completions", request(text, streamed: false))
        guard response.status == 200 else { return try refusal(response) }
        let content = try response.json()["choices"]?[0]?["message"]?["content"]?.string
        guard content == expected(for: text) else { throw TestFailure("another answer: \(response.text)") }
        return .complete
    }

    static func stream(_ text: String, _ client: HTTPTestClient) throws -> FaultOutcome {
        let stream = try client.stream("/v1/chat/completions", request(text, streamed: true))
        defer { stream.leave() }
        guard stream.status == 200 else {
            return try refusal(
                HTTPTestResponse(status: stream.status, headers: stream.headers, body: stream.rest()))
        }
        var events = try stream.events().filter { $0.data != nil }
        let isDone = events.last?.data == "[DONE]"
        if isDone { events.removeLast() }
        let error = try events.last?.json()["error"]
        if error != nil { events.removeLast() }
        let content = try events.map { try $0.json()["choices"]?[0]?["delta"]?["content"]?.string ?? "" }.joined()
        if let error {
            try check(error)
            guard expected(for: text).hasPrefix(content) else { throw TestFailure("another answer: \(content)") }
            return .brokenOff
        }
        guard isDone else { throw TestFailure("it ended without [DONE] and without an error, after \"\(content)\"") }
        guard content == expected(for: text) else { throw TestFailure("another answer: \(content)") }
        return .complete
    }

    private static func refusal(_ response: HTTPTestResponse) throws -> FaultOutcome {
        guard (500...504).contains(response.status), let error = try response.json()["error"] else {
            throw TestFailure("status \(response.status): \(response.text)")
        }
        try check(error)
        return .refused
    }

    private static func check(_ error: JSON) throws {
        guard error["message"]?.string?.isEmpty == false, error["type"]?.string?.isEmpty == false else {
            throw TestFailure("an error that says nothing: \(error.text)")
        }
    }
}
