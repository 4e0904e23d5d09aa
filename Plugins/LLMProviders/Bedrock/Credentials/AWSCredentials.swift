import JackfieldPlugin

/// What requests are signed with.
struct AWSCredentials: Sendable, Equatable {
    /// No secret: it stands in every signed request.
    var accessKeyID: String
    var secretAccessKey: Secret
    /// With temporary credentials.
    var sessionToken: Secret?
    /// When they end; nil: never, as far as is known.
    var expiration: UTCTime?

    init(accessKeyID: String, secretAccessKey: Secret, sessionToken: Secret? = nil, expiration: UTCTime? = nil) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
        self.expiration = expiration
    }
}

/// How a request shows who asks.
enum Authorization: Sendable, Equatable {
    case signature(AWSCredentials)
    /// An API key of Bedrock (User Guide, "Use an Amazon Bedrock API key").
    case bearer(Secret)

    /// What must not appear in an error.
    var secrets: [Secret] {
        switch self {
        case .signature(let credentials): [credentials.secretAccessKey] + (credentials.sessionToken.map { [$0] } ?? [])
        case .bearer(let token): [token]
        }
    }

    var expiration: UTCTime? {
        if case .signature(let credentials) = self { credentials.expiration } else { nil }
    }
}
