import JackfieldJSON
import TestSupport

/// The requests that many tests make, and what is read from the answers.
extension HTTPTestClient {
    func complete(_ text: String, model: String = "default", headers: [(String, String)] = []) throws
        -> HTTPTestResponse
    {
        try post("/v1/chat/completions", Asking.completion(text, model: model), headers: headers)
    }

    func streamCompletion(_ text: String, model: String = "default", usage: Bool = false) throws -> HTTPTestStream {
        try stream("/v1/chat/completions", Asking.completion(text, model: model, stream: true, usage: usage))
    }

    /// - Parameter limit: the deadline that the client names, in milliseconds. A short one is given this way and not as
    ///   the host's `request_timeout`, which would hold for every other request of the test, on a slow machine as well.
    func invoke(_ agent: String, _ input: String, limit: Int? = nil, within: Duration = .generous) throws
        -> HTTPTestResponse
    {
        let headers = limit.map { [("x-jackfield-timeout-ms", "\($0)")] } ?? []
        return try post(
            "/api/v1/agents/\(agent)/invoke", ["input": .string(input)], headers: headers, within: within)
    }
}

enum Asking {
    static func completion(_ text: String, model: String = "default", stream: Bool = false, usage: Bool = false) -> JSON
    {
        var request = JSONObject([
            ("model", .string(model)), ("messages", [["role": "user", "content": .string(text)]]),
        ])
        if stream { request["stream"] = true }
        if usage { request["stream_options"] = ["include_usage": true] }
        return .object(request)
    }

    /// The text of a whole completion.
    static func content(_ response: HTTPTestResponse) throws -> String? {
        try response.json()["choices"]?[0]?["message"]?["content"]?.string
    }

    /// The text of a stream's chunks, joined.
    static func content(_ events: [ServerSentEvent]) throws -> String {
        try events.filter { $0.data != "[DONE]" }
            .map { try $0.json()["choices"]?[0]?["delta"]?["content"]?.string ?? "" }.joined()
    }
}

/// How the host sees one plugin instance, from /api/v1/plugins.
struct PluginState: CustomStringConvertible {
    let status: String
    let reason: String
    var description: String { "\(status): \(reason)" }

    init(of id: String, in host: HostProcess) throws {
        let response = try host.client.get("/api/v1/plugins")
        let entry = try response.json()["plugins"]?.array?.first { $0["id"]?.string == id }
        guard let entry else { throw TestFailure("/api/v1/plugins does not list \(id): \(response.text)") }
        status = entry["status"]?.string ?? ""
        reason = entry["error"]?["message"]?.string ?? ""
    }
}
