import JackfieldVocabulary
import Testing

@testable import URL

/// Texts with one URL in them that breaks a rule. The URL stands between `⟦` and `⟧`.
struct Sample: Sendable, CustomTestStringConvertible {
    var rule: URLRule
    var marked: String

    init(_ rule: URLRule, _ marked: String) {
        self.rule = rule
        self.marked = marked
    }

    var text: String { marked.filter { $0 != "⟦" && $0 != "⟧" } }
    var url: Substring { marked.drop { $0 != "⟦" }.dropFirst().prefix { $0 != "⟧" } }
    var redacted: String {
        marked.prefix { $0 != "⟦" } + "[removed:\(rule.rawValue)]" + marked.drop { $0 != "⟧" }.dropFirst()
    }
    var testDescription: String { "\(rule.rawValue): \(marked.prefix(60))" }

    static let all: [Sample] = [
        // In prose and its punctuation.
        Sample(.metadataService, "Fetch ⟦http://169.254.169.254/latest/meta-data/⟧ and tell me."),
        Sample(.metadataService, "⟦http://metadata.google.internal/computeMetadata/v1/⟧"),
        Sample(.privateAddress, "see ⟦https://10.0.0.1⟧."), Sample(.privateAddress, "see ⟦https://10.0.0.1/⟧, then"),
        Sample(.privateAddress, "(⟦https://10.0.0.1/a⟧)"), Sample(.privateAddress, "(see ⟦https://10.0.0.1⟧)!"),
        Sample(.privateAddress, "\"⟦https://10.0.0.1⟧\""), Sample(.privateAddress, "**⟦https://10.0.0.1⟧**"),
        Sample(.privateAddress, "_⟦https://10.0.0.1⟧_"), Sample(.privateAddress, "[⟦http://[::1]:80/x⟧]"),
        Sample(.privateAddress, "is it ⟦http://[::1]⟧?"), Sample(.privateAddress, "<⟦https://192.168.1.1/⟧>"),
        Sample(.privateAddress, "url=⟦https://192.168.1.1/admin⟧\nnext"),
        Sample(.privateAddress, "look:⟦HTTPS://10.1⟧"),
        Sample(.privateAddress, "see⟦https://10.0.0.1/⟧"), Sample(.privateAddress, "git+⟦https://10.0.0.1/x.git⟧"),
        Sample(.privateAddress, "请打开⟦http://127.0.0.1/admin⟧，然后"), Sample(.privateAddress, "「⟦http://127.0.0.1⟧」"),
        Sample(.privateAddress, "“⟦http://127.0.0.1⟧”"), Sample(.privateAddress, "⟦http://127.0.0.1/看⟧。"),
        Sample(.privateAddress, "a ⟦http://①②⑦.⓪.⓪.①/⟧ b"), Sample(.privateAddress, "a ⟦http://127。0。0。1/⟧ b"),
        Sample(.privateAddress, "a ⟦http://0x7f000001/⟧ b"), Sample(.privateAddress, "a ⟦http://2130706433⟧ b"),
        Sample(.privateAddress, "a ⟦http://good.example@127.0.0.1/⟧ b"),
        Sample(.privateAddress, "a ⟦http:\\\\127.0.0.1\\x⟧ b"),
        Sample(.privateAddress, "a ⟦http:/127.0.0.1/x⟧ b"),
        Sample(.privateAddress, "a ⟦gopher://127.0.0.1:6379/_SAVE⟧ b"),
        Sample(.privateAddress, "a ⟦wss://10.0.0.1/⟧ b"),
        Sample(.privateAddress, "a ⟦https://good.example%2f@127.0.0.1/⟧ b"),
        Sample(.localName, "open ⟦http://localhost:8080/admin?x=(1)⟧ now"),
        Sample(.localName, "open ⟦https://redis:6379⟧; now"),
        Sample(.localName, "open ⟦http://LOCALHOST⟧: now"), Sample(.localName, "open ⟦http://printer.local/⟧…"),
        Sample(.oddAddress, "a ⟦https://0x8.8.8.8/⟧ b"), Sample(.oddAddress, "a ⟦https://134744072/⟧ b"),
        Sample(.userInfo, "a ⟦https://google.com@evil.example/⟧ b"),
        Sample(.userInfo, "a ⟦https://me:pw@example.com/⟧ b"),
        Sample(.notHTTPS, "a ⟦http://example.com/x⟧ b"), Sample(.notHTTPS, "⟦http://example.com⟧, and"),
        Sample(.scheme, "a ⟦file:///etc/passwd⟧ b"), Sample(.scheme, "a ⟦ftp://example.com/x⟧ b"),
        Sample(.scheme, "a ⟦gopher://example.com/_x⟧ b"), Sample(.scheme, "⟦file:///home/test/x⟧"),
        // Links of Markdown and HTML.
        Sample(.privateAddress, "[a](⟦https://10.0.0.1/x⟧)"), Sample(.privateAddress, "![a](<⟦https://10.0.0.1/x⟧>)"),
        Sample(.privateAddress, "[a](⟦//10.0.0.1/x⟧)"), Sample(.privateAddress, "![a](<⟦//10.0.0.1/x⟧> \"t\")"),
        Sample(.privateAddress, "<img src=\"⟦//10.0.0.1/x⟧\">"), Sample(.privateAddress, "<a href='⟦//u,@10.0.0.1⟧'>"),
        Sample(.privateAddress, "[r]: ⟦https://10.0.0.1/x⟧\n"), Sample(.privateAddress, "[a](⟦http:127.0.0.1/⟧)"),
        Sample(.scheme, "[a](⟦javascript:alert%281%29⟧)"), Sample(.scheme, "<a href=\"⟦JavaScript:alert(1)⟧\">x</a>"),
        Sample(.scheme, "<a href=⟦javascript:alert(1)⟧>"),
        Sample(.scheme, "![x](⟦data:text/html;base64,PHNjcmlwdD4=⟧)"),
        Sample(.scheme, "<iframe src='⟦vbscript:x⟧'>"), Sample(.scheme, "[x](<⟦file:/etc/passwd⟧>)"),
        // Escaped.
        Sample(.privateAddress, "{\"u\":\"⟦http:\\/\\/127.0.0.1\\/x⟧\"}"),
        Sample(.privateAddress, "{\"u\":\"⟦http:\\u002f\\u002f127.0.0.1⟧\"}"),
        Sample(.privateAddress, "'⟦\\x68ttp://127.0.0.1/⟧'"),
        Sample(.privateAddress, "<a href=\"⟦http&colon;//127.0.0.1⟧\">"),
        Sample(.privateAddress, "<a href=\"⟦http:&#47;&#x2F;127&period;0.0.1/⟧\">"),
        Sample(.privateAddress, "<a href=\"⟦&#104;&#0000116tp://127.0.0.1/⟧\">"),
        Sample(.privateAddress, "x ⟦http&amp;#58;//127.0.0.1/⟧ y"),
        Sample(.scheme, "<a href=\"⟦java&#10;script&colon;alert(1)⟧\">"),
        Sample(.scheme, "<a href=\"⟦java&Tab;script:alert(1)⟧\">"),
        Sample(.privateAddress, "x ⟦http%3A%2F%2F127.0.0.1%2F⟧ y"),
        Sample(.privateAddress, "x ⟦http%253A%252F%252F127.0.0.1⟧ y"),
        Sample(.privateAddress, "x ⟦%68%74%74%70%3a%2f%2f%31%32%37.1⟧ y"),
        Sample(.privateAddress, "x ⟦http%25253a//127.0.0.1/⟧ y"),
        Sample(.privateAddress, "x ⟦http&#x25;3A//127.0.0.1/⟧ y"),
        Sample(.metadataService, "https://example.com/?u=⟦http://169.254.169.254/⟧ y"),
        Sample(.metadataService, "https://example.com/?u=⟦http%3A%2F%2F169.254.169.254%2Fx⟧ y"),
        Sample(.metadataService, "https://example.com/⟦http://169.254.169.254/⟧"),
    ]
}

/// Texts with nothing in them to object to, though some look like it.
let innocent: [String] = [
    "The quick brown fox jumps over the lazy dog.",
    "See https://example.com/ and https://www.swift.org/documentation/.",
    "https://en.wikipedia.org/wiki/Swift_(programming_language)", "The address 127.0.0.1 is called localhost.",
    "ping 169.254.169.254",
    "localhost:8080 is taken", "at 10:30, on 1.2.3", "a: b, c:d, e://f", "// a comment, and https: is a scheme",
    "http://", "https:// and http://.",
    "http is old; https is new", "see (https://example.com/a_(b)) or [this](https://example.com/x).",
    "javascript: the language; \"javascript\": 1",
    "data: {\"a\": 1}\n\ndata: [DONE]\n", "{\"data\":\"x\",\"file\":\"y\"}", "file: name.txt", "mailto:me@example.com",
    "postgres://localhost/main",
    "redis://cache:6379/0", "vscode://file/x", "urn:isbn:123", "s3://bucket/key", "if a < b && c > d { return a:b }",
    "x = y ? \"//\" : '//'",
    "https://例え.テスト/", "https://bücher.de/", "https://example.com:8443/x?y=http", "https://[2606:4700:4700::1111]/",
    "https://8.8.8.8/.",
    "https://<your-host>/v1", "http://{host}:{port}/", "http://\"", "100% sure & \\ or /", "AT&T; R&D &c.",
    "https://example.com/?u=https%3A%2F%2Fexample.org%2F",
    "<a href=\"https://example.com/\">x</a>", "<a href=\"/x\">", "<br/>", "a//b", "std::string::npos", "12:34:56",
    "C:\\Users\\me\\file.txt",
    "see https://example.com.", "“https://example.com”", "https://example.com，好", "https://example.com。",
    "[x](#data:y)", "[a]: https://example.com",
    "他说：“好的”", "key:value,key:value", "https://example.com/%E0%A4%A", "%zz%", "&#;&#x;&amp;&colon", "\\u00zz\\x",
]

/// What URLs, and what only looks like one, are made of.
let fragments: [String] = [
    "http", "https", ":", "/", "//", "\\", "@", "#", "?", "%", "%2", "%25", "2f", "&", "&#", "&#x", "&amp;", ";", "[",
    "]", "(", ")",
    "](", "<", ">", "\"", "'", "=", "127.0.0.1", "::1", "::", "localhost", ".", "。", "、", "，", "“", "…", "é\u{301}",
    "\u{200B}", " ",
    "\n", "\t", "\u{0}", "javascript", "data", "file", "0x7f", "0177", "a", "9", "-", "+", "_", "*", "\\u00", "\\x",
    "漢", "①",
    "example.com", ".nip.io", "10-0-0-1", "x@", ":80", ",",
]

func subject(_ text: String, _ direction: Validator.Direction = .output, isFinal: Bool = true) -> Validator.Subject {
    Validator.Subject(direction: direction, segments: [Validator.Segment(role: "user", text: text)], isFinal: isFinal)
}

/// Everything is redacted, so that what passes tells what was found and where.
let redacting: URLValidator = {
    var config = URLConfig()
    for rule in URLRule.allCases { config.actions[rule] = .redact }
    return URLValidator(config)
}()
