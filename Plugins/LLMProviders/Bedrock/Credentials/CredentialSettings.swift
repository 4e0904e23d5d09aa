import JackfieldPlugin
import JackfieldVocabulary

/// The part of the configuration that says who asks.
struct CredentialSettings: Sendable, Equatable {
    var keys: AWSCredentials?
    var bearerToken: Secret?
    var region: String?
    /// Nil: the variable AWS_PROFILE, or "default". One that is given here goes before the environment's keys.
    var profile: String?
    var credentialsFile: String?
    var configFile: String?
    var containerURI: String?
    var containerToken: Secret?
    var containerTokenFile: String?

    init() {}

    init(_ reader: ConfigReader) throws(CallError) {
        let id = try reader.header("access_key_id")
        let secret = try reader.secret("secret_access_key")
        let session = try reader.secret("session_token")
        bearerToken = try reader.secret("bearer_token")
        if let id, let secret {
            keys = AWSCredentials(accessKeyID: id.withoutSpaceAround, secretAccessKey: secret, sessionToken: session)
            guard bearerToken == nil else {
                throw .config("bearer_token and access_key_id both say who asks; leave one out")
            }
        } else if id != nil {
            throw .config("access_key_id needs secret_access_key beside it")
        } else if secret != nil {
            throw .config("secret_access_key needs access_key_id beside it")
        } else if session != nil {
            throw .config("session_token needs access_key_id and secret_access_key beside it")
        }
        if let region = try reader.string("region"), !region.isEmpty {
            guard region.isRegion else {
                throw .config("region is \"\(region)\"; it must be a name such as us-east-1")
            }
            self.region = region
        }
        profile = try reader.nonEmpty("profile")
        credentialsFile = try reader.nonEmpty("credentials_file")
        configFile = try reader.nonEmpty("config_file")
        containerURI = try reader.nonEmpty("container_credentials_uri")
        if let uri = containerURI { try ContainerEndpoint.check(uri, "config.container_credentials_uri") }
        containerToken = try reader.secret("container_authorization_token")
        containerTokenFile = try reader.nonEmpty("container_authorization_token_file")
    }

    /// What must not appear in an error.
    var secrets: [Secret] {
        [keys?.secretAccessKey, keys?.sessionToken, bearerToken, containerToken].compactMap { $0 }
    }
}

extension ConfigReader {
    /// A text; empty is as good as absent.
    func nonEmpty(_ key: String) throws(CallError) -> String? {
        guard let text = try string(key), !text.isEmpty else { return nil }
        return text
    }
}

extension String {
    /// It becomes part of a host name: nothing may be in it that would make another host of it.
    var isRegion: Bool {
        !isEmpty && utf8.count <= 64
            && utf8.allSatisfy { (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") }
    }
}
