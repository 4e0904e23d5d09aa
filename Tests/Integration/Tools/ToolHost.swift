import JackfieldJSON
import TestSupport

/// Manifests and requests for tests of tools.
enum Tools {
    static let fixtures = ["tool/basics", "agent/uses-tools"]

    /// The tool plugin `basics`, and the agent `asker`, which may call what `grants` says and ask the model "default" at an
    /// OpenAI-like upstream.
    static func manifest(
        isolation: String = "process", grants: String = "[basics]", loop: String = "", upstream: String? = nil,
        plugins: String = "", rest: String = ""
    ) -> String {
        let provider = upstream.map {
            """
              up: { use: llm/openai, config: { base_url: "\($0)" }, grants: { http: ["\($0)"] }, upstream: { breaker: { enabled: false } } }
            """
        }
        return """
            jackfield: 1
            profile: testing
            server: { request_timeout: 60s }
            logging: { level: info, format: json }
            plugins:
              basics: { use: tool/basics, isolation: \(isolation) }
            \(provider ?? "")
            \(plugins)
              asker: { use: agent/uses-tools, grants: { tools: \(grants)\(upstream == nil ? "" : ", models: [default]") }\(loop.isEmpty ? "" : ", tool_loop: { \(loop) }") }
            \(upstream == nil ? "" : "models: { default: { route: [\"up/upstream-model\"], retries: 0 } }")
            \(rest)
            """
    }

    /// A model that calls tools as long as it has them answered, as `turn` says: its number, from 0, and what the tools
    /// of the turn before said.
    static func model(_ turn: @escaping @Sendable (Int, [String]) -> Turn) -> UpstreamScript {
        UpstreamScript { exchange in
            let messages = exchange.request.json?["messages"]?.array ?? []
            let number = messages.count { $0["role"]?.string == "assistant" }
            let last = messages.lastIndex { $0["role"]?.string == "assistant" } ?? 0
            let said = messages[last...].filter { $0["role"]?.string == "tool" }.map { $0["content"]?.string ?? "" }
            try turn(number, said).send(exchange)
        }
    }

    enum Turn: Sendable {
        case text(String)
        case calls([(name: String, arguments: String)], text: String = "")
        case hang

        func send(_ exchange: UpstreamExchange) throws {
            switch self {
            case .hang: try exchange.waitForClientToLeave(within: .seconds(600))
            case .text(let text):
                try exchange.send(200, OpenAIDialect.completion(["role": "assistant", "content": .string(text)]))
            case .calls(let calls, let text):
                let json = calls.enumerated().map { index, call -> JSON in
                    [
                        "id": .string("call_\(index)"), "type": "function",
                        "function": ["name": .string(call.name), "arguments": .string(call.arguments)],
                    ]
                }
                let message: JSON = [
                    "role": "assistant", "content": text.isEmpty ? nil : .string(text), "tool_calls": .array(json),
                ]
                try exchange.send(200, OpenAIDialect.completion(message, finish: "tool_calls"))
            }
        }
    }
}

extension HTTPTestClient {
    /// Call a tool through the API.
    func tool(_ name: String, _ arguments: String = "{}", headers: [(String, String)] = []) throws -> HTTPTestResponse {
        try post("/api/v1/tools/\(name)", text: arguments, headers: headers)
    }

    /// What the agent `asker` answers, and the titles of its findings.
    func ask(_ input: String) throws -> (answer: String, findings: [String]) {
        let response = try invoke("asker", input)
        guard response.status == 200 else { throw TestFailure("status \(response.status): \(response.text)") }
        let json = try response.json()
        return (
            json["answer"]?.string ?? "", json["findings"]?.array?.compactMap { $0["title"]?.string } ?? []
        )
    }
}
