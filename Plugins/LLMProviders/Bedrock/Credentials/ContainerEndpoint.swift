import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary

/// The endpoint at which ECS and EKS give credentials to a container (AWS SDKs and Tools Reference Guide, "Container
/// credential provider").
struct ContainerEndpoint: Sendable, Equatable {
    /// Bytes of its answer.
    private static let bound = 64 << 10
    /// The hosts that may be asked without TLS: the machine itself, and the addresses of ECS and EKS.
    private static let plainHosts: Set<String> = [
        "localhost", "[::1]", "169.254.170.2", "169.254.170.23", "[fd00:ec2::23]",
    ]

    var url: String
    var token: Secret?

    /// - Parameter name: where the URI was found, for the sentence.
    /// - Throws: `invalidArgument` if the URI is none, or would send a token and get keys in the clear.
    static func check(_ uri: String, _ name: String) throws(CallError) {
        let lower = uri.lowercased()
        let isTLS = lower.hasPrefix("https://")
        guard isTLS || lower.hasPrefix("http://"), uri.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
            throw CallError(
                .invalidArgument, "\(name) must be an http or https URL, or a path where a path is asked for")
        }
        guard !isTLS else { return }
        let authority = RequestSigner.parts(of: uri).host
        let host = authority.hasPrefix("[") ? authority.prefix { $0 != "]" } + "]" : authority.prefix { $0 != ":" }
        let isLoopback = host.hasPrefix("127.") && host.utf8.allSatisfy { $0 == 0x2e || (0x30...0x39).contains($0) }
        guard !authority.contains("@"), isLoopback || plainHosts.contains(String(host)) else {
            throw CallError(
                .invalidArgument,
                "\(name) may use http only for this machine and the addresses of ECS and EKS, not \(host)"
            )
        }
    }

    /// Ask for credentials.
    ///
    /// - Throws: `unavailable` if the endpoint does not give them, `forbidden` if `grants.http` does not list it.
    func credentials(_ surroundings: some Surroundings) async throws(CallError) -> AWSCredentials {
        var headers: [(name: String, value: String)] = [("accept", "application/json")]
        if let token { headers.append(("authorization", token.text)) }
        let (status, body) = try await surroundings.get(url, headers: headers, bound: ContainerEndpoint.bound)
        let json = try? JSON(parsing: body)
        guard status == 200 else {
            let reason = [json?["code"]?.string ?? json?["Code"]?.string, json?["message"]?.string]
                .compactMap { $0 }.joined(separator: ", ")
            let words = reason.isEmpty ? "" : ": " + reason.prefix(200)
            throw CallError(
                .unavailable, "the container's credentials endpoint answered with HTTP \(status)\(words)",
                retry: status >= 500 || status == 429)
        }
        guard let id = json?["AccessKeyId"]?.string, !id.isEmpty, id.isHeaderValue,
            let secret = json?["SecretAccessKey"]?.string, !secret.isEmpty
        else {
            throw CallError(
                .unavailable, "the container's credentials endpoint gave no AccessKeyId and SecretAccessKey",
                retry: true)
        }
        let session = json?["Token"]?.string.flatMap { $0.isEmpty || !$0.isHeaderValue ? nil : Secret($0) }
        return AWSCredentials(
            accessKeyID: id, secretAccessKey: Secret(secret), sessionToken: session,
            expiration: json?["Expiration"]?.string.flatMap { UTCTime(rfc3339: $0) })
    }
}
