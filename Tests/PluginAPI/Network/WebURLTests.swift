import JackfieldNetwork
import Testing

@Suite("URLs of the strict form")
struct WebURLTests {
    @Test("parts are taken as they stand")
    func parts() throws {
        let url = try WebURL("HTTPS://API.Example.com/v1/Chat%20x?key=a/b#part")
        #expect(url.origin == WebOrigin(scheme: .https, host: "api.example.com", port: 443))
        #expect(url.target == "/v1/Chat%20x?key=a/b")
        #expect(url.path == "/v1/Chat%20x")
        #expect(url.hasQuery)
        #expect(url.description == "https://api.example.com/v1/Chat%20x", "a query may be secret and is not shown")
    }

    @Test(
        "origin and target",
        arguments: [
            ("http://a", "http://a", "/"), ("http://a?q", "http://a", "/?q"), ("http://a:80/", "http://a", "/"),
            ("http://a:8080", "http://a:8080", "/"),
            ("http://a:/", "http://a", "/"), ("http://a#f?x", "http://a", "/"),
            ("https://[::1]:8443/x", "https://[::1]:8443", "/x"),
            ("http://127.0.0.1:1", "http://127.0.0.1:1", "/"), ("https://[0:0:0:0::0001]/", "https://[::1]", "/"),
            ("https://[2001:DB8::A]/", "https://[2001:db8::a]", "/"), ("https://a./x", "https://a.", "/x"),
            ("http://a:00080/", "http://a", "/"),
        ])
    func origin(_ text: String, _ origin: String, _ target: String) throws {
        let url = try WebURL(text)
        #expect(url.origin.description == origin)
        #expect(url.target == target)
    }

    @Test(
        "what is not strictly a URL is refused, and the reason is named",
        arguments: [
            (.scheme, ["", "a", "/path", "//a", "ftp://a", "http:/a", "https:", "http:a", "httpx://a"]),
            (
                .host,
                [
                    "http://", "https://", "http:///x", "http://:80", "http://#a", "http://?a", "http://a%2e",
                    "http://a,b", "http://[::1", "http://[]",
                ]
            ),
            (
                .host,
                [
                    "http://[a]", "http://[::1]x", "http://[::1%25eth0]", "http://[127.0.0.1]", "http://[::01.2.3.4]",
                    "http://[1::2::3]",
                ]
            ),
            (
                .host,
                [
                    "http://127.1", "http://0x7f.0.0.1", "http://2130706433", "http://0177.0.0.1", "http://1.2.3.4.5",
                    "http://1.2.3.4.", "http://a.0x1",
                ]
            ),
            (
                .host,
                [
                    "http://256.1.1.1", "http://0", "http://0x", "http://a.1", "http://1.2.3.256", "http://.a",
                    "http://a..b", "http://a..", "http://.",
                ]
            ), (.userInfo, ["http://user@a", "http://user:pw@a", "http://a@b:80", "http://@a"]),
            (
                .bytes,
                [
                    "http://a b", "http://a/ b", "http://a/\r\nX: y", "http://a/\u{0}", "http://a\\b", "http://ä",
                    "http://a/ä", "http://a/\u{7F}", "http://a\n", " http://a",
                ]
            ),
            (
                .port,
                [
                    "http://a:0", "http://a:65536", "http://a:+80", "http://a:8x", "http://a:-1", "http://a:1:2",
                    "http://[::1]:x",
                ]
            ),
        ] as [(WebURLError.Reason, [String])])
    func refused(_ reason: WebURLError.Reason, _ texts: [String]) {
        for text in texts {
            let error = #expect(throws: WebURLError.self, "\(text)") { try WebURL(text) }
            #expect(error?.reason == reason, "\(text)")
        }
    }
}
