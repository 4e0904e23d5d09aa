import JackfieldPlugin
import JackfieldVocabulary
import Testing

struct BaseURLTests {
    @Test(arguments: [
        ("https://a.example/v1/", "https://a.example/v1/models"),
        ("HTTP://localhost:1234", "HTTP://localhost:1234/models"),
        ("https://a.example/openai?api-version=1", "https://a.example/openai/models?api-version=1"),
        ("http://[::1]:8000/v1", "http://[::1]:8000/v1/models"),
    ])
    func joinsBaseAndPath(_ base: String, _ url: String) throws { #expect(try BaseURL(base).url("/models") == url) }

    @Test(arguments: [
        "", "api.openai.com", "ftp://x", "https://", "https:///v1", "https://:80", "https://a b", "https://a#f",
        "https://u:p@a/v1",
    ])
    func refusesABaseURLThatIsNone(_ base: String) {
        let error = #expect(throws: CallError.self) { try BaseURL(base) }
        #expect(error?.message.hasPrefix("config.base_url ") == true)
        #expect(error?.message.contains("u:p") == false)
    }

    @Test(arguments: [
        ("https://API.OpenAI.com/v1", "api.openai.com"), ("http://localhost:1234?x=1", "localhost"),
        ("http://[::1]:8000/v1", "[::1]"), ("http://10.0.0.7", "10.0.0.7"),
    ])
    func knowsItsHost(_ base: String, _ host: String) throws { #expect(try BaseURL(base).host == host) }

    @Test func takesOffThePathThatCameAlong() throws {
        let base = try BaseURL("https://a.example/v1/messages", without: ["/messages", "/chat"])
        #expect(base.url("/models") == "https://a.example/v1/models")
    }
}
