import JackfieldNetwork
import Testing

@Suite("What is refused of a URL before anybody connects")
struct URLCheckTests {
    @Test("every known way round a filter is refused for where it leads", arguments: BypassForms.all.indices)
    func bypass(_ index: Int) {
        let form = BypassForms.all[index]
        let verdict = URLCheck.verdict(form.url)
        #expect(verdict.objections.first?.rule == form.rule, "\(form.url): \(verdict.sentence ?? "allowed")")
    }

    @Test("there are many ways, and none is listed twice")
    func list() {
        #expect(BypassForms.all.count >= 150)
        #expect(Set(BypassForms.all.map { Array($0.url.unicodeScalars) }).count == BypassForms.all.count)
    }

    @Test("ordinary public URLs are allowed, every one")
    func ordinary() {
        let urls = OrdinaryURLs.all
        #expect(urls.count >= 1000)
        #expect(Set(OrdinaryURLs.hosts).count >= 400)
        for url in urls {
            let verdict = URLCheck.verdict(url)
            #expect(verdict.isAllowed, "\(url): \(verdict.sentence ?? "")")
            #expect(verdict.url != nil, "\(url)")
        }
    }

    @Test(
        "other schemes are refused",
        arguments: [
            "file:///etc/passwd", "gopher://example.com/", "ftp://example.com/", "javascript:alert(1)",
            "data:text/html,x",
            "jar:https://example.com!/x", "netdoc:///etc/passwd", "ldap://example.com/", "example.com", "/path", "",
            "wss://example.com/", "view-source:https://example.com/", "0://example.com:80;https://example.org:80/",
        ])
    func schemes(_ text: String) {
        let verdict = URLCheck.verdict(text)
        #expect(verdict.objections.contains { $0.rule == .scheme }, "\(verdict.objections)")
        #expect(verdict.url == nil)
    }

    @Test(
        "what is wrong is named by its rule",
        arguments: [
            ("http://example.com/", .notHTTPS), ("https://user@example.com/", .userInfo),
            ("https://a:b@example.com/", .userInfo),
            ("https://example.com:25/", .port), ("https://example.com:6379/", .port), ("https://example.com:0/", .port),
            ("https://example.com:99999/", .port), ("https://exa mple.com/", .malformed),
            ("https://bücher.de/", .malformed),
            ("https://example.com\\x", .malformed), ("https:/example.com/", .malformed), ("https://", .malformed),
            ("https://0x8.8.8.8/", .oddAddress), ("https://134744072/", .oddAddress),
            ("https://8.8.8.8./", .oddAddress),
            ("https://8.8.2056/", .oddAddress), ("https://８.8.8.8/", .oddAddress),
            ("https://[2606:4700::1%25eth0]/", .oddAddress),
            ("https://1.2.3.4.5/", .malformed), ("https://example.0x1f/", .malformed),
            ("https://%65xample.com/", .malformed),
        ] as [(String, URLCheck.Rule)])
    func rules(_ text: String, _ rule: URLCheck.Rule) {
        #expect(URLCheck.verdict(text).objections.first?.rule == rule, "\(URLCheck.verdict(text).objections)")
    }

    @Test("a granted origin is allowed whatever it is, in the one plain spelling of it")
    func granted() throws {
        let granted = try ["http://127.0.0.1:11434", "http://localhost:3000", "https://10.0.0.5", "http://[::1]:80"].map
        {
            try WebURL($0).origin
        }
        for url in [
            "http://127.0.0.1:11434/api/chat", "http://LOCALHOST:3000/?x", "https://10.0.0.5/", "https://10.0.0.5:443/",
            "http://[0:0::1]/",
        ] { #expect(URLCheck.verdict(url, granted: granted).isAllowed, "\(url)") }
        for url in [
            "https://127.0.0.1:11434/", "http://127.0.0.1:11435/", "http://127.1:11434/", "http://2130706433:11434/",
            "http://x@127.0.0.1:11434/", "http://127.0.0.1.:11434/", "http://[::ffff:127.0.0.1]:11434/",
            "http://localhost.:3000/", "http://a.localhost:3000/", "http://10.0.0.5/",
        ] { #expect(!URLCheck.verdict(url, granted: granted).isAllowed, "\(url)") }
    }

    @Test("whatever the text: what is allowed is strict https to a host that nobody reads as a special one")
    func anyText() throws {
        let pieces = [
            "https://", "http://", "https:", "/", "\\", "@", "#", "?", "%", "%2e", "%40", ":", "[", "]", ".", "..", "-",
            "::", "::1", "127", "0",
            "0x7f", "0177", "10", "169.254.169.254", "8.8.8.8", "1", "ffff", "localhost", "example.com", "internal",
            ".nip.io", "。", "①", "１",
            "\u{AD}", "\u{200B}", " ", "\t", "\r\n", "\u{0}", "a", "x:y", ":80", ":443", "é", "64:ff9b::", "2002:", "&",
            ";", "漢",
        ]
        var random = SeededGenerator(state: 5)
        var allowed = 0
        for _ in 0..<20_000 {
            let text =
                (random.next() % 2 == 0 ? "https://" : "")
                + (0..<Int.random(in: 1...6, using: &random)).map { _ in
                    pieces.randomElement(using: &random)!
                }.joined()
            let verdict = URLCheck.verdict(text)
            guard verdict.isAllowed else { continue }
            allowed += 1
            let url = try #require(verdict.url)
            #expect(url.scheme == .https, "\(text)")
            #expect(HostName.addresses(url.host).allSatisfy { $0.refusal == nil }, "\(text)")
            #expect(HostName.isLocal(url.host) == nil, "\(text)")
            #expect(url.host.contains(".") || url.host.contains(":"), "\(text)")
            #expect(try WebURL(url.origin.description).origin == url.origin, "\(text)")
        }
        #expect(allowed > 100)
    }

    @Test("sentences hold nothing of the URL")
    func secrecy() {
        for text in [
            "https://me:hunter2@10.0.0.1/hunter2?k=hunter2", "http://hunter2/", "hunter2:hunter2", "https://hunter2 x/",
        ] {
            for objection in URLCheck.verdict(text).objections {
                #expect(!objection.sentence.contains("hunter2"))
                #expect(objection.sentence.hasSuffix("."))
            }
        }
    }

    @Test("an address carried by another is judged with it")
    func sentence() {
        let verdict = URLCheck.verdict("https://[::ffff:127.0.0.1]/")
        #expect(verdict.sentence == "Its host is no public address: loopback, 127.0.0.0/8 (RFC 1122).")
        #expect(verdict.objections.count == 1)
    }
}
