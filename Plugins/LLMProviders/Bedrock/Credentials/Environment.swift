import JackfieldPlugin
import JackfieldVocabulary

/// The variables of the AWS SDKs, which the host gives as secrets.
struct Environment: Sendable {
    var authorization: Authorization?
    var places: [String] = []

    /// - Throws: `unauthenticated` if half of a pair of keys is there.
    static func read(_ surroundings: some Surroundings) async throws(CallError) -> Environment {
        let bearer = try await surroundings.variable("AWS_BEARER_TOKEN_BEDROCK")
        if let token = bearer.text {
            return Environment(authorization: .bearer(try secret(token, "AWS_BEARER_TOKEN_BEDROCK")))
        }
        let id = try await surroundings.variable("AWS_ACCESS_KEY_ID")
        guard let keyID = id.text else {
            return Environment(places: [
                "the secret AWS_BEARER_TOKEN_BEDROCK \(words(bearer))", "the secret AWS_ACCESS_KEY_ID \(words(id))",
            ])
        }
        let secretKey = try await surroundings.variable("AWS_SECRET_ACCESS_KEY")
        guard let text = secretKey.text else {
            throw CallError(
                .unauthenticated,
                "the secret AWS_ACCESS_KEY_ID is there, but AWS_SECRET_ACCESS_KEY \(words(secretKey)); both are needed")
        }
        let session = try await surroundings.variable("AWS_SESSION_TOKEN").text
        var credentials = AWSCredentials(
            accessKeyID: try secret(keyID, "AWS_ACCESS_KEY_ID").text, secretAccessKey: Secret(text))
        if let session { credentials.sessionToken = try secret(session, "AWS_SESSION_TOKEN") }
        return Environment(authorization: .signature(credentials))
    }

    private static func secret(_ text: String, _ name: String) throws(CallError) -> Secret {
        guard text.isHeaderValue else {
            throw CallError(
                .unauthenticated, "the secret \(name) holds a character that cannot stand in an HTTP header")
        }
        return Secret(text)
    }

    private static func words(_ variable: Variable) -> String {
        switch variable {
        case .set: "is empty"
        case .unset: "is not set"
        case .notGranted: "is not granted (grants.secrets)"
        }
    }
}
