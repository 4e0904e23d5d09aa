import Glibc
import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary

/// A provider for a server that speaks OpenAI's chat completions.
package struct @TYPE@: LLMProvider {
    package static let definition = PluginDefinition.llm(
        id: "@ID@", version: "0.1.0", services: [.required(.http), .optional(.log)]
    ) { setup in try @TYPE@(setup.config) }

    /// Bytes of an answer that is read whole.
    private static let limit = 4 << 20

    private let base: BaseURL
    private let headers: [(name: String, value: String)]

    /// - Throws: `invalidArgument` with the key that is wrong.
    init(_ config: JSON) throws(CallError) {
        let reader = ConfigReader(config: config)
        let example = "http://127.0.0.1:8000/v1"
        base = try BaseURL(reader.string("base_url") ?? example, example: example)
        let secret = try reader.header("api_key_secret")
        // The host puts the secret into its place; this plugin never has it.
        headers = secret.map { [(name: "authorization", value: "Bearer ${secret:\($0)}")] } ?? []
    }

    package func models(_ call: Call<NoEvent>) async throws -> [LLM.Model] {
        try await UpstreamError.told(hiding: []) {
            let response = try await send(HTTPRequest(method: "GET", url: base.url("/models"), headers: headers), call)
            let body = try await response.body(limit: Self.limit)
            guard let list = try? JSON(parsing: body)["data"]?.array else {
                throw UpstreamError.rubbish("the server's list of models is not one")
            }
            return list.compactMap { entry in
                guard let id = entry["id"]?.string else { return nil }
                return LLM.Model(
                    id: id, owner: entry["owned_by"]?.string ?? "", created: Int64(entry["created"]?.int ?? 0))
            }
        }
    }

    package func complete(
        _ request: LLM.CompletionRequest, _ call: Call<LLM.Event>
    ) async throws -> LLM.CompletionResult {
        try await UpstreamError.told(hiding: []) {
            let response = try await send(
                HTTPRequest(
                    method: "POST", url: base.url("/chat/completions"),
                    headers: headers + [(name: "content-type", value: "application/json")],
                    body: try ChatRequest.body(request)), call)
            var stream = ChatStream()
            // Events go out as the server sends them. `relay` waits where the reader is slow, and forbids a second
            // attempt once something has been given out.
            try await call.relay(response, through: &stream, promptBytes: request.textBytes)
            return stream.result
        }
    }

    /// - Throws: what the server says in place of an answer.
    private func send(_ request: HTTPRequest, _ call: Call<some CallEvent>) async throws -> HTTPResponse {
        let response = try await call.send(request)
        let status = response.head.status
        guard !(200..<300).contains(status) else { return response }
        call.log(.warning, "the server refused a request", [(name: "status", value: String(status))])
        var error = ServerError.meaning(of: status)
        error.detail = ErrorEnvelope(body: await response.errorBody()).message
        if error.retry { error.retryAfter = RetryAfter.nanoseconds(response.head, now: Int64(time(nil))) }
        throw error
    }
}
