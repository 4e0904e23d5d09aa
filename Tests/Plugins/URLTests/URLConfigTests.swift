import JackfieldJSON
import JackfieldNetwork
import JackfieldVocabulary
import Testing

@testable import URL

@Suite("What the configuration says")
struct URLConfigTests {
    @Test("an empty object means the defaults: what leads inside is blocked, the rest is flagged")
    func defaults() throws {
        let validator = URLValidator(try URLConfig([:]))
        for (text, action) in [
            ("http://10.0.0.1/", .block), ("http://169.254.169.254/", .block), ("http://localhost/", .block),
            ("https://0x8080808/", .block),
            ("http://example.com/", .flag), ("ftp://example.com/", .flag), ("https://a@example.com/", .flag),
            ("https://example.com/", .allow),
        ] as [(String, Validator.Action)] {
            for direction in [Validator.Direction.input, .output] {
                let verdict = validator.check(subject(text, direction))
                #expect(verdict.action == action, "\(text)")
                #expect(verdict.rewrites == [:])
            }
        }
    }

    @Test("each rule has its action, and the less serious one counts where the other is off")
    func actions() throws {
        let validator = URLValidator(
            try URLConfig(["action": ["private-address": "allow", "not-https": "redact", "odd-address": "allow"]]))
        #expect(validator.check(subject("http://10.1/x")).findings.map(\.rule) == ["url.not-https"])
        #expect(validator.check(subject("a http://10.1/x b")).rewrites == [0: "a [removed:not-https] b"])
        #expect(validator.check(subject("https://10.0.0.1/x")).findings == [])
        #expect(validator.check(subject("http://169.254.169.254/")).action == .block)
    }

    @Test("an allowed origin is left alone, in its plain spelling")
    func allow() throws {
        let validator = URLValidator(try URLConfig(["allow": ["http://localhost:3000", "http://10.0.0.1/"]]))
        #expect(
            validator.check(subject("http://localhost:3000/x and http://10.0.0.1/y, http://LOCALHOST:3000.")).findings
                == [])
        for other in [
            "http://localhost:3001/", "http://localhost/", "https://localhost:3000/", "http://10.1/",
            "http://x@localhost:3000/",
        ] {
            #expect(validator.check(subject(other)).action == .block, "\(other)")
        }
    }

    @Test("a scheme that is named is left alone")
    func schemes() throws {
        let validator = URLValidator(try URLConfig(["schemes": ["WSS", "data"]]))
        #expect(validator.check(subject("wss://example.com/ ![x](data:image/png;base64,x)")).findings == [])
        #expect(validator.check(subject("ws://example.com/")).findings.map(\.rule) == ["url.scheme"])
        #expect(validator.check(subject("wss://10.0.0.1/")).findings.map(\.rule) == ["url.private-address"])
    }

    @Test("the replacement names the rule")
    func replacement() throws {
        let validator = URLValidator(
            try URLConfig(["replacement": "{x}<{rule}|{rule}>{", "action": ["local-name": "redact"]]))
        #expect(
            validator.check(subject("a http://localhost b")).rewrites == [0: "a {x}<local-name|local-name>{ b"])
    }

    @Test(
        "a wrong value is refused with its key",
        arguments: [
            (["action": "block"], "action must be an object of rules and actions, and is \"block\""),
            (
                ["action": ["scheme": "drop"]],
                "action.scheme must be \"block\", \"redact\", \"flag\" or \"allow\", and is \"drop\""
            ),
            (
                ["action": ["x": "block"]],
                "action names \"x\"; the rules are metadata-service, private-address, local-name, odd-address, user-info, scheme, not-https"
            ),
            (["allow": "x"], "allow must be an array of strings, and is \"x\""),
            (["allow": [1]], "allow must be an array of strings, and is a number"),
            (
                ["allow": ["localhost"]],
                "allow: \"localhost\" is no origin: it must be absolute and start with https:// or http://"
            ),
            (
                ["allow": ["http://localhost/x"]],
                "allow: \"http://localhost/x\" is no origin: nothing may follow its port"
            ),
            (["schemes": true], "schemes must be an array of strings, and is a boolean"),
            (["replacement": 1], "replacement must be a string, and is a number"),
        ] as [(JSON, String)])
    func wrong(_ json: JSON, _ message: String) {
        #expect(throws: CallError(.invalidArgument, message)) { try URLConfig(json) }
    }

    @Test("findings of several segments keep their places")
    func segments() {
        let verdict = URLValidator(URLConfig()).check(
            Validator.Subject(
                direction: .input,
                segments: [
                    Validator.Segment(role: "system", text: "nothing"),
                    Validator.Segment(role: "tool", text: "http://10.0.0.1/"),
                ]))
        #expect(verdict.findings.map(\.segment) == [1])
        #expect(verdict.settled == [7, 16])
    }
}
