import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary

/// How texts are embedded: Converse does not do it, so every family of models has a dialect of its own (Bedrock User
/// Guide, "Inference request parameters and response fields for foundation models").
enum EmbeddingDialect: Sendable, Equatable {
    /// Amazon Titan Text Embeddings: one text in a request.
    case titan(isFirst: Bool)
    /// Cohere Embed: up to 96 texts in a request.
    case cohere

    /// - Throws: `unsupported` for a model of another family.
    init(model: String) throws(CallError) {
        if model.contains("amazon.titan-embed-text") || model.contains("amazon.titan-embed-g1") {
            self = .titan(isFirst: !model.contains("embed-text-v2"))
        } else if model.contains("cohere.embed") {
            self = .cohere
        } else {
            throw CallError(
                .unsupported,
                "llm/bedrock embeds with amazon.titan-embed-text and cohere.embed, not with \(model.prefix(80))")
        }
    }

    /// Texts in one request.
    var batch: Int {
        switch self {
        case .titan: 1
        case .cohere: 96
        }
    }

    /// The body of InvokeModel.
    func encode(
        _ texts: ArraySlice<String>, of request: LLM.EmbeddingRequest, inputType: String
    ) throws(CallError) -> [UInt8] {
        var body = JSONObject()
        switch self {
        case .titan(let isFirst):
            body["inputText"] = .string(texts.first ?? "")
            if let dimensions = request.dimensions {
                guard !isFirst else {
                    throw CallError(
                        .unsupported, "this model embeds with one number of dimensions; leave out dimensions")
                }
                body["dimensions"] = JSON(dimensions)
            }
        case .cohere:
            body["texts"] = .array(texts.map { .string($0) })
            body["input_type"] = .string(inputType)
            if let dimensions = request.dimensions { body["output_dimension"] = JSON(dimensions) }
        }
        if let extra = request.extra {
            for member in try JSONObject(extra: extra, of: "the request").members {
                switch member.key {
                case "inputText", "texts", "model", "input", "encoding_format", "user": continue
                default: body[member.key] = member.value
                }
            }
        }
        return JSON.object(body).bytes
    }
}
