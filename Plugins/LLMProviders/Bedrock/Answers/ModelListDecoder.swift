import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary

/// Reads the list of models (Bedrock API Reference, "ListFoundationModels").
enum ModelListDecoder {
    static func decode(_ body: [UInt8]) throws(UpstreamError) -> [LLM.Model] {
        guard let summaries = (try? JSON(parsing: body))?["modelSummaries"]?.array else {
            throw .rubbish("the upstream's list of models has no modelSummaries")
        }
        return summaries.compactMap { summary in
            guard let id = summary["modelId"]?.string, !id.isEmpty else { return nil }
            // Models that make images or speech are not for here; where nothing is said, the model stays.
            if let kinds = summary["outputModalities"]?.array?.compactMap(\.string), !kinds.isEmpty,
                !kinds.contains("TEXT"), !kinds.contains("EMBEDDING")
            {
                return nil
            }
            let start = summary["modelLifecycle"]?["startOfLifeTime"]?.string.flatMap { UTCTime(rfc3339: $0) }
            return LLM.Model(
                id: id, owner: summary["providerName"]?.string ?? "amazon", created: start?.seconds ?? 0)
        }
    }
}
