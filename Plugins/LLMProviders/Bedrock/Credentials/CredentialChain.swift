import JackfieldPlugin
import JackfieldVocabulary

/// Looks for credentials where the AWS SDKs look, in their order: the configuration, the environment (an API key before
/// access keys), the profile in the shared files, the endpoint of the container.
struct CredentialChain: Sendable {
    let settings: CredentialSettings

    /// - Throws: `unauthenticated` with every place that was looked at; errors of the host as they are.
    func find(_ surroundings: some Surroundings) async throws(CallError) -> Access {
        let profile = try await Profile.read(settings, surroundings)
        let region = try await region(profile, surroundings)
        var places: [String] = ["config has neither bearer_token nor access_key_id"]
        if let token = settings.bearerToken {
            return Access(authorization: .bearer(token), region: region, isRenewable: false)
        }
        if let keys = settings.keys {
            return Access(authorization: .signature(keys), region: region, isRenewable: false)
        }
        func found(_ authorization: Authorization) -> Access {
            Access(authorization: authorization, region: region, isRenewable: true)
        }
        // Who names a profile wants it, not what happens to be in the environment.
        if settings.profile == nil {
            let environment = try await Environment.read(surroundings)
            if let authorization = environment.authorization { return found(authorization) }
            places += environment.places
        }
        if let keys = try profile.value?.keys() { return found(.signature(keys)) }
        places += profile.places
        let container = try await container(surroundings)
        if let endpoint = container.value { return found(.signature(try await endpoint.credentials(surroundings))) }
        places += container.places
        throw CallError(
            .unauthenticated,
            "no AWS credentials were found. Looked at these places, in this order: "
                + places.joined(separator: "; "))
    }

    private func region(_ profile: Looked<Profile>, _ surroundings: some Surroundings) async throws(CallError)
        -> String?
    {
        var region = settings.region
        for name in ["AWS_REGION", "AWS_DEFAULT_REGION"] where region == nil {
            region = try await surroundings.variable(name).text
        }
        guard let found = region ?? profile.value?.settings["region"], found.isRegion else { return nil }
        return found
    }

    private func container(_ surroundings: some Surroundings) async throws(CallError) -> Looked<ContainerEndpoint> {
        var url = settings.containerURI
        if url == nil, let path = try await surroundings.variable("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI").text {
            url = "http://169.254.170.2" + (path.hasPrefix("/") ? path : "/" + path)
        }
        if url == nil, let uri = try await surroundings.variable("AWS_CONTAINER_CREDENTIALS_FULL_URI").text {
            try ContainerEndpoint.check(uri, "AWS_CONTAINER_CREDENTIALS_FULL_URI")
            url = uri
        }
        guard let url else {
            return Looked(
                places: [
                    "the container's endpoint: neither config.container_credentials_uri nor the secret "
                        + "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI or AWS_CONTAINER_CREDENTIALS_FULL_URI is there"
                ])
        }
        return Looked(value: ContainerEndpoint(url: url, token: try await containerToken(surroundings)))
    }

    /// The file goes before the token itself, since EKS changes what is in it.
    private func containerToken(_ surroundings: some Surroundings) async throws(CallError) -> Secret? {
        var file = settings.containerTokenFile
        if file == nil, settings.containerToken == nil {
            file = try await surroundings.variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE").text
        }
        if let file {
            switch surroundings.file(file) {
            case .text(let text):
                guard text.withoutSpaceAround.isHeaderValue else { break }
                return Secret(text.withoutSpaceAround)
            case .unreadable(let reason):
                throw CallError(.unauthenticated, "the file \(file) with the container's token: \(reason)")
            }
            throw CallError(.unauthenticated, "the file \(file) does not hold a token that can stand in a header")
        }
        if let token = settings.containerToken { return token }
        let text = try await surroundings.variable("AWS_CONTAINER_AUTHORIZATION_TOKEN").text
        return text.flatMap { $0.isHeaderValue ? Secret($0) : nil }
    }
}

/// What was found in a place, or a sentence for each place where nothing was.
struct Looked<Value: Sendable>: Sendable {
    var value: Value?
    var places: [String] = []
}
