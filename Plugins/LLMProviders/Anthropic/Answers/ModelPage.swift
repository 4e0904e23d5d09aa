import JackfieldJSON
import JackfieldPlugin
package import JackfieldVocabulary

/// One page of the answer to `GET /v1/models` (API reference, "List Models").
package struct ModelPage: Sendable {
    /// In the order of the upstream; entries without an id are left out, and so are models that answer no more.
    package var models: [LLM.Model]
    /// After which id the next page begins; nil at the end.
    package var next: String?

    /// - Throws: `UpstreamError`, `unavailable` if this is no list of models.
    package init(_ body: [UInt8]) throws {
        guard let json = try? JSON(parsing: body) else {
            throw UpstreamError.rubbish("the upstream's list of models is not JSON; see base_url")
        }
        guard let entries = json["data"]?.array else {
            if json["error"] != nil { throw UpstreamError(inAnswer: json) }
            throw UpstreamError.rubbish("the upstream's list of models has no member \"data\"; see base_url")
        }
        models = entries.compactMap { entry in
            guard let id = entry["id"]?.string, !id.isEmpty, entry["lifecycle"]?.string != "retired" else { return nil }
            // Servers that only speak the dialect say who owns a model as OpenAI does.
            return LLM.Model(
                id: id, owner: entry["owned_by"]?.string ?? "anthropic",
                created: entry["created_at"]?.string.flatMap(Timestamp.seconds) ?? 0)
        }
        if json["has_more"]?.bool == true { next = json["last_id"]?.string.flatMap { $0.isEmpty ? nil : $0 } }
    }
}
