import JackfieldNetwork
import Outbound
import Testing

@Suite struct OutboundURLTests {
    @Test func partsAreTakenAsTheyStand() throws {
        let url = try OutboundURL("HTTPS://API.Example.com/v1/Chat%20x?key=a/b#part")
        #expect(url.endpoint == OutboundEndpoint(scheme: .https, host: "api.example.com", port: 443))
        #expect(url.target == "/v1/Chat%20x?key=a/b")
        #expect(url.path == "/v1/Chat%20x")
        #expect(url.description == "https://api.example.com/v1/Chat%20x", "a query may be secret and is not shown")
    }

    @Test(arguments: [
        ("http://a", "http://a", "/"), ("http://a?q", "http://a", "/?q"), ("http://a:80/", "http://a", "/"),
        ("http://a:8080", "http://a:8080", "/"), ("http://a:/", "http://a", "/"), ("http://a#f?x", "http://a", "/"),
        ("https://[::1]:8443/x", "https://[::1]:8443", "/x"), ("http://127.0.0.1:1", "http://127.0.0.1:1", "/"),
    ])
    func endpointAndTarget(text: String, endpoint: String, target: String) throws {
        let url = try OutboundURL(text)
        #expect(url.endpoint.description == endpoint)
        #expect(url.target == target)
    }

    @Test(arguments: [
        "", "a", "/path", "//a", "ftp://a", "http:/a", "http://", "https://", "http:///x", "http://:80", "https:",
        "http://#a",
        "http://user@a", "http://user:pw@a", "http://a@b:80", "http://a b", "http://a/ b", "http://a/\r\nX: y",
        "http://a/\u{0}",
        "http://a\\b", "http://ä", "http://a/ä", "http://a%2e", "http://a:0", "http://a:65536", "http://a:+80",
        "http://a:8x",
        "http://[::1", "http://[]", "http://[a]", "http://[::1]x", "http://[::1%25eth0]", "http://a,b",
        "http://a/\u{7F}",
    ])
    func whatIsNotStrictlyAURLIsRefused(text: String) {
        let error = #expect(throws: OutboundError.self) { try OutboundURL(text) }
        #expect(error?.code == .invalidRequest)
        #expect(error?.safeToRetry == true)
    }
}
