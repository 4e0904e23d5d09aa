import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary
import Testing

@testable import Bedrock

struct ContainerEndpointTests {
    private func find(_ config: JSON = [:], _ surroundings: FakeSurroundings) async throws(CallError) -> Access {
        try await CredentialChain(settings: BedrockConfig(config).credentials).find(surroundings)
    }

    /// Gives credentials whose id tells what was asked.
    private static let telling: @Sendable (String, [String: String]) -> (status: Int, body: String) = { url, headers in
        (200, #"{"AccessKeyId":"\#(url)|\#(headers["authorization"] ?? "-")","SecretAccessKey":"s"}"#)
    }

    private func asked(_ config: JSON = [:], _ variables: [String: String], files: [String: String] = [:]) async throws
        -> String
    {
        let world = FakeSurroundings(variables: variables, files: files, endpoint: ContainerEndpointTests.telling)
        guard case .signature(let credentials) = try await find(config, world).authorization else { return "" }
        return credentials.accessKeyID
    }

    @Test func asksTheEndpointOfECSAndOfEKS() async throws {
        #expect(
            try await asked([:], ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/x"]) == "http://169.254.170.2/v2/x|-")
        #expect(
            try await asked(
                [:],
                [
                    "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://169.254.170.23/v1/credentials",
                    "AWS_CONTAINER_AUTHORIZATION_TOKEN": "plain",
                ]) == "http://169.254.170.23/v1/credentials|plain")
        #expect(
            try await asked(
                [:],
                [
                    "AWS_CONTAINER_CREDENTIALS_FULL_URI": "http://169.254.170.23/v1/credentials",
                    "AWS_CONTAINER_AUTHORIZATION_TOKEN": "plain",
                    "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "/var/run/token",
                ], files: ["/var/run/token": "from-file\n"]) == "http://169.254.170.23/v1/credentials|from-file")
        #expect(
            try await asked(
                ["container_credentials_uri": "https://keys.example/x", "container_authorization_token": "mine"],
                ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/x"]) == "https://keys.example/x|mine")
    }

    @Test(arguments: [
        "http://keys.example/x", "http://127.evil.example.com:80@keys.example/", "ftp://127.0.0.1/", "/v2/x",
        "http://169.254.169.254/latest",
    ])
    func sendsNoTokenInTheClearToSomebodyElse(_ uri: String) {
        let error = #expect(throws: CallError.self) { try BedrockConfig(["container_credentials_uri": .string(uri)]) }
        #expect(error?.message.hasPrefix("config.container_credentials_uri ") == true)
    }

    @Test(arguments: [
        "http://127.0.0.1:1234/x", "http://localhost/x", "http://[::1]:80/x", "https://anywhere.example",
        "http://[fd00:ec2::23]/v1/credentials",
    ])
    func takesThisMachineAndTheAddressesOfAWS(_ uri: String) throws {
        #expect(try BedrockConfig(["container_credentials_uri": .string(uri)]).credentials.containerURI == uri)
    }

    @Test(arguments: [
        (404, #"{"code":"NotFound","message":"no role"}"#, "HTTP 404: NotFound, no role", false),
        (500, "oops", "HTTP 500", true), (429, "", "HTTP 429", true),
        (200, #"{"Code":"Failed"}"#, "no AccessKeyId", true), (200, "<html>", "no AccessKeyId", true),
    ])
    func saysWhyThereAreNone(_ status: Int, _ body: String, _ words: String, _ retry: Bool) async {
        let world = FakeSurroundings(
            variables: ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/x"], endpoint: { _, _ in (status, body) })
        let error = await #expect(throws: CallError.self) { try await find([:], world) }
        #expect(error?.code == .unavailable)
        #expect(error?.message.contains(words) == true)
        #expect(error?.retry == retry)
    }

    @Test func saysThatTheTokensFileCannotBeRead() async {
        let world = FakeSurroundings(variables: [
            "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/x", "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": "/nowhere",
        ])
        let error = await #expect(throws: CallError.self) { try await find([:], world) }
        #expect(error?.message == "the file /nowhere with the container's token: No such file or directory")
    }
}
