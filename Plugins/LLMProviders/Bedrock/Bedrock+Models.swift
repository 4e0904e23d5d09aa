import JackfieldJSON
package import JackfieldPlugin
package import JackfieldVocabulary

extension BedrockProvider {
    /// The foundation models of the region that write text or embed it (Bedrock API Reference, "ListFoundationModels").
    package func models(_ call: Call<NoEvent>) async throws -> [LLM.Model] {
        try await answering(call) { access in
            let url = try config.endpoint.models(region: access.region)
            let get = HTTPRequest(method: "GET", url: url, headers: [("accept", "application/json")])
            let response = try await accepted(call.send(try authorized(get, access)))
            return try ModelListDecoder.decode(try await response.body(limit: config.maxAnswerBytes))
        }
    }
}
