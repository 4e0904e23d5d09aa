import JackfieldJSON
package import JackfieldPlugin
package import JackfieldVocabulary

/// Reads the answer to `GET /models`.
package enum ModelListDecoder {
    /// In the order of the upstream; entries without an id are left out.
    ///
    /// - Throws: `UpstreamError`, `unavailable` if this is no list of models.
    package static func decode(_ body: [UInt8]) throws(UpstreamError) -> [LLM.Model] {
        guard let json = try? JSON(parsing: body) else {
            throw .rubbish("the upstream's list of models is not JSON; see base_url")
        }
        // Some servers leave the envelope out.
        guard let entries = json["data"]?.array ?? json["models"]?.array ?? json.array else {
            if json["error"] != nil { throw UpstreamError(inAnswer: json) }
            throw .rubbish("the upstream's list of models has no member \"data\"; see base_url")
        }
        return entries.compactMap { entry in
            guard let id = entry["id"]?.string, !id.isEmpty else { return nil }
            return LLM.Model(
                id: id, owner: entry["owned_by"]?.string ?? "",
                created: entry["created"]?.int.flatMap { Int64(exactly: $0) } ?? 0)
        }
    }
}
