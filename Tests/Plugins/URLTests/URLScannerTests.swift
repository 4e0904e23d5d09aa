import JackfieldVocabulary
import Testing

@testable import URL

@Suite("URLs in a text")
struct URLScannerTests {
    @Test("exactly the URL is found, and named by its most serious rule", arguments: Sample.all)
    func found(_ sample: Sample) throws {
        let verdict = redacting.check(subject(sample.text))
        #expect(verdict.findings.map(\.rule) == [sample.rule.id])
        #expect(verdict.rewrites[0] == sample.redacted)
        let finding = try #require(verdict.findings.first)
        #expect(String(decoding: Array(sample.text.utf8)[finding.range], as: UTF8.self) == sample.url)
        #expect(verdict.settled == [UInt64(sample.text.utf8.count)])
        #expect(finding.message.hasSuffix("."))
    }

    @Test("texts with nothing to object to are left alone", arguments: innocent)
    func leftAlone(_ text: String) {
        let verdict = redacting.check(subject(text))
        #expect(verdict.findings == [])
        #expect(verdict.action == .allow)
        #expect(verdict.rewrites == [:])
    }

    @Test("several URLs keep their places")
    func several() {
        let text = "a http://10.0.0.1/ b https://example.com/ c http://localhost/ d http://example.com/ e"
        let verdict = redacting.check(subject(text))
        #expect(
            verdict.rewrites[0]
                == "a [removed:private-address] b https://example.com/ c [removed:local-name] d [removed:not-https] e")
        #expect(verdict.findings.map(\.rule) == ["url.private-address", "url.local-name", "url.not-https"])
    }

    @Test("a URL within another is one finding with it, where both break a rule")
    func nested() {
        let text = "x http://example.com/?u=http%3A%2F%2F127.0.0.1%2F y"
        #expect(redacting.check(subject(text)).rewrites[0] == "x [removed:private-address] y")
    }

    @Test("messages hold nothing of the URL", arguments: Sample.all)
    func secrecy(_ sample: Sample) {
        for finding in redacting.check(subject(sample.text)).findings {
            #expect(!finding.message.contains("example"))
            #expect(!finding.message.contains("admin"))
        }
    }

    @Test("a host longer than any is refused, and one that is padded does not hide")
    func padded() {
        let short = "http://\(String(repeating: "a", count: 300))@127.0.0.1/ x"
        #expect(redacting.check(subject(short)).findings.map(\.rule) == ["url.private-address"])
        let long = "http://\(String(repeating: "a", count: 90_000))@127.0.0.1/ x"
        #expect(redacting.check(subject(long)).findings.map(\.rule) == ["url.odd-address"])
    }

    @Test(
        "the cost grows with the length, not with its square",
        arguments: [
            "http://", "a://", "http:", "https://example.com/?u=", "http:\\\\", "](//", "=\"//a", "(", ")", "http://a(",
            ")http://a",
            "&amp;", "&#x0", "%25", "%2525253a", "\\u003a", "\\/", "javascript:", "=data:x", "://", ":", "http://a@",
            "http://127.0.0.1@",
            "a.a.", "[http://[::1]", "The answer is at https://example.com/a/b?c=d, they say. ", "漢字。", "http://漢字",
            "aaaaaaaaaaaaaaaa",
        ])
    func linear(_ unit: String) {
        let scanner = URLScanner(URLConfig())
        let cost = costOfWhole(of: unit, bytes: 10_000, enough: 3) { _ = scanner.scan($0, isFinal: false) }
        #expect(cost < 4)
    }
}
