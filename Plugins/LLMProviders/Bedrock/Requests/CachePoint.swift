import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary

/// A place up to which the prompt is to be cached. Clients write it into a part as Anthropic does, `"cache_control":
/// {"type": "ephemeral", "ttl": "1h"}`; Converse has a block of its own behind the content (CachePointBlock).
struct CachePoint: Equatable {
    /// "5m" or "1h".
    var ttl: String?

    /// - Returns: nil if the extra fields of a part, tool, call or message have none.
    /// - Throws: `invalidArgument` if they are no object.
    init?(extra: String?, of what: String) throws(CallError) {
        guard let extra else { return nil }
        guard let control = try JSONObject(extra: extra, of: what)["cache_control"], control.object != nil else {
            return nil
        }
        ttl = control["ttl"]?.string
    }

    func write(_ writer: inout JSONWriter) {
        writer.beginObject()
        writer.key("cachePoint")
        writer.beginObject()
        writer.key("type")
        writer.string("default")
        if let ttl {
            writer.key("ttl")
            writer.string(ttl)
        }
        writer.endObject()
        writer.endObject()
    }
}
