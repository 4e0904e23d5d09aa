import JackfieldJSON
import JackfieldVocabulary
import Testing

@testable import Bedrock

struct BedrockConfigTests {
    @Test func hasADefaultForEverything() throws {
        let config = try BedrockConfig([:])
        #expect(config.credentials == CredentialSettings())
        #expect(config.guardrail == nil)
        #expect(!config.sendsReasoning)
        #expect(config.maxAnswerBytes == 33_554_432)
        #expect(
            try config.endpoint.operation("converse", model: "m", region: "us-east-1")
                == "https://bedrock-runtime.us-east-1.amazonaws.com/model/m/converse")
        #expect(
            try config.endpoint.models(region: "cn-north-1")
                == "https://bedrock.cn-north-1.amazonaws.com.cn/foundation-models")
    }

    @Test(arguments: [
        ("anthropic.claude-3-haiku-20240307-v1:0", "anthropic.claude-3-haiku-20240307-v1%3A0"),
        (
            "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc",
            "arn%3Aaws%3Abedrock%3Aus-east-1%3A123456789012%3Aapplication-inference-profile%2Fabc"
        ), ("a b/../c?d#e%", "a%20b%2F..%2Fc%3Fd%23e%25"), ("\u{1234}", "%E1%88%B4"),
    ])
    func putsTheIdOfAModelIntoThePathAsOneSegment(_ id: String, _ segment: String) throws {
        let config = try BedrockConfig(["base_url": "https://vpce.example/prefix/"])
        #expect(
            try config.endpoint.operation("invoke", model: id, region: nil)
                == "https://vpce.example/prefix/model/\(segment)/invoke")
    }

    @Test(arguments: ["", ".", ".."])
    func refusesAnIdThatWouldBeAnotherPath(_ id: String) throws {
        let endpoint = try BedrockConfig([:]).endpoint
        #expect(throws: CallError.self) { try endpoint.operation("converse", model: id, region: "us-east-1") }
    }

    @Test func saysThatItNeedsARegion() throws {
        let endpoint = try BedrockConfig([:]).endpoint
        let error = #expect(throws: CallError.self) { try endpoint.models(region: nil) }
        #expect(error?.message.hasPrefix("no AWS region is known: set config.region, or grant") == true)
    }

    @Test func asksForModelsWhereItIsTold() throws {
        let base: JSON = ["base_url": "https://a.example", "control_url": "https://b.example/x"]
        #expect(try BedrockConfig(base).endpoint.models(region: nil) == "https://b.example/x/foundation-models")
        let one: JSON = ["base_url": "https://a.example"]
        #expect(try BedrockConfig(one).endpoint.models(region: nil) == "https://a.example/foundation-models")
    }

    @Test(arguments: [
        (#"{"access_key_id":"a"}"#, "config.access_key_id needs secret_access_key beside it"),
        (#"{"secret_access_key":"a"}"#, "config.secret_access_key needs access_key_id beside it"),
        (#"{"session_token":"a"}"#, "config.session_token needs access_key_id and secret_access_key beside it"),
        (
            #"{"access_key_id":"a","secret_access_key":"b","bearer_token":"c"}"#,
            "config.bearer_token and access_key_id both say who asks; leave one out"
        ),
        (#"{"region":"us-east-1.evil"}"#, #"config.region is "us-east-1.evil"; it must be a name such as us-east-1"#),
        (#"{"guardrail_version":"1"}"#, "config.guardrail_version needs guardrail_id beside it"),
        (#"{"bearer_token":"a\u0001"}"#, "config.bearer_token holds a character that cannot stand in an HTTP header"),
        (#"{"max_answer_bytes":1}"#, "config.max_answer_bytes must be a whole number from 1024 to 1073741824"),
        (
            #"{"base_url":"bedrock"}"#,
            #"config.base_url is "bedrock"; it must be an absolute http or https URL such as "#
                + "https://bedrock-runtime.us-east-1.amazonaws.com"
        ),
    ])
    func saysWhatIsWrong(_ json: String, _ sentence: String) {
        let error = #expect(throws: CallError.self) { try BedrockConfig(JSON(parsing: json)) }
        #expect(error == CallError(.invalidArgument, sentence))
    }

    @Test func doesNotPrintSecrets() throws {
        let config = try BedrockConfig([
            "access_key_id": "AKIA", "secret_access_key": "my-secret", "session_token": "my-secret",
            "container_authorization_token": "my-secret",
        ])
        var dumped = "\(config) \(String(reflecting: config))"
        dump(config, to: &dumped)
        #expect(!dumped.contains("my-secret"))
    }
}
