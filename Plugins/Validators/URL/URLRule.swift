import JackfieldNetwork
import JackfieldVocabulary

/// The rules, the most serious first: where one URL breaks several, the first of them names the finding.
package enum URLRule: String, Sendable, Hashable, CaseIterable {
    case metadataService = "metadata-service"
    case privateAddress = "private-address"
    case localName = "local-name"
    case oddAddress = "odd-address"
    case userInfo = "user-info"
    case scheme
    case notHTTPS = "not-https"

    /// Stable, and in findings: "url.private-address".
    package var id: String { "url.\(rawValue)" }

    /// The lower, the more serious.
    var rank: Int { Self.allCases.firstIndex(of: self) ?? .max }

    var severity: Agent.Severity {
        switch self {
        case .metadataService, .privateAddress, .oddAddress: .critical
        case .localName, .userInfo, .scheme: .warning
        case .notHTTPS: .info
        }
    }

    /// What happens where the configuration says nothing.
    var defaultAction: Validator.Action {
        switch self {
        case .metadataService, .privateAddress, .localName, .oddAddress: .block
        case .userInfo, .scheme, .notHTTPS: .flag
        }
    }

    /// Nil for what is no danger in a text: a port, and what nobody would take for a URL.
    init?(_ rule: URLCheck.Rule) {
        switch rule {
        case .metadataService: self = .metadataService
        case .privateAddress: self = .privateAddress
        case .localName: self = .localName
        case .oddAddress: self = .oddAddress
        case .userInfo: self = .userInfo
        case .scheme: self = .scheme
        case .notHTTPS: self = .notHTTPS
        case .malformed, .port: return nil
        }
    }
}
