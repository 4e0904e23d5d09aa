package import JackfieldVocabulary

/// The rules, from the most to the least specific: where two find the same bytes, the first one names them.
package enum SecretRule: String, Sendable, Hashable, CaseIterable {
    case privateKey = "private-key"
    case awsAccessKey = "aws-access-key"
    case awsSecretKey = "aws-secret-key"
    case github = "github-token"
    case gitlab = "gitlab-token"
    case slack = "slack-token"
    case slackWebhook = "slack-webhook"
    case stripe = "stripe-key"
    case anthropic = "anthropic-key"
    case openAI = "openai-key"
    case google = "google-api-key"
    case googleOAuth = "google-oauth"
    case npm = "npm-token"
    case pypi = "pypi-token"
    case twilio = "twilio-key"
    case sendGrid = "sendgrid-key"
    case digitalOcean = "digitalocean-token"
    case huggingFace = "huggingface-token"
    case provider = "provider-token"
    case azure = "azure-account-key"
    case jwt = "jwt"
    case databaseURL = "database-url"
    case urlPassword = "url-password"
    case authorization = "authorization"
    case password = "password"
    case generic = "generic"
    case card = "payment-card"
    case iban = "iban"

    /// Stable, and in findings: "secret.aws-access-key".
    package var id: String { (self == .card || self == .iban ? "personal." : "secret.") + rawValue }

    /// The lower, the more specific.
    var rank: Int { Self.ranks[self] ?? .max }
    private static let ranks = Dictionary(uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })

    package var severity: Agent.Severity {
        switch self {
        case .generic, .card, .iban: .warning
        default: .critical
        }
    }

    /// What it is, with its article.
    package var name: String {
        switch self {
        case .privateKey: "a private key"
        case .awsAccessKey: "an AWS access key id"
        case .awsSecretKey: "an AWS secret access key"
        case .github: "a GitHub token"
        case .gitlab: "a GitLab token"
        case .slack: "a Slack token"
        case .slackWebhook: "the address of a Slack webhook"
        case .stripe: "a Stripe key"
        case .anthropic: "an Anthropic key"
        case .openAI: "an OpenAI-style key"
        case .google: "a Google API key"
        case .googleOAuth: "a Google OAuth secret"
        case .npm: "an npm token"
        case .pypi: "a PyPI token"
        case .twilio: "a Twilio key"
        case .sendGrid: "a SendGrid key"
        case .digitalOcean: "a DigitalOcean token"
        case .huggingFace: "a Hugging Face token"
        case .provider: "a token of a known provider"
        case .azure: "an Azure storage account key"
        case .jwt: "a JSON Web Token"
        case .databaseURL: "the password in a database URL"
        case .urlPassword: "the password in a URL"
        case .authorization: "the credentials of an Authorization header"
        case .password: "a password"
        case .generic: "a value that looks like a key or token"
        case .card: "a payment card number"
        case .iban: "an IBAN"
        }
    }
}

/// Something that was found in normalised text.
struct SecretMatch {
    var rule: SecretRule
    var range: Range<Int>
    /// Where the thing begins that made it a match: the name before a value. Text is not cut between it and the match.
    var anchor: Int
    /// A checksum that belongs to this kind was right, or wrong; nil where there is none.
    var checksum: Bool?
    /// The secret had not ended where the scanner gave up: what follows may be part of it.
    var isOpen = false
}
