import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary
import Testing

@testable import Webhook

struct WebhookConfigTests {
    private func config(_ json: String) throws -> WebhookConfig { try WebhookConfig(try JSON(parsing: json)) }

    @Test func readsEveryKey() throws {
        let config = try config(
            #"{"url": " https://hooks.example/T0/B1?a=b ", "headers": {"Authorization": "Bearer ${secret:X}"}}"#)
        #expect(config.url == "https://hooks.example/T0/B1?a=b")
        #expect(config.headers.map(\.name) == ["authorization"])
        #expect(config.headers.map(\.value.text) == ["Bearer ${secret:X}"])
    }

    @Test(arguments: [
        (#"{}"#, "config.url is missing"), (#"{"url": ""}"#, "config.url is missing"),
        (#"{"url": "ftp://hush.example/secret-path"}"#, "config.url must be an absolute http or https URL"),
        (#"{"url": "https://hush.example/secret path"}"#, "config.url must be"),
        (#"{"url": "https://hush.example/secret-path#x"}"#, "config.url must be"),
        (#"{"url": 7}"#, "config.url must be a string"),
        (#"{"url": "https://a.example", "headers": {"host": "b"}}"#, "config.headers: \"host\" is set by the host"),
    ])
    func namesTheKeyThatIsWrongAndNotTheURL(_ json: String, _ start: String) {
        let error = #expect(throws: CallError.self) { try config(json) }
        #expect(error?.code == .invalidArgument)
        #expect(error?.message.hasPrefix(start) == true, "\(error?.message ?? "")")
        #expect(error?.message.contains("secret") == false)
    }

    @Test func hidesTheURLAndTheHeaders() throws {
        let config = try config(#"{"url": "https://hooks.example/T0/B1", "headers": {"x-token": "0123456789"}}"#)
        var message = "cannot reach https://hooks.example/T0/B1 with 0123456789"
        for secret in config.secrets { message = secret.redacted(from: message) }
        #expect(message == "cannot reach «redacted» with «redacted»")
    }
}
