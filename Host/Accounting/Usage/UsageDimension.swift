/// What usage is added up by.
package enum UsageDimension: String, Sendable, Hashable, CaseIterable {
    /// Everything together.
    case all
    case model, upstream, user, key, agent, session

    /// Whom a request counts for. Nil: for nobody in this dimension.
    func subject(of account: Account) -> String? {
        switch self {
        case .all: "all"
        case .model: account.model
        case .upstream: account.upstream
        case .user: account.user
        case .key: account.key
        case .agent: account.agent
        case .session: account.session
        }
    }
}
