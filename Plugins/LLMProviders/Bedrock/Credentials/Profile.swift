import JackfieldPlugin
import JackfieldVocabulary

/// A profile in the shared files: what the file with credentials says goes before what the other one says.
struct Profile: Sendable {
    var name: String
    var settings: [String: String]

    /// Ways to credentials that a profile may name and that this plugin does not go.
    private static let otherWays = [
        "credential_process", "role_arn", "sso_session", "sso_start_url", "web_identity_token_file", "login_session",
    ]

    static func read(
        _ settings: CredentialSettings, _ surroundings: some Surroundings
    ) async throws(CallError) -> Looked<Profile> {
        // Nothing of it would be used.
        if settings.region != nil, settings.keys != nil || settings.bearerToken != nil { return Looked() }
        var name = settings.profile
        if name == nil { name = try await surroundings.variable("AWS_PROFILE").text }
        let profile = name ?? "default"
        var merged: [String: String] = [:]
        var places: [String] = []
        var isFound = false
        let files: [(given: String?, variable: String, ending: String, kind: SharedFile.Kind)] = [
            (settings.configFile, "AWS_CONFIG_FILE", "/.aws/config", .config),
            (settings.credentialsFile, "AWS_SHARED_CREDENTIALS_FILE", "/.aws/credentials", .credentials),
        ]
        for file in files {
            var path = file.given
            if path == nil { path = try await surroundings.variable(file.variable).text }
            guard let path = path ?? surroundings.home.map({ $0 + file.ending }) else {
                places.append("the file ~\(file.ending): the home folder is not known")
                continue
            }
            switch surroundings.file(path) {
            case .unreadable(let reason): places.append("the file \(path): \(reason)")
            case .text(let text):
                if let found = SharedFile(text, kind: file.kind).settings(of: profile) {
                    isFound = true
                    merged.merge(found) { $1 }
                    places.append("the profile \(profile) in \(path): no aws_access_key_id")
                } else {
                    places.append("the file \(path): no profile \(profile)")
                }
            }
        }
        if let way = otherWays.first(where: { merged[$0] != nil }) {
            places.append("the profile \(profile) wants \(way), which this plugin does not do")
        }
        return Looked(value: isFound ? Profile(name: profile, settings: merged) : nil, places: places)
    }

    /// - Returns: nil if the profile has no keys.
    /// - Throws: `unauthenticated` if half of the pair is there.
    func keys() throws(CallError) -> AWSCredentials? {
        let id = settings["aws_access_key_id"] ?? ""
        let secret = settings["aws_secret_access_key"] ?? ""
        if id.isEmpty, secret.isEmpty { return nil }
        guard !id.isEmpty, !secret.isEmpty else {
            throw CallError(
                .unauthenticated,
                "the profile \(name) has one of aws_access_key_id and aws_secret_access_key; both are needed")
        }
        let session = settings["aws_session_token"] ?? ""
        guard id.isHeaderValue, session.isHeaderValue else {
            throw CallError(
                .unauthenticated, "the keys of the profile \(name) hold a character that cannot stand in an HTTP header"
            )
        }
        return AWSCredentials(
            accessKeyID: id, secretAccessKey: Secret(secret), sessionToken: session.isEmpty ? nil : Secret(session))
    }
}
