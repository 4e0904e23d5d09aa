import Glibc
package import JackfieldPlugin
package import JackfieldVocabulary

/// A provider for Claude models over Anthropic's Messages API, and for servers that speak the same dialect.
package struct AnthropicProvider: LLMProvider {
    package static let definition = PluginDefinition.llm(
        id: "llm/anthropic", version: "0.1.0", services: [.required(.http), .optional(.log)]
    ) { setup in AnthropicProvider(try AnthropicConfig(setup.config)) }

    /// Pages of the list of models that are asked for: a server that never ends its list must not keep the call.
    private static let pageBound = 16

    private let config: AnthropicConfig
    private let encoder: MessagesRequestEncoder
    private let messagesURL: String
    /// Made once: the same in every request.
    private let headers: [(name: String, value: String)]

    package init(_ config: AnthropicConfig) {
        self.config = config
        encoder = MessagesRequestEncoder(config)
        messagesURL = config.baseURL.url("/v1/messages")
        headers = config.requestHeaders
    }

    package func models(_ call: Call<NoEvent>) async throws -> [LLM.Model] {
        try await UpstreamError.told(hiding: config.secrets) {
            var models: [LLM.Model] = []
            var after: String?
            for _ in 0..<AnthropicProvider.pageBound {
                let page = try await page(after: after, call)
                models += page.models
                guard let next = page.next, next != after else { break }
                after = next
            }
            return models
        }
    }

    private func page(after: String?, _ call: Call<NoEvent>) async throws -> ModelPage {
        // A query of the base's own stays in front.
        let url = config.baseURL.url("/v1/models")
        let query = (url.contains("?") ? "&" : "?") + "limit=1000" + (after.map { "&after_id=" + $0.inQuery } ?? "")
        let get = HTTPRequest(
            method: "GET", url: url + query,
            headers: headers + [config.betaHeader(), ("accept", "application/json")].compactMap { $0 })
        return try ModelPage(await accepted(call.send(get)).body(limit: config.maxAnswerBytes))
    }

    package func complete(
        _ request: LLM.CompletionRequest, _ call: Call<LLM.Event>
    ) async throws -> LLM.CompletionResult {
        try await UpstreamError.told(hiding: config.secrets) {
            let encoded = try encoder.encode(request)
            let accept = request.stream ? "text/event-stream" : "application/json"
            let post = HTTPRequest(
                method: "POST", url: messagesURL,
                headers: headers
                    + [
                        config.betaHeader(adding: encoded.betas), ("accept", accept),
                        ("content-type", "application/json"),
                    ].compactMap { $0 },
                body: encoded.body)
            let response = try await accepted(call.send(post))
            let isStream = response.head.isStream(of: "text/event-stream", asked: request.stream)
            if isStream != request.stream {
                call.log(.debug, "the upstream decided itself whether to stream", [("streamed", "\(isStream)")])
            }
            if isStream {
                var decoder = MessageStreamDecoder(limit: config.maxAnswerBytes)
                try await call.relay(response, through: &decoder, promptBytes: request.textBytes)
                return decoder.result
            }
            let body = try await response.body(limit: config.maxAnswerBytes)
            let (events, result) = try MessageResponseDecoder.decode(body, promptBytes: request.textBytes)
            for event in events { try await call.emit(event) }
            return result
        }
    }

    /// The response, if its status says that it is one.
    private func accepted(_ response: HTTPResponse) async throws -> HTTPResponse {
        if (200..<300).contains(response.head.status) { return response }
        throw UpstreamError(head: response.head, body: await response.errorBody(), now: Int64(time(nil)))
    }
}

extension String {
    /// The text as the value of a query: everything but the unreserved characters of RFC 3986, section 2.3, is escaped.
    var inQuery: String {
        var text = ""
        for byte in utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5a, 0x61...0x7a, 0x2d, 0x2e, 0x5f, 0x7e:
                text.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                text += byte < 16 ? "%0" + digits : "%" + digits
            }
        }
        return text
    }
}
