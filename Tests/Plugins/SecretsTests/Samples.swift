import Testing

@testable import Secrets

/// Secrets of every kind, made up for these tests: the check sums are right, the rest is counted or random. They are
/// put together here so that no scanner of source code takes this file for a leak.
struct Sample: Sendable, CustomTestStringConvertible {
    var rule: SecretRule
    /// The text around the secret, with `§` where it stands.
    var around: String
    var secret: String

    var text: String { around.split(separator: "§", omittingEmptySubsequences: false).joined(separator: secret) }
    var redacted: String {
        around.split(separator: "§", omittingEmptySubsequences: false).joined(separator: "[redacted:\(rule.rawValue)]")
    }
    var testDescription: String { rule.rawValue + ": " + around.prefix(30) }

    init(_ rule: SecretRule, _ secret: String, in around: String = "before § after it") {
        self.rule = rule
        self.around = around
        self.secret = secret
    }

    static let alphanumeric = "q8Zt3LmW0xYc5RbN7vKs2HdJ9fGp4TaU6eXoB1iMwCyQkEjSnDrVhFlPzAgOu"
    static let hex = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0"
    static let jwt =
        "eyJ" + "hbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NSJ9.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U"
    static let pem = """
        -----BEGIN RSA PRIVATE \("KEY")-----
        Proc-Type: 4,ENCRYPTED
        DEK-Info: AES-128-CBC,0123456789ABCDEF

        MIIEpAIBAAKCAQEA7bq8Zt3LmW0xYc5RbN7vKs2HdJ9fGp4TaU6eXoB1iMwCyQkE
        jSnDrVhFlPzAgOuq8Zt3LmW0xYc5RbN7vKs2HdJ9fGp4TaU6eXoB1iMwCyQkEjSn
        jSnDrVhFlP==
        -----END RSA PRIVATE \("KEY")-----
        """

    static func body(_ count: Int) -> String { String((alphanumeric + alphanumeric).prefix(count)) }

    static let all: [Sample] = [
        Sample(.privateKey, pem, in: "the key is\n§\nkeep it"),
        Sample(.privateKey, pem.split(separator: "\n").joined(separator: "\\n"), in: "{\"key\": \"§\"}"),
        Sample(
            .privateKey,
            "-----BEGIN PGP PRIVATE \("KEY") BLOCK-----\n\n\(body(64))\n=abcd\n-----END PGP PRIVATE \("KEY") BLOCK-----"
        ),
        Sample(.awsAccessKey, "AKIA" + "IOSFODNN7EXAMPLE"),
        Sample(.awsAccessKey, "ASIA" + "Q3TZ5B7CDEFGHJKL", in: "id=§;"),
        Sample(.awsSecretKey, "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", in: "aws_secret_access_key = §\n"),
        Sample(.awsSecretKey, "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", in: "AWS Secret Access Key: §, yes"),
        Sample(.github, "ghp_" + "zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17"),
        Sample(.github, "github_pat_" + body(22) + "_" + body(59)),
        Sample(.gitlab, "glpat-" + body(20)),
        Sample(.slack, "xoxb-" + "123456789012-1234567890123-" + body(24), in: "slack: §."),
        Sample(
            .slackWebhook, "hooks.slack.com/services/" + "T0AAAAAAA/B0AAAAAAA/" + body(24), in: "post to https://§ now"),
        Sample(.stripe, "sk_live_" + body(24), in: "(§)"),
        Sample(.anthropic, "sk-ant-" + "api03-" + body(60)),
        Sample(.openAI, "sk-" + "proj-" + body(48)),
        Sample(.google, "AIza" + "Sy" + body(33), in: "key=§&x=1"),
        Sample(.googleOAuth, "GOCSPX-" + body(28)),
        Sample(.npm, "npm_" + "zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17"),
        Sample(.pypi, "pypi-" + "AgEIcHlwaS5vcmc" + body(60)),
        Sample(.twilio, "SK" + hex.prefix(32)),
        Sample(.sendGrid, "SG." + body(22) + "." + body(43)),
        Sample(.digitalOcean, "dop_v1_" + hex),
        Sample(.huggingFace, "hf_" + String(repeating: "abCdeFGhij", count: 4).prefix(34)),
        Sample(.provider, "shpat_" + hex.prefix(32)),
        Sample(.azure, body(86) + "==", in: "AccountName=x;AccountKey=§;EndpointSuffix=core"),
        Sample(.jwt, jwt, in: "the token was §. Next"),
        Sample(.databaseURL, "hunter2!x", in: "postgres://app:§@db.internal:5432/main"),
        Sample(.databaseURL, "s3cret", in: "redis://:§@cache/0"),
        Sample(.urlPassword, "correct.horse", in: "fetch https://me:§@example.org/x please"),
        Sample(.authorization, body(40), in: "curl -H 'Authorization: Bearer §' https://x.org"),
        Sample(.authorization, "dXNlcjpwYXNzd29yZA==", in: "{\"Authorization\": \"Basic §\"}"),
        Sample(.authorization, body(30), in: "as bearer §, it said"),
        Sample(.password, "tr0ub4dor&3", in: "DB_PASSWORD=§\nPORT=1"),
        Sample(.password, "tr0ub4dor", in: "{\"password\": \"§\", \"user\": \"me\"}"),
        Sample(.password, "Tr0ub4dor&3", in: "my password is §, do not tell"),
        Sample(.password, "wörter…zählen", in: "password = '§' # über"),
        Sample(.generic, body(32), in: "api_key = \"§\""),
        Sample(.generic, body(24), in: "export SERVICE_TOKEN=§\n"),
        Sample(.generic, body(24), in: "{\\\"client_secret\\\": \\\"§\\\"}"),
    ]

    static let personal: [Sample] = [
        Sample(.card, "4111 1111 1111 1111", in: "card § until 12/30"),
        Sample(.card, "5555555555554444"),
        Sample(.iban, "DE89 3704 0044 0532 0130 00", in: "pay to § today"),
        Sample(.iban, "GB29NWBK60161331926819", in: "(§)"),
    ]
}

/// Texts with nothing secret in them, though some look like it.
let innocent: [String] = [
    "The quick brown fox jumps over the lazy dog.",
    "How do I rotate an API key? Where is the secret stored, and is the token encrypted?",
    "api_key = os.environ[\"OPENAI_API_KEY_2\"]", "apiKey: process.env.SERVICE_API_KEY_V2,",
    "token = <your-token-here-1234567890>", "password: required", "password = getpass.getpass()",
    "The password must have 12 characters.", "{\"password\": {\"type\": \"string\"}}", "\"password\": \"string\"",
    "max_tokens: 4096, total_tokens=12345678", "tokenizer = \"cl100k_base_2024_01_01\"", "password=get_password()",
    "if password == user.password { }", "PASSWORD=${DB_PASSWORD}", "secret: arn:aws:secretsmanager:eu-1:123456789012:x",
    "Use Bearer authentication for this API.", "Authorization: Bearer <token>", "Authorization: Bearer YOUR_TOKEN_HERE",
    "https://example.org:8080/path?x=1#y", "git@github.com:apple/swift.git", "https://medium.com/@user:posts",
    "sk-learn and task-force and risk-averse-people-who-plan", "ask SKILLS and SKETCH",
    "The npm_ prefix is documented.",
    "look for -----BEGIN RSA PRIVATE \("KEY")----- in the file and report it",
    "-----BEGIN PUBLIC \("KEY")-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A\n-----END PUBLIC \("KEY")-----",
    "-----BEGIN CERTIFICATE-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A\n-----END CERTIFICATE-----",
    "commit 3f786850e387550fdab836ed7e6dc881de23001b", "id 550e8400-e29b-41d4-a716-446655440000",
    "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "eyJ is how base64 of a brace begins",
    "postgres://localhost/main", "mongodb://user:<password>@host", "他说:“密码是什么?”", "api_key=\"[redacted:openai-key]\"",
    "AKIA is the prefix of AWS access key ids", "xoxb- tokens belong to bots", "credentials: 'same-origin'",
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg==",
    "the secret of success = hard work and patience", "4111 1111 1111 1111 and DE89 3704 0044 0532 0130 00",
]
