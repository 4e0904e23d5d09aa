import JackfieldPlugin
import JackfieldVocabulary

/// Where Bedrock's operations are.
struct Endpoint: Sendable {
    /// From the configuration; nil: AWS's own of the region.
    var runtime: BaseURL?
    var control: BaseURL?

    /// POST /model/{modelId}/{operation}. The id may be an ARN: every byte that could mean something is encoded.
    ///
    /// - Throws: `invalidArgument` for an id that would be another path, or if the region is not known.
    func operation(_ operation: String, model: String, region: String?) throws(CallError) -> String {
        guard !model.isEmpty, model != ".", model != "..", model.utf8.count <= 2048 else {
            throw CallError(
                .invalidArgument, "\"\(model.prefix(40))\" is not the id of a model, an inference profile or an ARN")
        }
        let path = "/model/\(PercentEncoding.encode(model.utf8))/\(operation)"
        if let runtime { return runtime.url(path) }
        return Endpoint.host("bedrock-runtime", try Endpoint.known(region)) + path
    }

    /// GET /foundation-models. It is on another host than the rest; one base_url is taken for both.
    func models(region: String?) throws(CallError) -> String {
        if let base = control ?? runtime { return base.url("/foundation-models") }
        return Endpoint.host("bedrock", try Endpoint.known(region)) + "/foundation-models"
    }

    static func known(_ region: String?) throws(CallError) -> String {
        guard let region else {
            throw CallError(
                .invalidArgument,
                "no AWS region is known: set config.region, or grant the secret AWS_REGION or AWS_DEFAULT_REGION, "
                    + "or give the profile a region")
        }
        return region
    }

    private static func host(_ service: String, _ region: String) -> String {
        "https://\(service).\(region).amazonaws.com" + (region.hasPrefix("cn-") ? ".cn" : "")
    }
}
