import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary
import Testing

@testable import Bedrock

struct CredentialChainTests {
    private static let environment = [
        "AWS_ACCESS_KEY_ID": "AKIAENV", "AWS_SECRET_ACCESS_KEY": "env-secret\n", "AWS_SESSION_TOKEN": "env-token",
        "AWS_REGION": "eu-west-1",
    ]
    private static let files = [
        "/home/me/.aws/credentials": "[default]\naws_access_key_id = AKIAFILE\naws_secret_access_key = file-secret\n",
        "/home/me/.aws/config": "[default]\nregion = us-west-2\n[profile other]\naws_access_key_id=AKIAOTHER\n"
            + "aws_secret_access_key=other-secret\nregion=ap-south-1\n",
    ]
    private static let container = FakeSurroundings(
        variables: ["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI": "/v2/credentials/abc"],
        endpoint: { _, _ in
            (
                200,
                #"{"AccessKeyId":"AKIACONTAINER","SecretAccessKey":"s","Token":"t","Expiration":"2015-08-30T12:36:00Z"}"#
            )
        })

    private func find(_ config: JSON = [:], _ surroundings: FakeSurroundings) async throws(CallError) -> Access {
        try await CredentialChain(settings: BedrockConfig(config).credentials).find(surroundings)
    }

    private func keyID(_ access: Access) -> String? {
        if case .signature(let credentials) = access.authorization { credentials.accessKeyID } else { nil }
    }

    @Test func takesTheKeysOfTheConfigurationBeforeAllOthers() async throws {
        let world = FakeSurroundings(variables: CredentialChainTests.environment, files: CredentialChainTests.files)
        let access = try await find(
            ["access_key_id": "AKIACONFIG", "secret_access_key": "s", "session_token": "t"], world)
        #expect(
            access.authorization
                == .signature(
                    AWSCredentials(
                        accessKeyID: "AKIACONFIG", secretAccessKey: Secret("s"), sessionToken: Secret("t"))))
        #expect(access.region == "eu-west-1")
        #expect(!access.isRenewable)
    }

    @Test func takesTheEnvironmentBeforeTheFiles() async throws {
        let world = FakeSurroundings(variables: CredentialChainTests.environment, files: CredentialChainTests.files)
        let access = try await find([:], world)
        #expect(
            access.authorization
                == .signature(
                    AWSCredentials(
                        accessKeyID: "AKIAENV", secretAccessKey: Secret("env-secret"),
                        sessionToken: Secret("env-token"))))
        #expect(access.isRenewable)
    }

    @Test func takesAnAPIKeyOfTheEnvironmentBeforeItsAccessKeys() async throws {
        var world = FakeSurroundings(variables: CredentialChainTests.environment)
        world.variables["AWS_BEARER_TOKEN_BEDROCK"] = "bedrock-api-key"
        #expect(try await find([:], world).authorization == .bearer(Secret("bedrock-api-key")))
        #expect(try await find(["bearer_token": "mine"], world).authorization == .bearer(Secret("mine")))
    }

    @Test func takesTheProfileOfTheFilesBeforeTheContainer() async throws {
        var world = CredentialChainTests.container
        world.files = CredentialChainTests.files
        let access = try await find([:], world)
        #expect(keyID(access) == "AKIAFILE")
        #expect(access.region == "us-west-2")
    }

    @Test func takesAProfileThatIsNamedBeforeTheEnvironment() async throws {
        let world = FakeSurroundings(variables: CredentialChainTests.environment, files: CredentialChainTests.files)
        #expect(keyID(try await find(["profile": "other"], world)) == "AKIAOTHER")
        var named = FakeSurroundings(files: CredentialChainTests.files)
        named.variables["AWS_PROFILE"] = "other"
        let access = try await find([:], named)
        #expect(keyID(access) == "AKIAOTHER")
        #expect(access.region == "ap-south-1")
    }

    @Test func looksForTheFilesWhereItIsTold() async throws {
        let text = "[default]\naws_access_key_id=AKIAHERE\naws_secret_access_key=s"
        var world = FakeSurroundings(files: ["/etc/aws/keys": text, "/etc/aws/config": "[default]\nregion=eu-north-1"])
        let config: JSON = ["credentials_file": "/etc/aws/keys", "config_file": "/etc/aws/config"]
        let access = try await find(config, world)
        #expect(keyID(access) == "AKIAHERE")
        #expect(access.region == "eu-north-1")
        world.variables = ["AWS_SHARED_CREDENTIALS_FILE": "/etc/aws/keys"]
        #expect(keyID(try await find([:], world)) == "AKIAHERE")
    }

    @Test func asksTheContainersEndpointLast() async throws {
        let access = try await find([:], CredentialChainTests.container)
        #expect(
            access.authorization
                == .signature(
                    AWSCredentials(
                        accessKeyID: "AKIACONTAINER", secretAccessKey: Secret("s"), sessionToken: Secret("t"),
                        expiration: UTCTime(seconds: 1_440_938_160))))
    }

    @Test func saysEveryPlaceThatItLookedAt() async {
        let error = await #expect(throws: CallError.self) {
            try await find([:], FakeSurroundings(grantsAll: false, files: ["/home/me/.aws/config": "[profile x]\n"]))
        }
        #expect(error?.code == .unauthenticated)
        #expect(
            error?.message
                == "no AWS credentials were found. Looked at these places, in this order: "
                + "config has neither bearer_token nor access_key_id; "
                + "the secret AWS_BEARER_TOKEN_BEDROCK is not granted (grants.secrets); "
                + "the secret AWS_ACCESS_KEY_ID is not granted (grants.secrets); "
                + "the file /home/me/.aws/config: no profile default; "
                + "the file /home/me/.aws/credentials: No such file or directory; "
                + "the container's endpoint: neither config.container_credentials_uri nor the secret "
                + "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI or AWS_CONTAINER_CREDENTIALS_FULL_URI is there")
    }

    @Test func saysWhichWaysOfAProfileItDoesNotGo() async {
        let files = ["/home/me/.aws/config": "[default]\ncredential_process = /bin/keys\n"]
        let error = await #expect(throws: CallError.self) { try await find([:], FakeSurroundings(files: files)) }
        #expect(
            error?.message.contains("the profile default wants credential_process, which this plugin does not do")
                == true)
    }

    @Test(arguments: [
        ["AWS_ACCESS_KEY_ID": "AKIA"], ["AWS_ACCESS_KEY_ID": "AKIA", "AWS_SECRET_ACCESS_KEY": " "],
    ])
    func refusesHalfAPairOfKeys(_ variables: [String: String]) async {
        let world = FakeSurroundings(variables: variables, files: CredentialChainTests.files)
        let error = await #expect(throws: CallError.self) { try await find([:], world) }
        #expect(error?.message.contains("both are needed") == true)
    }

    @Test func refusesHalfAPairInAFile() async {
        let files = ["/home/me/.aws/credentials": "[default]\naws_access_key_id=AKIA"]
        let error = await #expect(throws: CallError.self) { try await find([:], FakeSurroundings(files: files)) }
        #expect(error?.message.hasPrefix("the profile default has one of") == true)
    }

    @Test func asksForNothingWhereTheConfigurationSaysAll() async throws {
        struct Nowhere: Surroundings {
            func variable(_ name: String) async throws(CallError) -> Variable {
                throw CallError(.internal, "asked for \(name)")
            }
            func file(_ path: String) -> FileText { .unreadable("looked at") }
            func get(
                _ url: String, headers: [(name: String, value: String)], bound: Int
            ) async throws(CallError) -> (status: Int, body: [UInt8]) { throw CallError(.internal, "fetched") }
            var home: String? { nil }
        }
        let config = try BedrockConfig(["access_key_id": "a", "secret_access_key": "s", "region": "us-east-1"])
        let access = try await CredentialChain(settings: config.credentials).find(Nowhere())
        #expect(access.region == "us-east-1")
    }
}
