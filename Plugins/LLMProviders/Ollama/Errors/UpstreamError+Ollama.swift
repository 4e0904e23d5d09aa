package import JackfieldJSON
package import JackfieldPlugin
package import JackfieldVocabulary

// Ollama's errors are a status and a sentence, `{"error": "…"}`, without a code (docs.ollama.com/api/errors). Where
// the status is not enough, or a stream has none, the sentence must do: its wording is Ollama's, and may change.
extension UpstreamError {
    /// An answer whose status is not 2xx.
    ///
    /// - Parameters:
    ///   - body: as much of it as was read.
    ///   - model: what was asked for, if the request was for a model.
    ///   - now: seconds since 1970, to understand a `Retry-After` that names a date.
    package init(head: HTTPHead, body: [UInt8], model: String?, now: Int64) {
        let said = ErrorEnvelope(body: body).message ?? ""
        self = UpstreamError.meaning(of: head.status, said, model)
        detail = said
        add(head, now: now)
    }

    /// An error in the place of an answer, or in the middle of a stream.
    package init(inAnswer json: JSON, model: String?) {
        let said = ErrorEnvelope(json: json).message ?? ""
        let status = (json["status_code"] ?? json["status"])?.int ?? UpstreamError.status(of: said.lowercased())
        self = UpstreamError.meaning(of: (400..<600).contains(status) ? status : 500, said, model)
        explanation += ", said in the answer itself"
        detail = said
    }

    private static func meaning(of status: Int, _ said: String, _ model: String?) -> UpstreamError {
        let words = said.lowercased()
        if status == 404, let model, words.contains("not found"), words.contains("model") {
            return UpstreamError(
                .notFound, "Ollama does not have the model \"\(model)\"; pull it with: ollama pull \(model)")
        }
        if status == 401 {
            return UpstreamError(.unauthenticated, "Ollama wants to know who asks; see headers, or run: ollama signin")
        }
        if words.contains("does not support") {
            return UpstreamError(.unsupported, "the model cannot do this")
        }
        if words.contains("content filter") || words.contains("content policy") || words.contains("content_filter") {
            return UpstreamError(.refused, "the upstream's content filter refused the request")
        }
        if words.contains("more system memory") || words.contains("out of memory") {
            return UpstreamError(.unavailable, "the machine of Ollama has not enough memory for the model")
        }
        return meaning(ofStatus: status)
    }

    /// The status that the words would have had.
    private static func status(of words: String) -> Int {
        let known = [
            ("not found", 404), ("unauthorized", 401), ("forbidden", 403), ("too many requests", 429),
            ("rate limit", 429), ("usage limit", 429), ("payment required", 402), ("server busy", 503),
            ("overloaded", 503), ("invalid", 400), ("exceeds the context length", 400), ("too long", 400),
        ]
        return known.first { words.contains($0.0) }?.1 ?? 500
    }
}
