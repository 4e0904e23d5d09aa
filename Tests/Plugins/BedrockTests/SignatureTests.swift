import JackfieldPlugin
import JackfieldVocabulary
import Testing

@testable import Bedrock

/// The cases of AWS's own test suite for Signature Version 4, in the form in which the paths are normalised.
struct SignatureTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var method = "GET"
        var target = "/"
        var headers: [(name: String, value: String)] = []
        var body = ""
        var signature: String

        var testDescription: String { name }
    }

    static let unreserved = "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    static let vanilla = "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"
    static let postVanilla = "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"
    static let token =
        "AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUu"
        + "wthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQ"
        + "cHNVXAkiY9q6d+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR"
        + "/oLxBA=="

    static let cases: [Case] = [
        Case(name: "get-vanilla", signature: vanilla),
        Case(
            name: "get-header-key-duplicate",
            headers: [("My-Header1", "value2"), ("My-Header1", "value2"), ("My-Header1", "value1")],
            signature: "c9d5ea9f3f72853aea855b47ea873832890dbdd183b4468f858259531a5138ea"),
        Case(
            name: "get-header-value-order",
            headers: [
                ("My-Header1", "value4"), ("My-Header1", "value1"), ("My-Header1", "value3"), ("My-Header1", "value2"),
            ], signature: "08c7e5a9acfcfeb3ab6b2185e75ce8b1deb5e634ec47601a50643f830c755c01"),
        Case(
            name: "get-header-value-trim", headers: [("My-Header1", " value1"), ("My-Header2", " \"a   b   c\"")],
            signature: "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736"),
        Case(
            name: "get-unreserved", target: "/" + unreserved,
            signature: "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f"),
        Case(
            name: "get-utf8", target: "/\u{1234}",
            signature: "8318018e0b0f223aa2bbf98705b62bb787dc9c0e678f255a891fd03141be5d85"),
        Case(
            name: "get-space", target: "/example space/",
            signature: "652487583200325589f1fba4c7e578f72c47cb61beeca81406b39ddec1366741"),
        Case(name: "get-relative", target: "/example/..", signature: vanilla),
        Case(name: "get-relative-relative", target: "/example1/example2/../..", signature: vanilla),
        Case(name: "get-slash", target: "//", signature: vanilla),
        Case(name: "get-slash-dot-slash", target: "/./", signature: vanilla),
        Case(
            name: "get-slash-pointless-dot", target: "/./example",
            signature: "ef75d96142cf21edca26f06005da7988e4f8dc83a165a80865db7089db637ec5"),
        Case(
            name: "get-slashes", target: "//example//",
            signature: "9a624bd73a37c9a373b5312afbebe7a714a789de108f0bdfe846570885f57e84"),
        Case(
            name: "get-vanilla-empty-query-key", target: "/?Param1=value1",
            signature: "a67d582fa61cc504c4bae71f336f98b97f1ea3c7a6bfe1b6e45aec72011b9aeb"),
        Case(
            name: "get-vanilla-query-order-key-case", target: "/?Param2=value2&Param1=value1",
            signature: "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"),
        Case(
            name: "get-vanilla-query-unreserved", target: "/?\(unreserved)=\(unreserved)",
            signature: "9c3e54bfcdf0b19771a7f523ee5669cdf59bc7cc0884027167c21bb143a40197"),
        Case(
            name: "get-vanilla-utf8-query", target: "/?\u{1234}=bar",
            signature: "2cdec8eed098649ff3a119c94853b13c643bcf08f8b0a1d91e12c9027818dd04"),
        Case(name: "post-vanilla", method: "POST", signature: postVanilla),
        Case(
            name: "post-header-key-sort", method: "POST", headers: [("My-Header1", "value1")],
            signature: "c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c"),
        Case(
            name: "post-header-value-case", method: "POST", headers: [("My-Header1", "VALUE1")],
            signature: "cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d"),
        Case(
            name: "post-vanilla-query", method: "POST", target: "/?Param1=value1",
            signature: "28038455d6de14eafc1f9222cf5aa6f1a96197d7deb8263271d420d138af7f11"),
        Case(
            name: "post-x-www-form-urlencoded", method: "POST",
            headers: [("Content-Type", "application/x-www-form-urlencoded")], body: "Param1=value1",
            signature: "ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a"),
        Case(
            name: "post-x-www-form-urlencoded-parameters", method: "POST",
            headers: [("Content-Type", "application/x-www-form-urlencoded; charset=utf8")], body: "Param1=value1",
            signature: "1a72ec8f64bd914b0e42e42607c7fbce7fb2c7465f63e3092b3b0d39fa77a6fe"),
    ]

    static let signer = RequestSigner(region: "us-east-1", service: "service")
    static let credentials = AWSCredentials(
        accessKeyID: "AKIDEXAMPLE", secretAccessKey: Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"))
    static let time = UTCTime(seconds: 1_440_938_160)

    private func authorization(
        _ request: HTTPRequest, _ credentials: AWSCredentials = SignatureTests.credentials
    ) -> String? {
        SignatureTests.signer.signed(request, with: credentials, at: SignatureTests.time).headers
            .first { $0.name == "authorization" }?.value
    }

    @Test(arguments: cases)
    func agreesWithTheTestSuite(_ vector: Case) {
        let request = HTTPRequest(
            method: vector.method, url: "https://example.amazonaws.com" + vector.target, headers: vector.headers,
            body: Array(vector.body.utf8))
        let names = Set(vector.headers.map { $0.name.lowercased() } + ["host", "x-amz-date"]).sorted()
        #expect(
            authorization(request)
                == "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
                + "SignedHeaders=\(names.joined(separator: ";")), Signature=\(vector.signature)")
    }

    @Test func signsTheSessionTokenToo() throws {
        var credentials = SignatureTests.credentials
        credentials.sessionToken = Secret(SignatureTests.token)
        let request = HTTPRequest(method: "POST", url: "https://example.amazonaws.com/")
        #expect(
            authorization(request, credentials)
                == "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders="
                + "host;x-amz-date;x-amz-security-token, "
                + "Signature=85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead")
        let signed = SignatureTests.signer.signed(request, with: credentials, at: SignatureTests.time)
        #expect(signed.headers.contains { $0.name == "x-amz-security-token" && $0.value == SignatureTests.token })
        #expect(signed.headers.contains { $0.name == "x-amz-date" && $0.value == "20150830T123600Z" })
    }

    @Test func writesTheCanonicalRequestAndTheStringToSignOfTheSuite() {
        let canonical = CanonicalRequest(
            method: "GET", target: "/?Param2=value2&Param1=value1",
            headers: [("Host", "example.amazonaws.com"), ("X-Amz-Date", "20150830T123600Z")],
            payloadHash: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        #expect(
            canonical.text == """
                GET
                /
                Param1=value1&Param2=value2
                host:example.amazonaws.com
                x-amz-date:20150830T123600Z

                host;x-amz-date
                e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
                """)
        #expect(
            SignatureTests.signer.stringToSign(canonical, at: SignatureTests.time) == """
                AWS4-HMAC-SHA256
                20150830T123600Z
                20150830/us-east-1/service/aws4_request
                816cd5b414d056048ba4f7c5386d6e0533120fb1fcfa93762cf0fc39e2cf19e0
                """)
    }

    @Test func encodesThePathOfAModelTwice() {
        let canonical = CanonicalRequest(
            method: "POST", target: "/model/anthropic.claude-3-5-sonnet-20240620-v1%3A0/converse", headers: [],
            payloadHash: "")
        #expect(
            canonical.text.hasPrefix("POST\n/model/anthropic.claude-3-5-sonnet-20240620-v1%253A0/converse\n\n"))
    }

    @Test(arguments: [
        ("https://Bedrock.Example/model/x", "bedrock.example", "/model/x"),
        ("https://bedrock.example:443?a=b", "bedrock.example", "/?a=b"),
        ("http://127.0.0.1:8080", "127.0.0.1:8080", "/"), ("http://[fd00:ec2::23]/v1", "[fd00:ec2::23]", "/v1"),
    ])
    func signsTheHostThatIsSent(_ url: String, _ host: String, _ target: String) {
        let parts = RequestSigner.parts(of: url)
        #expect(parts.host == host)
        #expect(parts.target == target)
    }
}
