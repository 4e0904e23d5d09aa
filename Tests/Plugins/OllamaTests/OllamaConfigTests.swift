import JackfieldJSON
import JackfieldPlugin
import JackfieldVocabulary
import Testing

@testable import Ollama

private func config(_ json: String) throws -> OllamaConfig { try OllamaConfig(try JSON(parsing: json)) }

struct OllamaConfigTests {
    @Test func needsNothing() throws {
        let config = try config("{}")
        #expect(config.baseURL.url("/api/chat") == "http://127.0.0.1:11434/api/chat")
        #expect(config.headers.isEmpty)
        #expect(config.keepAlive == nil)
        #expect(config.options.isEmpty)
        #expect(config.maxAnswerBytes == 32 << 20)
    }

    @Test func readsEveryKey() throws {
        let config = try config(
            """
            {"base_url": "https://ollama.example/", "headers": {"Authorization": "Bearer abcdefgh"}, "keep_alive": "10m",
             "options": {"num_ctx": 8192}, "max_answer_bytes": 2048}
            """)
        #expect(config.baseURL.url("/api/tags") == "https://ollama.example/api/tags")
        #expect(config.headers.map(\.name) == ["authorization"])
        #expect(config.headers.map(\.value.text) == ["Bearer abcdefgh"])
        #expect(config.keepAlive == "10m")
        #expect(config.options == ["num_ctx": 8192])
        #expect(config.maxAnswerBytes == 2048)
    }

    @Test func takesSecondsToKeepAModelAlive() throws {
        #expect(try config(#"{"keep_alive": -1}"#).keepAlive == -1)
    }

    @Test(arguments: ["/", "/api", "/api/chat", "/v1", "/v1/"])
    func takesTheAddressAsPeopleCopyIt(_ path: String) throws {
        #expect(try config("{\"base_url\": \"http://box:11434\(path)\"}").baseURL.url("/x") == "http://box:11434/x")
    }

    @Test(arguments: [
        (
            #"{"base_url": "box:11434"}"#,
            "base_url is \"box:11434\"; it must be an absolute http or https URL such as http://127.0.0.1:11434"
        ),
        (#"{"keep_alive": ""}"#, "keep_alive must be a duration"),
        (#"{"keep_alive": true}"#, "keep_alive must be a duration"),
        (#"{"options": [1]}"#, "options must be an object such as {num_ctx: 8192}, not an array"),
        (#"{"max_answer_bytes": 12}"#, "max_answer_bytes must be a whole number from 1024"),
        (#"{"headers": {"content-type": "x"}}"#, "headers: \"content-type\" is set by the host"),
    ])
    func namesTheKeyThatIsWrong(_ json: String, _ start: String) {
        let error = #expect(throws: CallError.self) { try config(json) }
        #expect(error?.code == .invalidArgument)
        #expect(error?.message.hasPrefix("config.\(start)") == true, "\(error?.message ?? "")")
    }

    @Test func hidesTheTokenOfAHeaderWithAndWithoutItsScheme() throws {
        let secrets = try config(#"{"headers": {"authorization": "Bearer abcdefgh", "x-key": "01234567"}}"#).secrets
        #expect(secrets.map(\.text) == ["Bearer abcdefgh", "abcdefgh", "01234567"])
    }

    @Test func tellsItsAddressWithoutAQuery() throws {
        #expect(try config(#"{"base_url": "http://box:1/o?token=secret"}"#).address == "http://box:1/o")
    }
}
