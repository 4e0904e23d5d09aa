import JackfieldJSON
import TestSupport

/// Requests whose use of tokens a test knows beforehand, and what the host says of it afterwards.
enum Accounted {
    /// Prices at which 11 tokens of prompt and 7 of completion, as upstreams of the tests report, cost 0.025 dollars.
    static let prices = "prices: { upstream-model: { input: 1000, output: 2000 } }"

    /// A completion that reserves 16 tokens: 6 of the prompt, 10 of the answer.
    static func request(_ text: String = "hello", maxTokens: Int = 10, stream: Bool = false, user: String? = nil)
        -> JSON
    {
        var request = Asking.completion(text, stream: stream).object ?? JSONObject()
        request["max_tokens"] = JSON(maxTokens)
        if let user { request["user"] = .string(user) }
        return .object(request)
    }

    /// An upstream that reports this use, whatever it is asked; nil: it does not count.
    static func counting(prompt: Int, completion: Int) -> UpstreamScript {
        reporting(["prompt_tokens": JSON(prompt), "completion_tokens": JSON(completion)])
    }

    static let uncounted = reporting(nil)

    private static func reporting(_ usage: JSON?) -> UpstreamScript {
        UpstreamScript { exchange in
            var whole =
                OpenAIDialect.completion(["role": "assistant", "content": "Twelve chars"]).object ?? JSONObject()
            guard exchange.request.wantsStream else {
                whole["usage"] = usage
                return try exchange.send(200, JSON.object(whole))
            }
            try exchange.begin()
            try exchange.event(OpenAIDialect.chunk(["content": "Twelve "]))
            try exchange.event(OpenAIDialect.chunk(["content": "chars"]))
            try exchange.event(OpenAIDialect.chunk([:], finish: "stop"))
            if let usage {
                var chunk = OpenAIDialect.usageChunk(completion: 0).object ?? JSONObject()
                chunk["usage"] = usage
                try exchange.event(.object(chunk))
            }
            try exchange.write("data: [DONE]\n\n")
            try exchange.end()
        }
    }

    static func bearer(_ key: String) -> [(String, String)] { [("authorization", "Bearer \(key)")] }
}

extension HostProcess {
    /// The line of a subject in /api/v1/usage of today; nil if there is none.
    func usage(of subject: String, by dimension: String) throws -> JSON? {
        let report = try client.get("/api/v1/usage?by=\(dimension)").json()
        return report["lines"]?.array?.first { $0[dimension]?.string == subject }
    }

    /// The same, once it counts so many requests: a client may see the end of a stream before it is charged.
    func usage(of subject: String, by dimension: String, requests: Int) throws -> JSON {
        try eventually("\(requests) requests of the \(dimension) \(subject)") {
            let line = try usage(of: subject, by: dimension)
            return line?["requests"]?.int == requests ? line : Optional<JSON>.none
        }
    }

    func complete(_ request: JSON, headers: [(String, String)] = []) throws -> HTTPTestResponse {
        try client.post("/v1/chat/completions", request, headers: headers)
    }
}
